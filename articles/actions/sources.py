"""Works, records and persons that evidence is taken from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions._writing import changed, locked, record, write
from articles.actions.claims import unsettle
from articles.errors import Refused
from articles.models import Article, Claim, Evidence, Membership, Source, SourceKind
from articles.queries.sources import sources_at, sources_titled
from articles.text.addresses import key

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

MERGED = "This source is part of another one by now. Open that one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a source is cited. ``published`` is a partial date: 2013, 2013-06 or 2013-06-05.

    ``kind`` is a value of SourceKind, ``reached`` of Reached and ``terms`` of Terms.
    """

    title: str
    author: str = ""
    kind: str = SourceKind.NEWS
    container: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    accessed_on: date | None = None
    number: str = ""
    archive: str = ""
    medium: str = ""
    reached: str = ""
    terms: str = ""
    note: str = ""


@write("source.added")
def add(
    *,
    by: Membership,
    work: Work,
    request_id: UUID | None = None,
) -> Source:
    source = Source.objects.create(desk_id=by.desk_id, made_by=by.person, **asdict(work))
    record(by, "source.added", source, asdict(work), request_id=request_id)
    return source


@write("source.edited")
def edit(
    *,
    by: Membership,
    source: Source,
    revision: int,
    work: Work,
    request_id: UUID | None = None,
) -> Source:
    """Correct a source. What rests on it no longer stands: approved claims are reopened, others leave review."""
    claims = claims_locked(source)
    source = _standing(source)
    change = changed(source, asdict(work), revision=revision)
    if change:
        record(by, "source.edited", source, change, request_id=request_id)
        for claim in claims:
            unsettle(claim, by=by, reason="A source of its evidence was edited.")
    return source


@write("source.withdrawn")
def withdraw(*, by: Membership, source: Source, reason: str, request_id: UUID | None = None) -> Source:
    """Say that a source turned out unusable. Its evidence stays to be seen and carries no verdict any more.

    Every claim that rests on it is unsettled, for a reason without the words of this one: that is published with the
    claim. Nothing is deleted: ``restore`` takes it back.
    """
    claims = claims_locked(source)
    source = _standing(source)
    if source.withdrawn_at:
        raise Refused("This source is already withdrawn.")
    if not reason.strip():
        raise Refused("Say why this source cannot be used.", "reason")
    values = {"withdrawn_at": timezone.now(), "withdrawn_by": by.person, "withdrawn_reason": reason}
    change = changed(source, values)
    record(by, "source.withdrawn", source, change | {"reason": reason}, request_id=request_id)
    for claim in claims:
        unsettle(claim, by=by, reason="A source of its evidence was withdrawn.")
    return source


@write("source.restored")
def restore(*, by: Membership, source: Source, request_id: UUID | None = None) -> Source:
    claims = claims_locked(source)
    source = _standing(source)
    if not source.withdrawn_at:
        raise Refused("This source can be used.")
    change = changed(source, {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""})
    record(by, "source.restored", source, change, request_id=request_id)
    for claim in claims:
        unsettle(claim, by=by, reason="A source of its evidence was restored.")
    return source


def named(*, by: Membership, work: Work) -> Source:
    """The one source of this title, or the page of this address where an address was written instead of a title.

    Where the desk knows none it is a new one. Runs inside another action.
    """
    if key(work.title):
        known = sources_at(by.desk, work.title)
        work = replace(work, url=work.url or work.title.strip(), kind=SourceKind.WEBPAGE)
    else:
        known = sources_titled(by.desk, work.title)
    if len(known) > 1:
        raise Refused("Several sources have this title. Choose one from the list.", "title")
    return known[0] if known else add(by=by, work=work)


def for_article(*, by: Membership, article: Article) -> Source:
    """The source that stands for a stored article, made on first use. Runs inside another action."""
    work = Work(
        title=article.headline,
        author=article.byline,
        kind=SourceKind.NEWS,
        container=article.outlet.name,
        url=article.url,
        published=article.published,
    )
    cited_as = asdict(work) | {"made_by": by.person}
    source, new = Source.objects.get_or_create(desk_id=by.desk_id, article=article, defaults=cited_as)
    if new:
        record(by, "source.added", source, asdict(work) | {"article": str(article.pk)})
    return standing_for(source)


def standing_for(source: Source) -> Source:
    """The source itself, or the one that it is part of by now."""
    while source.merged_into is not None:
        source = source.merged_into
    return source


def claims_locked(source: Source) -> list[Claim]:
    """The claims that rest on the source, locked in the order that everything locks them in."""
    return claims_citing(Evidence.objects.filter(desk_id=source.desk_id, source=source, withdrawn_at=None))


def claims_citing(evidence: QuerySet[Evidence]) -> list[Claim]:
    """The claims of this evidence with their verdicts and reviews, locked, in one query."""
    rows = Claim.objects.filter(pk__in=evidence.values("claim_id")).select_related("verdict", "review")
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("id"))


def require_usable(source: Source) -> None:
    """Refuse to take new evidence from it."""
    if source.merged_into_id:
        raise Refused(MERGED, "title")
    if source.withdrawn_at:
        raise Refused(f"This source was withdrawn: {source.withdrawn_reason} Restore it first.", "title")


def _standing(source: Source) -> Source:
    source = locked(source)
    if source.merged_into_id:
        raise Refused(MERGED)
    return source
