"""What sheets are made of, and how far they are."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from articles.models import Article, ArticleVersion, Claim, Evidence, Highlight
from articles.queries.claims import whole_claims

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.models import ClaimSheet


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
    """The claims that stand in these versions, in text order: each where it stands first."""
    marked = Highlight.objects.occurrences().filter(desk_id=sheet.desk_id, version__in=versions)
    by_version: dict[UUID, list[UUID]] = {version.pk: [] for version in versions}
    for version, claim in marked.values_list("version_id", "claim_id"):
        by_version[version].append(claim)
    order = dict.fromkeys(chain.from_iterable(by_version.values()))
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
    """By claim: the evidence in force, in the order in which it was added."""
    rows = Evidence.objects.in_force().filter(claim__in=claims, desk_id__in={claim.desk_id for claim in claims})
    rows = rows.select_related("source", "highlight__version").defer("highlight__version__text")
    by_claim: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    for row in rows.order_by("id"):
        by_claim[row.claim_id].append(row)
    return by_claim
