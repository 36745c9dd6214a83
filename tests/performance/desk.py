"""The desk, its lists and the review queue: time and queries with 100,000 claims against those with 1,000.

Both desks are in one database and take turns: 300,000 and 3,000 pieces of evidence, 1,000,000 and 10,000 events, 10,000
and 100 open queries. On the small one there are two people and on the large one twelve, so that a page is full on both.
A list that is shorter on the small desk is opened on the large one where its last page begins, with as many rows: far
down in its index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Claim, Highlight, Membership
from articles.queries.work import PAGE, PARTS, Part, page, place
from articles.seed.fill import fill
from tests.factories import make_person
from tests.performance.harness import equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Desk
    from tests.performance.harness import Bench, Figure, Work

FEW = 1_000
MANY = 100_000
SEED = 1
BAR = 1.5
HANDING_OVER = 600.0
"""Milliseconds of the one page that is as long as what a person has open, up to a thousand claims."""


def run(bench: Bench) -> Iterator[Figure]:
    few, many = _seeded(FEW, 2, bench.seed or SEED), _seeded(MANY, 12, bench.seed or SEED)
    against, ours = _pages(few), _pages(many)
    for part in PARTS.values():
        name = f"list “{part.name}”"
        against[name], rows = _list(few, part)
        ours[name], _ = _list(many, part, rows)
    for name, path in ours.items():
        yield bench.ratio(
            f"{name}, {MANY:,} claims against {FEW:,}",
            ours=_opens(bench, many, path),
            against=_opens(bench, few, against[name]),
            bar=BAR,
        )
        counts = [_queries(bench, few, against[name]), _queries(bench, many, path)]
        yield equal(f"queries of {name} ({counts[1]})", counts, unit="queries")
    work = reverse("articles:member-work", args=[many.slug, _ada(many).pk])
    yield bench.milliseconds("what Ada has open, to be handed over", work=_opens(bench, many, work), bar=HANDING_OVER)


def _seeded(size: int, people: int, seed: int) -> Desk:
    erin = make_person("erin")
    return fill(
        name=f"{size:,} claims", slug=f"desk-of-{size}", administrator=erin, size=size, seed=seed, people=people
    )


def _ada(desk: Desk) -> Membership:
    return Membership.objects.select_related("person").get(desk=desk, person__name="Ada")


def _pages(desk: Desk) -> dict[str, str]:
    """What a reviewer opens, by name, but for the lists of her work."""
    ada, her = _ada(desk).person, reverse("articles:member-history", args=[desk.slug, _ada(desk).pk])
    return {
        "the desk": reverse("articles:desk", args=[desk.slug]),
        "the review queue": reverse("articles:review-queue", args=[desk.slug]),
        "all claims": reverse("articles:claim-list", args=[desk.slug]),
        "her claims": f"{reverse('articles:claim-list', args=[desk.slug])}?assignee={ada.pk}",
        "articles with work left": f"{reverse('articles:article-list', args=[desk.slug])}?state=left",
        "open queries": reverse("articles:query-list", args=[desk.slug]),
        "queries put to her": f"{reverse('articles:query-list', args=[desk.slug])}?whose=put",
        "claims with an open query": f"{reverse('articles:claim-list', args=[desk.slug])}?with_query=on",
        "notices": reverse("articles:notice-list", args=[desk.slug]),
        "what changed since": reverse("articles:desk-news", args=[desk.slug]),
        "a day": reverse("articles:desk-day", args=[desk.slug]),
        "what Ada did to evidence": f"{her}?acts=evidence",
        "sources without a copy": f"{reverse('articles:source-list', args=[desk.slug])}?kept=bare",
        "a claim": reverse("articles:claim", args=[desk.slug, _a_claim(desk).pk]),
    }


def _list(desk: Desk, part: Part, rows: int = PAGE) -> tuple[str, int]:
    """The address of a page of a list with so many rows, or its only page, and how many are on it."""
    ada, path = _ada(desk), reverse("articles:work-list", args=[desk.slug, part.name])
    if rows == PAGE:
        return path, len(page(ada, part).rows)
    every = page(ada, part, size=MANY).rows
    before = every[-rows - 1] if len(every) > rows else None
    return (f"{path}?{urlencode({'after': place(part, before)})}" if before else path), rows


def _a_claim(desk: Desk) -> Claim:
    """One in review, which has everything that a claim's page shows."""
    claims = Claim.objects.filter(desk=desk, status="in_review").order_by("-id")
    return claims.filter(pk__in=Highlight.objects.live().filter(desk=desk).values("claim_id")).first() or claims[0]


def _opens(bench: Bench, desk: Desk, path: str) -> Work:
    visitor = bench.visitor(_ada(desk).person)
    return lambda _: visitor.get(path)


def _queries(bench: Bench, desk: Desk, path: str) -> int:
    """Of the second time, when what a process keeps is there."""
    client = bench.client(_ada(desk).person)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
