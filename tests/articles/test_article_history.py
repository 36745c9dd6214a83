"""Who did what to an article, in words, and what each version is made of."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import ArticleVersion, Membership
from tests.articles.pages import page_of
from tests.factories import make_carry, make_claim, make_highlight, take_version


def test_the_history_is_told_in_words(
    browser_of_alice: Client, version: ArticleVersion, alice: Membership, bob: Membership
) -> None:
    actions.articles.retype_block(by=bob, version=version, number=1, kind="furniture")
    highlight = make_highlight(by=alice, version=version)
    actions.highlights.remove(by=bob, highlight=highlight)

    page = browser_of_alice.get(page_of("article-history", version.article)).text

    assert "<b>Alice</b> added the article" in page
    assert "<b>Bob</b> corrected the kind of block 2 to furniture." in page
    assert "<b>Bob</b> removed the highlight" in page
    assert page.index("removed the highlight") < page.index("added the article")


def test_a_version_shows_what_it_is_made_of(browser_of_alice: Client, version: ArticleVersion) -> None:
    page = browser_of_alice.get(page_of("article-history", version.article)).text

    assert version.text_sha256 in page
    assert version.original.sha256 in page
    assert "Pasted by Alice" in page
    assert "Nothing was removed or replaced." in page


def test_older_lines_are_on_the_next_page(browser_of_alice: Client, version: ArticleVersion, alice: Membership) -> None:
    for number in range(102):
        kind = "caption" if number % 2 else "heading"
        actions.articles.retype_block(by=alice, version=version, number=1, kind=kind)

    page = browser_of_alice.get(page_of("article-history", version.article)).text
    older = browser_of_alice.get(
        page_of("article-history", version.article) + page.split('rel="next" href="')[1].split('"')[0]
    )

    assert "added the article" not in page
    assert "added the article" in older.text


def test_the_number_of_queries_is_the_same_for_more_rows(
    browser_of_alice: Client, version: ArticleVersion, alice: Membership
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(page_of("article-history", version.article))
        return len(captured)

    make_claim(by=alice, version=version)
    few = queries_of_page()
    for _ in range(10):
        make_claim(by=alice, version=version)

    assert queries_of_page() == few


def test_what_became_of_highlights_in_a_later_version_is_told(
    browser_of_alice: Client, alice: Membership, bob: Membership
) -> None:
    carry = make_carry(by=bob, claim=make_claim(by=alice))
    actions.carrying.orphan(by=alice, carry=carry, revision=1)
    take_version(carry.version.article, f"{carry.version.text} It opens on Friday.", by=bob)

    page = browser_of_alice.get(page_of("article-history", carry.version.article)).text

    assert "<b>Bob</b> stored version 3 of the text." in page
    assert "<b>Alice</b> said that" in page
    assert "is gone from version 2." in page
    assert "In version 2 of the article," in page
