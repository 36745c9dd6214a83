"""Works, records and persons that evidence is taken from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from articles.actions._writing import changed, locked, record, write
from articles.actions.claims import unsettle
from articles.models import Article, Claim, Membership, Source, SourceKind

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a source is cited. ``published`` is a partial date: 2013, 2013-06 or 2013-06-05."""

    title: str
    author: str = ""
    kind: str = SourceKind.NEWS
    url: str = ""
    published: str = ""
    accessed_on: date | None = None


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
    cited_by = Claim.objects.filter(desk_id=by.desk_id, evidence__source=source, evidence__withdrawn_at=None)
    claims = [locked(claim) for claim in cited_by.distinct().order_by("id")]
    source = locked(source)
    change = changed(source, asdict(work), revision=revision)
    if change:
        record(by, "source.edited", source, change, request_id=request_id)
        for claim in claims:
            unsettle(claim, by=by, reason="A source of its evidence was edited.")
    return source


def for_article(*, by: Membership, article: Article) -> Source:
    """The source that stands for a stored article, made on first use. Runs inside another action."""
    cited_as = {
        "title": article.headline,
        "author": article.outlet.name,
        "kind": SourceKind.NEWS,
        "url": article.url,
        "published": article.published,
        "made_by": by.person,
    }
    source, new = Source.objects.get_or_create(desk_id=by.desk_id, article=article, defaults=cited_as)
    if new:
        record(by, "source.added", source, {"title": source.title, "article": str(article.pk)})
    return source
