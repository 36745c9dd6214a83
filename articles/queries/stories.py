"""Reads of the story screens: the list with how far each story is, and its claims side by side, outlet by outlet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Value
from django.db.models.functions import NullIf

from articles.models import Article, Highlight, Status, Story
from articles.queries.paging import Page, page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Claim, Desk, Outlet, Rating


@dataclass(frozen=True, slots=True)
class Listed:
    """A story, the size of its coverage, and how many of its claims are in which status."""

    story: Story
    articles: int
    outlets: int
    counts: Mapping[str, int]


def story_page(desk: Desk, after: str | None) -> Page[Listed]:
    found = page(Story.objects.filter(desk=desk), after)
    stories = [story.pk for story in found.rows]
    coverage, counts = _coverage(desk, stories), _claim_counts(desk, stories)
    rows = [Listed(story, *coverage.get(story.pk, (0, 0)), counts.get(story.pk, {})) for story in found.rows]
    return Page(rows, found.after)


def _coverage(desk: Desk, stories: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """By story: how many articles of how many outlets."""
    counted = (
        Article.objects.filter(desk=desk, story__in=stories)
        .values_list("story_id")
        .annotate(articles=Count("pk"), outlets=Count("outlet_id", distinct=True))
    )
    return {story: (articles, outlets) for story, articles, outlets in counted if story}


def _claim_counts(desk: Desk, stories: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """By story: status → number of claims. A claim of several of its articles counts once."""
    counted = (
        Highlight.objects.occurrences()
        .filter(desk=desk, version__article__story__in=stories)
        .order_by()
        .values_list("version__article__story_id", "claim__status")
        .annotate(number=Count("claim_id", distinct=True))
    )
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for story, status, number in counted:
        counts[story][status] = number
    return counts


# Claims by outlets


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet that reports the story. ``is_read``: claims are marked in its words, so that silence says something."""

    outlet: Outlet
    published: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Said:
    """An outlet's own words for a claim, and the article they stand in."""

    words: str
    article: UUID


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    said: list[Said]


@dataclass(slots=True)
class Compared:
    """A claim, with what each outlet of the story says of it; an empty list for those that are silent."""

    claim: Claim
    by_outlet: dict[UUID, list[Said]] = field(default_factory=lambda: defaultdict(list))

    @property
    def rating(self) -> Rating | None:
        """What the desk found, once a second person has agreed."""
        verdict = self.claim.verdict
        return verdict.rating if verdict and self.claim.status == Status.APPROVED else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``shared`` claims stand in more than one outlet, the most widely reported first; ``single`` in one alone."""

    columns: list[Column]
    shared: list[tuple[Compared, list[Cell]]]
    single: list[tuple[Column, list[tuple[Compared, Said]]]]
    counts: Mapping[str, int]
    claims: Collection[UUID]


def comparison(articles: Sequence[Article], occurrences: Iterable[Highlight]) -> Comparison:
    claims: dict[UUID, Compared] = {}
    for highlight in occurrences:
        if highlight.claim is None:
            continue
        compared = claims.setdefault(highlight.claim.pk, Compared(highlight.claim))
        article = highlight.version.article
        compared.by_outlet[article.outlet_id].append(Said(highlight.quote, article.pk))
    columns = _columns(articles, {outlet for compared in claims.values() for outlet in compared.by_outlet})
    return Comparison(
        columns,
        _shared(columns, claims.values()),
        _single(columns, claims.values()),
        _statuses(claims.values()),
        claims,
    )


def articles_of(story: Story) -> QuerySet[Article]:
    """The earliest first; those without a date behind them."""
    dated = NullIf("published", Value("")).asc(nulls_last=True)
    rows = Article.objects.filter(desk_id=story.desk_id, story=story).select_related("outlet")
    return rows.order_by(dated, "outlet__name", "id")


def occurrences_of(story: Story) -> QuerySet[Highlight]:
    """Where claims stand in the articles of the story, article by article in text order, without the texts."""
    rows = Highlight.objects.occurrences().filter(desk_id=story.desk_id, version__article__story=story)
    rows = rows.select_related("claim__verdict__rating", "version__article__outlet")
    return rows.defer("version__text", "version__report", "version__kinds").order_by(
        "version__article__published", "version__article_id", "start", "id"
    )


def _columns(articles: Sequence[Article], read: Collection[UUID]) -> list[Column]:
    first: dict[UUID, Article] = {}
    for article in articles:
        first.setdefault(article.outlet_id, article)
    return [Column(article.outlet, article.published, article.outlet_id in read) for article in first.values()]


def _shared(columns: list[Column], claims: Iterable[Compared]) -> list[tuple[Compared, list[Cell]]]:
    shared = [compared for compared in claims if len(compared.by_outlet) > 1]
    shared.sort(key=lambda compared: -len(compared.by_outlet))
    return [
        (compared, [Cell(column, compared.by_outlet.get(column.outlet.pk, [])) for column in columns])
        for compared in shared
    ]


def _single(columns: list[Column], claims: Iterable[Compared]) -> list[tuple[Column, list[tuple[Compared, Said]]]]:
    by_outlet: defaultdict[UUID, list[tuple[Compared, Said]]] = defaultdict(list)
    for compared in claims:
        if len(compared.by_outlet) == 1:
            [(outlet, said)] = compared.by_outlet.items()
            by_outlet[outlet].append((compared, said[0]))
    return [(column, by_outlet[column.outlet.pk]) for column in columns if column.outlet.pk in by_outlet]


def _statuses(claims: Iterable[Compared]) -> Mapping[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for compared in claims:
        counts[compared.claim.status] += 1
    return counts
