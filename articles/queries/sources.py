"""The desk's sources, and what cites them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Evidence, Source
from articles.models.evidence import WORDS_OF_SOURCE
from articles.queries.paging import PAGE, Page, page
from articles.queries.words import page_with_words, words_query

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models import Desk

SUGGESTED = 8
CITATIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, and how many claims rest on it now."""

    source: Source
    claims: int


def source_page(desk: Desk, words: str, after: str | None) -> Page[Cited]:
    found = _page(desk, words, after)
    claims = _claim_counts(desk, [source.pk for source in found.rows])
    return Page([Cited(source, claims.get(source.pk, 0)) for source in found.rows], found.after)


def suggested_sources(desk: Desk, words: str) -> list[Source]:
    """The newest sources with these words; the newest of all when nothing was typed."""
    return _page(desk, words, None, SUGGESTED).rows


def sources_titled(desk: Desk, title: str) -> list[Source]:
    """At most two: enough to know whether the title names one source."""
    return list(Source.objects.filter(desk=desk, title__iexact=title)[:2])


def citations(source: Source) -> list[Evidence]:
    """The evidence taken from this source, the newest first, with the claims that it speaks to."""
    rows = source.evidence.select_related("claim", "made_by").order_by("withdrawn_at", "-id")
    return list(rows[:CITATIONS_SHOWN])


def _page(desk: Desk, words: str, after: str | None, size: int = PAGE) -> Page[Source]:
    sources = Source.objects.filter(desk=desk)
    query = words_query(words)
    if query is None:
        return page(sources, after, size)
    return page_with_words(sources, WORDS_OF_SOURCE, query, after, size)


def _claim_counts(desk: Desk, sources: list[UUID]) -> dict[UUID, int]:
    rows = Evidence.objects.in_force().filter(desk=desk, source__in=sources).order_by()
    return dict(rows.values_list("source").annotate(number=Count("claim", distinct=True)))
