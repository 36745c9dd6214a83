"""The desk's sources, and what cites them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from articles.models import NOT_NAMED, Evidence, Source, Terms
from articles.models.source import WORDS_OF_SOURCE
from articles.queries.doubles import doubled
from articles.queries.keeping import WINDOW, Keeping, kept_so
from articles.queries.paging import PAGE, Page, end_of_window, page
from articles.queries.snapshots import Copies, copies_of
from articles.queries.words import page_with_words, words_query
from articles.text.addresses import key
from articles.text.citing import Citation

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk

SUGGESTED = 8
CITATIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, how many claims rest on it now, how it is kept, and how many others it may be the same as."""

    source: Source
    claims: int
    copies: Copies
    doubles: int


@dataclass(frozen=True, slots=True)
class Sources(Page[Cited]):
    """A page of them. ``looked_through``: how many were looked at for how they are kept, when there are more."""

    looked_through: int = 0


def source_page(desk: Desk, words: str, after: str | None, keeping: Keeping | None = None) -> Sources:
    """The sources that have these words, or the address that they are, and are kept in this way."""
    sources: QuerySet[Source] = Source.objects.standing().filter(desk=desk)
    end = end_of_window(sources, after, WINDOW) if keeping is Keeping.BARE and not words else None
    if keeping:
        sources = kept_so(sources, desk, keeping)
    found = _page(sources if end is None else sources.filter(pk__gte=end), desk, words, after)
    own = [source.pk for source in found.rows]
    claims, copies, others = _claim_counts(desk, own), copies_of(desk, own), doubled(found.rows)
    rows = [Cited(row, claims.get(row.pk, 0), copies[row.pk], others.get(row.pk, 0)) for row in found.rows]
    is_cut = found.after is None and end is not None
    return Sources(rows, end if is_cut else found.after, WINDOW if is_cut else 0)


def suggested_sources(desk: Desk, words: str) -> list[Source]:
    """The newest sources with these words, or at this address; the newest of all when nothing was typed."""
    return _page(Source.objects.usable().filter(desk=desk), desk, words, None, SUGGESTED).rows


def sources_titled(desk: Desk, title: str, *, usable: bool = False) -> list[Source]:
    """At most two: enough to know whether the title names one source, or one ``usable`` source."""
    same = Exact(Lower("title"), Lower(Value(title)))
    rows = Source.objects.usable() if usable else Source.objects.standing()
    return list(rows.filter(same, desk=desk)[:2])


def sources_at(desk: Desk, address: str) -> list[Source]:
    """The sources of the page that this address leads to, the newest first; at most SUGGESTED."""
    own = key(address)
    rows = _at(Source.objects.standing().filter(desk=desk), desk, own)
    return list(rows.order_by("-id")[:SUGGESTED]) if own else []


def citations(source: Source) -> list[Evidence]:
    """The evidence taken from this source, the newest first, with the claims that it speaks to."""
    rows = source.evidence.select_related("claim", "made_by").order_by("withdrawn_at", "-id")
    return list(rows[:CITATIONS_SHOWN])


def citation_of(source: Source) -> Citation:
    """The source as it is cited, with its choices in words."""
    said: dict[str, Any] = {name: getattr(source, name) for name in Source.CONTENT}
    said |= {"reached": source.get_reached_display(), "terms": source.get_terms_display()}
    return Citation(id=str(source.pk), **said)


def exported(source: Source) -> Citation:
    """The source as it is cited where it leaves the desk: whoever must not be named is not."""
    if source.terms not in NOT_NAMED:
        return citation_of(source)
    terms = Terms(source.terms)
    return Citation(id=str(source.pk), title=NOT_NAMED[terms], kind=source.kind, terms=terms.label)


def _at(sources: QuerySet[Source], desk: Desk, own: str) -> QuerySet[Source]:
    """Those with this key of an address, and those of which one with it became part."""
    there = Source.objects.filter(desk=desk, url_key=own).exclude(url_key="")
    ids = there.values("pk").union(there.filter(merged_into__isnull=False).values("merged_into"))
    return sources.filter(pk__in=ids)


def _page(sources: QuerySet[Source], desk: Desk, words: str, after: str | None, size: int = PAGE) -> Page[Source]:
    """Of these sources of the desk."""
    if own := key(words):
        return page(_at(sources, desk, own), after, size)
    query = words_query(words)
    if query is None:
        return page(sources, after, size)
    return page_with_words(sources, WORDS_OF_SOURCE, query, after, size)


def _claim_counts(desk: Desk, sources: list[UUID]) -> dict[UUID, int]:
    rows = Evidence.objects.in_force().filter(desk=desk, source__in=sources).order_by()
    return dict(rows.values_list("source").annotate(number=Count("claim", distinct=True)))
