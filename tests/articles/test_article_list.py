"""The list of articles: its filters, its words, its pages and how far each article is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Desk, Membership, Status
from articles.queries import articles as queries
from tests.articles.pages import page_of, page_of_desk
from tests.factories import BODY, make_article, make_claim, make_highlight, make_story


@pytest.fixture
def articles(desk: Desk) -> str:
    return page_of_desk("article-list", desk)


def headlines(page: str) -> list[str]:
    return [part.split(">", 1)[1].split("<", 1)[0] for part in page.split('<a class="title"')[1:]]


def test_the_newest_comes_first_with_its_progress(browser_of_alice: Client, articles: str, alice: Membership) -> None:
    first = make_article(by=alice, headline="First report", published="2013-06-05")
    make_article(by=alice, headline="Second report")
    make_claim(by=alice, version=first.versions.get(), status=Status.APPROVED)
    make_claim(by=alice, version=first.versions.get(), quote="1,200 cars", status=Status.IN_REVIEW)

    page = browser_of_alice.get(articles)

    assert headlines(page.text) == ["Second report", "First report"]
    assert "5 June 2013" in page.text
    assert "1 claim left" in page.text
    assert "of 2, 1 waiting for a second person" in page.text
    assert "No claims yet" in page.text


def test_a_claim_that_stands_twice_in_an_article_counts_once(
    browser_of_alice: Client, articles: str, alice: Membership
) -> None:
    version = make_article(by=alice).versions.get()
    highlight = make_highlight(by=alice, version=version)
    make_highlight(by=alice, version=version, quote="the mayor said", claim=highlight.claim)

    assert "of 1<" in browser_of_alice.get(articles).text


def test_removed_highlights_do_not_count(browser_of_alice: Client, articles: str, alice: Membership) -> None:
    highlight = make_highlight(by=alice, version=make_article(by=alice).versions.get())
    actions.highlights.remove(by=alice, highlight=highlight)

    assert "No claims yet</span>" in browser_of_alice.get(articles).text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", ["Harbour closed"]),
        ("HARB", ["Harbour closed"]),
        ("falk", ["Harbour closed"]),
        ("mail", ["Budget agreed"]),
        ("councillors", ["Budget agreed"]),
        ("mail budget", ["Budget agreed"]),
        ("mail harbour", []),
        ("engineer budget", []),
        ("'&|!:*()", ["Budget agreed", "Harbour closed"]),
        ("zebra", []),
    ],
)
def test_words_are_found_in_headline_byline_outlet_and_text(
    browser_of_alice: Client, articles: str, alice: Membership, words: str, found: list[str]
) -> None:
    make_article(by=alice, headline="Harbour closed", outlet="Orm Valley Courier", byline="Ida Falk")
    text = "Budget agreed\n\nThe councillors agreed on a budget."
    make_article(by=alice, headline="Budget agreed", outlet="The Orm Mail", text=text)

    assert headlines(browser_of_alice.get(articles, {"q": words}).text) == found


@pytest.mark.parametrize(
    ("state", "found"), [("new", ["d"]), ("left", ["c"]), ("waiting", ["b"]), ("done", ["a"]), ("", list("dcba"))]
)
def test_states_tell_how_far_the_claims_are(
    browser_of_alice: Client, articles: str, alice: Membership, state: str, found: list[str]
) -> None:
    for headline, status in (("a", Status.APPROVED), ("b", Status.IN_REVIEW), ("c", Status.RETURNED)):
        version = make_article(by=alice, headline=headline, text=f"{headline}\n\n{BODY}").versions.get()
        make_claim(by=alice, version=version, status=status)
    make_article(by=alice, headline="d")

    assert headlines(browser_of_alice.get(articles, {"state": state}).text) == found


def test_outlet_and_story_narrow_the_list(browser_of_alice: Client, articles: str, alice: Membership) -> None:
    story = make_story(by=alice)
    wanted = make_article(by=alice, headline="Wanted", outlet="The Mail", story=story)
    make_article(by=alice, headline="Other", outlet="The Mail")
    make_article(by=alice, headline="Another", outlet="The Post", story=story)

    page = browser_of_alice.get(articles, {"outlet": str(wanted.outlet_id), "story": str(story.pk), "state": "new"})

    assert headlines(page.text) == ["Wanted"]
    assert f"story={story.pk}&amp;state=waiting" in page.text


@pytest.mark.parametrize(
    "query", ["outlet=x", "story=1", "state=x", "after=x", "outlet=00000000-0000-7000-8000-000000000000"]
)
def test_a_filter_that_makes_no_sense_is_left_out(
    browser_of_alice: Client, articles: str, alice: Membership, query: str
) -> None:
    make_article(by=alice, headline="Still here")

    assert headlines(browser_of_alice.get(f"{articles}?{query}").text) == ["Still here"]


def test_pages_follow_each_other(
    browser_of_alice: Client, articles: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries.article_page, "__kwdefaults__", None)
    monkeypatch.setattr(queries.article_page, "__defaults__", (None, 2))
    for headline in "edcba":
        make_article(by=alice, headline=headline)
    page, seen = browser_of_alice.get(articles).text, []
    while 'rel="next"' in page:
        seen += headlines(page)
        link = page.split('rel="next" href="')[1].split('"')[0]
        page = browser_of_alice.get(link).text

    assert [*seen, *headlines(page)] == list("abcde")
    assert "Back to the newest" in page


def test_a_state_is_looked_for_in_a_window(
    browser_of_alice: Client, articles: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WINDOW", 2)
    make_claim(by=alice, version=make_article(by=alice, headline="Old").versions.get())
    make_article(by=alice)
    make_article(by=alice)

    first = browser_of_alice.get(articles, {"state": "left"}).text
    second = browser_of_alice.get(first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).text

    assert "Looked through 2 articles." in first
    assert headlines(first) == []
    assert headlines(second) == ["Old"]
    assert 'rel="next"' not in second


def test_an_empty_desk_says_how_to_begin(browser_of_alice: Client, articles: str) -> None:
    page = browser_of_alice.get(articles)

    assert "Add the first article" in page.text
    assert 'role="search" aria-label="Articles"' not in page.text


def test_a_reader_is_not_asked_to_add(client: Client, articles: str, rita: Membership) -> None:
    client.force_login(rita.person)

    assert "article-add" not in client.get(articles).text
    assert "A reviewer of this desk has to add the first one." in client.get(articles).text


def test_articles_of_another_desk_are_not_listed(browser_of_alice: Client, articles: str, mallory: Membership) -> None:
    make_article(by=mallory, headline="Foreign")

    assert headlines(browser_of_alice.get(articles, {"q": "bridge"}).text) == []
    assert headlines(browser_of_alice.get(articles).text) == []


def test_htmx_gets_the_rows_alone(browser_of_alice: Client, articles: str, alice: Membership) -> None:
    make_article(by=alice, headline="A report")

    answer = browser_of_alice.get(articles, headers={"HX-Request": "true", "HX-Target": "found"})

    assert answer.text.lstrip().startswith('<div id="found">')
    assert headlines(answer.text) == ["A report"]
    assert "HX-Target" in answer["Vary"]


def test_the_number_of_queries_is_the_same_for_more_rows(
    browser_of_alice: Client, articles: str, alice: Membership
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(articles)
        return len(captured)

    make_claim(by=alice, version=make_article(by=alice, story=make_story(by=alice)).versions.get())
    few = queries_of_page()
    for number in range(10):
        story = make_story(by=alice, title=f"Story {number}")
        article = make_article(by=alice, outlet=f"Paper {number}", story=story)
        make_claim(by=alice, version=article.versions.get())

    assert queries_of_page() == few


def test_a_row_leads_to_the_workbench(browser_of_alice: Client, articles: str, alice: Membership) -> None:
    article = make_article(by=alice)

    assert f'href="{page_of("workbench", article)}"' in browser_of_alice.get(articles).text
