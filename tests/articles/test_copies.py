"""The same text in several outlets is said on each of them, and stored nowhere."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Desk, Membership
from articles.queries.copies import at_address, copies_of, outlets_with_the_same_text
from tests.articles.pages import page_of, page_of_desk
from tests.factories import make_article

TEXT = "Bridge closed\n\nIt is."


def test_both_say_that_they_are_the_same(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    one = make_article(by=alice, text=TEXT, outlet="The Mail")
    two = make_article(by=alice, text=TEXT, outlet="The Post")
    make_article(by=alice, outlet="The Globe")

    for article, other in ((one, two), (two, one)):
        assert copies_of(article.versions.get()) == [other]
        for page in ("workbench", "article-history"):
            shown = browser_of_alice.get(page_of(page, article)).text
            assert page_of("workbench", other) in shown
            assert "ame text" in shown
    rows = browser_of_alice.get(page_of_desk("article-list", desk)).text
    assert "The same text as in The Mail" in rows
    assert "The same text as in The Post" in rows
    assert rows.count("The same text as in") == 2


def test_a_text_that_stands_alone_says_nothing(
    browser_of_alice: Client, alice: Membership, mallory: Membership
) -> None:
    article = make_article(by=alice, text=TEXT)
    make_article(by=mallory, text=TEXT, outlet="The Post")

    assert copies_of(article.versions.get()) == []
    assert outlets_with_the_same_text(article.desk, [article.pk]) == {}
    assert "Same text" not in browser_of_alice.get(page_of("workbench", article)).text


def test_an_address_is_known_in_other_spellings(alice: Membership, mallory: Membership) -> None:
    article = make_article(by=alice, url="https://orm.example/storm")
    make_article(by=mallory, url="https://velm.example/")

    assert at_address(alice.desk, "http://ORM.example/storm/#top") == article
    assert at_address(alice.desk, "https://orm.example/other") is None
    assert at_address(alice.desk, "https://velm.example/") is None
    assert at_address(alice.desk, "") is None


def test_the_list_asks_as_often_for_more_copies(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(page_of_desk("article-list", desk))
        return len(captured)

    for outlet in ("The Mail", "The Post"):
        make_article(by=alice, text=TEXT, outlet=outlet)
    few = queries_of_page()
    for number in range(8):
        make_article(by=alice, text=TEXT, outlet=f"Paper {number}")

    assert queries_of_page() == few
