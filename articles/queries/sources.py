"""The desk's sources, and what cites them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Evidence, Source
from articles.models.evidence import WORDS_OF_SOURCE
from articles.queries.paging import Page, page
from articles.queries.words import words_query

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk

SUGGESTED = 8
CITATIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, and how many claims rest on it now."""

    source: Source
    claims: int


def source_page(desk: Desk, words: str, after: str | None) -> Page[Cited]:
    found = page(_with_words(desk, words), after)
    claims = _claim_counts(desk, [source.pk for source in found.rows])
    return Page([Cited(source, claims.get(source.pk, 0)) for source in found.rows], found.after)


def suggested_sources(desk: Desk, words: str) -> list[Source]:
    """The newest sources with these words; the newest of all when nothing was typed."""
    return list(_with_words(desk, words).order_by("-id")[:SUGGESTED])


def sources_titled(desk: Desk, title: str) -> list[Source]:
    """At most two: enough to know whether the title names one source."""
    return list(Source.objects.filter(desk=desk, title__iexact=title)[:2])


def citations(source: Source) -> list[Evidence]:
    """The evidence taken from this source, the newest first, with the claims that it speaks to."""
    rows = source.evidence.select_related("claim", "made_by").order_by("withdrawn_at", "-id")
    return list(rows[:CITATIONS_SHOWN])


def _with_words(desk: Desk, words: str) -> QuerySet[Source]:
    sources = Source.objects.filter(desk=desk)
    query = words_query(words)
    return sources if query is None else sources.alias(found=WORDS_OF_SOURCE).filter(found=query)


def _claim_counts(desk: Desk, sources: list[UUID]) -> dict[UUID, int]:
    rows = Evidence.objects.in_force().filter(desk=desk, source__in=sources).order_by()
    return dict(rows.values_list("source").annotate(number=Count("claim", distinct=True)))
