"""What sheets are made of, and how far they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Subquery

from articles.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimSheet,
    Evidence,
    Highlight,
    SheetEdition,
    Snapshot,
    Story,
)
from articles.queries.articles import claim_counts
from articles.queries.claims import whole_claims
from articles.queries.paging import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk

OFFERED = 8
"""Articles, and stories, without a sheet that the list of sheets offers to open one for."""


# What a sheet says


def versions_of(sheet: ClaimSheet) -> list[ArticleVersion]:
    """The newest version of the article, or of each article of the story, the earliest article first."""
    articles = Article.objects.filter(desk_id=sheet.desk_id)
    chosen = articles.filter(pk=sheet.article_id) if sheet.article_id else articles.filter(story=sheet.story)
    others = ArticleVersion.objects.filter(desk_id=OuterRef("desk_id"), article_id=OuterRef("article_id"))
    newest = others.order_by("-number").values("number")[:1]
    rows = ArticleVersion.objects.filter(desk_id=sheet.desk_id, article__in=chosen, number=Subquery(newest))
    rows = rows.select_related("article__outlet").defer("text", "report")
    return list(rows.order_by("article__published", "article__outlet__name", "article_id"))


def claims_of(sheet: ClaimSheet, versions: Sequence[ArticleVersion]) -> list[Claim]:
    """The claims that stand in these articles, in text order: each where it stands first.

    Those that wait for a person to say where they stand in the newest version are where they last stood.
    """
    articles = [version.article_id for version in versions]
    marked = Highlight.objects.occurrences().filter(desk_id=sheet.desk_id, version__article__in=articles)
    by_article: dict[UUID, list[UUID]] = {article: [] for article in articles}
    for article, claim in marked.values_list("version__article_id", "claim_id"):
        by_article[article].append(claim)
    order = dict.fromkeys(chain.from_iterable(by_article.values()))
    claims = {claim.pk: claim for claim in whole_claims().filter(desk_id=sheet.desk_id, pk__in=order)}
    return [claims[pk] for pk in order if pk in claims]


def places_of(claims: Sequence[Claim]) -> dict[UUID, list[Highlight]]:
    """By claim: every place where it stands, in whatever article, with its version and the text."""
    rows = Highlight.objects.occurrences().filter(claim__in=claims, desk_id__in={claim.desk_id for claim in claims})
    places = list(rows)
    versions = ArticleVersion.objects.select_related("article__outlet").defer("report")
    texts = {version.pk: version for version in versions.filter(pk__in={place.version_id for place in places})}
    by_claim: defaultdict[UUID, list[Highlight]] = defaultdict(list)
    for place in places:
        place.version = texts[place.version_id]
        by_claim[place.claim_id].append(place)  # type: ignore[index]  # an occurrence has a claim
    return by_claim


def evidence_of(claims: Sequence[Claim]) -> dict[UUID, list[Evidence]]:
    """By claim: the evidence that a verdict can rest on, in the order in which it was added."""
    rows = Evidence.objects.sound().filter(claim__in=claims, desk_id__in={claim.desk_id for claim in claims})
    rows = rows.select_related("source", "highlight__version").defer("highlight__version__text")
    by_claim: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    for row in rows.order_by("id"):
        by_claim[row.claim_id].append(row)
    return by_claim


def resting_on(terms: Iterable[str], claims: Iterable[UUID], desk: UUID) -> set[UUID]:
    """Which of the claims have evidence in force of a source on such terms, whether it can bear a verdict or not."""
    rows = Evidence.objects.in_force().filter(desk_id=desk, claim__in=claims, source__terms__in=terms)
    return set(rows.values_list("claim_id", flat=True))


def kept_copies(evidence: Iterable[Evidence]) -> dict[UUID, list[Snapshot]]:
    """By source of the evidence: the copies that a person asked for, without texts and bytes, the newest first."""
    sources = {row.source_id: row.desk_id for row in evidence}
    rows = Snapshot.objects.kept().filter(desk_id__in=set(sources.values()), source__in=sources)
    by_source: defaultdict[UUID, list[Snapshot]] = defaultdict(list)
    for row in rows.select_related("original", "kept_by").defer("text", "original__content").order_by("-id"):
        by_source[row.source_id].append(row)
    return by_source


# Sheets and their editions


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in the list, with its newest edition and the number of its claims in each status."""

    sheet: ClaimSheet
    edition: SheetEdition | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SheetList:
    rows: list[SheetRow]
    after: UUID | None


def whole_sheets() -> QuerySet[ClaimSheet]:
    return ClaimSheet.objects.select_related("desk", "article__outlet", "story")


def sheet_list(desk: Desk, after: str | None) -> SheetList:
    found = page(whole_sheets().filter(desk=desk), after)
    newest = _newest_editions(desk, found.rows)
    counts = _counts(desk, found.rows)
    rows = [SheetRow(row, newest.get(row.pk), counts.get(row.article_id or row.story_id, {})) for row in found.rows]
    return SheetList(rows, found.after)


def without_sheet(desk: Desk) -> tuple[list[Article], list[Story]]:
    """The newest articles with claims, and the newest stories with articles, that have no sheet yet."""
    sheets = ClaimSheet.objects.filter(desk=desk)
    claims = Highlight.objects.live().filter(desk=desk, claim__isnull=False)
    articles = Article.objects.filter(
        Exists(claims.filter(version__article_id=OuterRef("pk"))),
        ~Exists(sheets.filter(article_id=OuterRef("pk"))),
        desk=desk,
    )
    stories = Story.objects.filter(
        Exists(Article.objects.filter(desk=desk, story_id=OuterRef("pk"))),
        ~Exists(sheets.filter(story_id=OuterRef("pk"))),
        desk=desk,
    )
    newest = articles.select_related("outlet").order_by("-id")[:OFFERED]
    return list(newest), list(stories.order_by("-id")[:OFFERED])


def editions_of(sheet: ClaimSheet) -> list[SheetEdition]:
    """The newest first, without what they say."""
    return list(sheet.editions.defer("content").select_related("signed_by"))


def _newest_editions(desk: Desk, sheets: Sequence[ClaimSheet]) -> dict[UUID, SheetEdition]:
    editions = SheetEdition.objects.filter(desk=desk, sheet__in=sheets).defer("content").select_related("signed_by")
    return {edition.sheet_id: edition for edition in editions.order_by("sheet", "-number").distinct("sheet")}


def _counts(desk: Desk, sheets: Sequence[ClaimSheet]) -> Mapping[UUID | None, Mapping[str, int]]:
    """By article or story: status → number of its claims in that status."""
    articles = [sheet.article_id for sheet in sheets if sheet.article_id]
    counted = (
        Highlight.objects.live()
        .filter(desk=desk, claim__isnull=False)
        .filter(version__article__story__in=[sheet.story_id for sheet in sheets if sheet.story_id])
        .values_list("version__article__story_id", "claim__status")
        .annotate(number=Count("claim_id", distinct=True))
    )
    counts: dict[UUID | None, dict[str, int]] = defaultdict(dict)
    for story, status, number in counted:
        counts[story][status] = number
    return counts | dict(claim_counts(desk, articles).items())
