"""The list of queries, and what is open wherever it is counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.errors import Refused
from articles.models import Article, ArticleVersion, Claim, Desk, Membership, Query, Status
from articles.queries import asking, paging
from articles.queries.asking import QueryFilter, open_on_articles, open_on_claims
from articles.queries.workbench import bench_as_of
from tests.claims.asking import address
from tests.factories import (
    answer_query,
    fresh,
    make_article,
    make_claim,
    make_highlight,
    make_query,
    make_story,
    take_version,
)


def today() -> date:
    """As the tests run, which may begin on the day before."""
    return timezone.localdate()


@pytest.fixture
def page(desk: Desk) -> str:
    return reverse("articles:query-list", args=[desk.slug])


def listed(client: Client, page: str, **wanted: Any) -> list[Query]:
    return [row.query for row in client.get(page, wanted).context["page"].rows]


def closed(query: Query, by: Membership) -> Query:
    return actions.asking.close(by=by, query=query, reason="Of no use.")


def test_what_is_open_is_listed_the_newest_first(
    browser_of_alice: Client, page: str, alice: Membership, bob: Membership
) -> None:
    first, second, third = (make_query(by=alice, of=bob) for _ in range(3))
    closed(third, alice)

    assert listed(browser_of_alice, page) == [second, first]
    assert listed(browser_of_alice, page, status="all") == [third, second, first]
    assert listed(browser_of_alice, page, status="closed") == [third]


def test_it_is_narrowed(browser_of_alice: Client, page: str, alice: Membership, bob: Membership) -> None:
    mine = make_query(by=alice)
    to_me = make_query(by=bob, of=alice, due=today())
    over = make_query(by=bob, addressee="source", name="The harbour", due=today() - timedelta(days=1))

    assert listed(browser_of_alice, page, status="open", whose="asked") == [mine]
    assert listed(browser_of_alice, page, status="open", whose="put") == [to_me]
    assert listed(browser_of_alice, page, status="open", addressee="source") == [over]
    assert listed(browser_of_alice, page, status="open", overdue="on") == [over]
    assert listed(browser_of_alice, page, status="lost", addressee="x", whose="y") == [over, to_me, mine]


def test_of_an_article_are_those_about_its_words_and_its_claims(
    browser_of_alice: Client, page: str, alice: Membership, version: ArticleVersion
) -> None:
    about_words = make_query(by=alice, version=version)
    about_claim = make_query(by=alice, claim=make_claim(by=alice, version=version, quote="the mayor said"))
    make_query(by=alice)

    assert listed(browser_of_alice, page, status="all", article=version.article_id) == [about_claim, about_words]


def test_the_next_page_goes_on(
    browser_of_alice: Client, page: str, alice: Membership, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = [make_query(by=alice, claim=claim) for _ in range(5)]
    monkeypatch.setattr(paging.page, "__defaults__", (2,))

    seen: list[Query] = []
    path = page
    while path:
        answer = browser_of_alice.get(path)
        seen += [row.query for row in answer.context["page"].rows]
        path = answer.context["next"] and page + answer.context["next"]

    assert seen == queries[::-1]


def test_an_empty_list_says_how_to_begin(browser_of_alice: Client, page: str) -> None:
    assert "No query is open" in browser_of_alice.get(page).text
    assert "No query is like this" in browser_of_alice.get(page, {"status": "closed"}).text


def test_a_reader_reads_it(browser_of_rita: Client, page: str, alice: Membership) -> None:
    query = make_query(by=alice)

    assert listed(browser_of_rita, page) == [query]


def test_post_is_the_wrong_method(browser_of_alice: Client, page: str) -> None:
    assert browser_of_alice.post(page).status_code == 405


@pytest.mark.parametrize("where", ["list", "desk", "claim", "review", "articles", "claims", "workbench", "work"])
def test_more_rows_cost_no_more_queries(
    *, where: str, browser_of_bob: Client, page: str, desk: Desk, alice: Membership, bob: Membership
) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)
    version = claim.highlights.get().version
    pages = {
        "list": page,
        "desk": desk.get_absolute_url(),
        "claim": address("claim", claim),
        "review": address("review", claim),
        "articles": reverse("articles:article-list", args=[desk.slug]),
        "claims": reverse("articles:claim-list", args=[desk.slug]),
        "workbench": address("workbench", version.article),
        "work": address("member-work", bob),
    }

    def queries() -> int:
        # The marks are read with each, whether something happened since or not.
        bench_as_of.cache_clear()
        with CaptureQueriesContext(connection) as captured:
            assert browser_of_bob.get(pages[where]).status_code == 200
        return len(captured)

    def ask() -> None:
        answer_query(make_query(by=bob, claim=claim, of=alice), by=alice)
        make_query(by=alice, claim=claim, of=bob)
        make_query(by=bob, version=version, quote="the mayor said")

    ask()
    queries()
    few = queries()
    for _ in range(5):
        ask()

    assert queries() <= few


# Counted


def numbers(article: Article, *claims: Claim) -> tuple[int, list[int]]:
    """Open ones on the article, and on each claim."""
    on_claims = open_on_claims(article.desk, [claim.pk for claim in claims])
    on_article = open_on_articles(article.desk_id, [article.pk]).get(article.pk, 0)
    return on_article, [on_claims.get(claim.pk, 0) for claim in claims]


def test_what_is_answered_or_closed_is_not_open(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=alice, version=version)
    first, second, _ = (make_query(by=alice, claim=claim, of=bob) for _ in range(3))
    assert numbers(version.article, claim) == (3, [3])

    answer_query(first, by=bob)
    closed(second, alice)

    assert numbers(version.article, claim) == (1, [1])


def test_a_claim_in_two_places_of_an_article_is_asked_about_once(alice: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=alice, version=version)
    make_highlight(by=alice, version=version, quote="the mayor said", claim=claim)
    other = make_highlight(by=alice, version=make_article(by=alice).versions.get(), claim=fresh(claim))
    make_query(by=alice, claim=claim)

    assert numbers(version.article, claim) == (1, [1])
    assert numbers(other.version.article) == (1, [])


def test_a_claim_that_stands_in_an_article_no_more_is_asked_about_elsewhere(
    alice: Membership, version: ArticleVersion
) -> None:
    claim = make_claim(by=alice, version=version)
    make_query(by=alice, claim=claim)

    actions.highlights.remove(by=alice, highlight=claim.highlights.get())

    assert numbers(version.article, claim) == (0, [1])
    assert fresh(claim).status == Status.OPEN  # work on it is not done, so it does not go aside


def test_a_claim_set_aside_is_still_asked_about(alice: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=alice, version=version)
    make_query(by=alice, claim=claim)

    actions.claims.set_aside(by=alice, claim=claim, reason="It is an opinion.")

    assert numbers(version.article, claim) == (1, [1])


def test_a_claim_about_which_something_is_asked_is_not_merged_away(alice: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=alice, version=version)
    other = make_highlight(by=alice, version=version, quote=", the mayor said")
    make_query(by=alice, claim=other.claim)
    told: dict[str, Any] = {"by": alice, "highlight": claim.highlights.get(), "revision": 1, "other": other}

    with pytest.raises(Refused, match="Work was done on the claim"):
        actions.parting.merge(**told)


@pytest.mark.parametrize(
    "change", [("Bridge", "Bridges"), ("three people", "four people"), ("three people were hurt", "")]
)
def test_a_new_version_keeps_the_count(alice: Membership, version: ArticleVersion, change: tuple[str, str]) -> None:
    claim = make_claim(by=alice, version=version)
    make_query(by=alice, claim=claim)
    make_query(by=alice, version=version)

    take_version(version.article, version.text.replace(*change) + " It opens on Friday.", by=alice)

    assert numbers(version.article, claim) == (2, [1])


def test_where_it_is_counted(*, browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership) -> None:
    article = make_article(by=alice, story=make_story(by=alice))
    version = article.versions.get()
    claim = make_claim(by=alice, version=version)
    make_query(by=alice, claim=claim, question="Who counted?")
    make_query(by=bob, version=version, of=alice, question="Which mayor?")
    sheet = actions.sheets.open_sheet(by=alice, article=article)

    def text(url: str) -> str:
        return browser_of_alice.get(url).text

    front = text(desk.get_absolute_url())
    assert "2 open queries" in front
    assert "Queries to you" in front
    assert "Which mayor?" in front
    assert "Your open queries" in front
    assert "2 open queries" in text(reverse("articles:article-list", args=[desk.slug]))
    assert "2 open queries" in text(address("workbench", article))
    assert "1 open query" in text(reverse("articles:claim-list", args=[desk.slug]))
    assert "Who counted?" in text(address("claim", claim))
    assert "Who counted?" in text(address("review", claim))
    assert "2 queries are still open" in text(address("sheet", sheet))
    assert article.story
    assert "2 open queries" in text(address("story", article.story))
    assert "Which mayor?" in text(reverse("articles:member-work", args=[desk.slug, alice.pk]))


def test_claims_with_an_open_query(browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership) -> None:
    claim, done, _ = (make_claim(by=alice) for _ in range(3))
    make_query(by=alice, claim=claim)
    closed(make_query(by=alice, claim=done), alice)

    rows = (
        browser_of_alice.get(reverse("articles:claim-list", args=[desk.slug]), {"with_query": "on"})
        .context["page"]
        .rows
    )

    assert [row.claim for row in rows] == [claim]


def test_the_workbench_is_narrowed_to_them(
    browser_of_alice: Client, alice: Membership, version: ArticleVersion
) -> None:
    claim = make_claim(by=alice, version=version)
    other = make_claim(by=alice, version=version, quote="the mayor said")
    make_query(by=alice, claim=claim)
    words = make_query(by=alice, version=version, quote="Ida Falk")

    context = browser_of_alice.get(address("workbench", version.article), {"asked": "on"}).context

    assert set(context["fitting"].split()) == {str(claim.pk), str(words.pk)}
    assert str(other.pk) not in context["fitting"]
    assert context["choices"].with_query.number == 2


@pytest.mark.parametrize(
    "wanted",
    [
        QueryFilter(),
        QueryFilter(status="open"),
        QueryFilter(status="answered", whose="asked"),
        QueryFilter(status="open", whose="put"),
        QueryFilter(status="open", addressee="source"),
        QueryFilter(overdue=True),
    ],
)
def test_every_list_has_its_index(alice: Membership, wanted: QueryFilter) -> None:
    rows = asking._filtered(alice, wanted).order_by("-id")[:51]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()

    assert "Index" in plan
    assert "Seq Scan on articles_query" not in plan
