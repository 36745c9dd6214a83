"""One box finds claims, articles and sources."""

import pytest
from django.test import Client

from articles.models import Claim, Desk, Membership
from articles.models.claim import WORDS_OF_CLAIM
from articles.queries import words
from articles.queries.paging import page
from tests.articles.pages import page_of, page_of_desk
from tests.factories import edit_claim, make_article, make_claim, make_source


@pytest.fixture
def find(desk: Desk) -> str:
    return page_of_desk("find", desk)


def test_each_kind_of_row_is_found(browser_of_alice: Client, find: str, alice: Membership) -> None:
    article = make_article(by=alice, headline="The bridge is closed")
    claim = make_claim(by=alice, version=article.versions.get(), text="The bridge was closed on Tuesday.")
    source = make_source(by=alice, title="Log of the bridge")

    page = browser_of_alice.get(find, {"q": "BRIDG"}).text

    for name, row in (("workbench", article), ("claim", claim), ("source", source)):
        assert f'href="{page_of(name, row)}"' in page
    assert "All claims" not in page


def test_more_than_five_lead_to_the_whole_list(browser_of_alice: Client, find: str, alice: Membership) -> None:
    version = make_article(by=alice).versions.get()
    for _ in range(6):
        make_article(by=alice)
        make_claim(by=alice, version=version, text="A bridge & a road.")
        make_source(by=alice, title="Bridge")

    page = browser_of_alice.get(find, {"q": "bridge a"}).text

    for name in ("claim-list", "article-list"):
        assert f"{page_of_desk(name, alice.desk)}?q=bridge%20a" in page
    assert page.count('class="title claim"') == 5


@pytest.mark.parametrize("typed", ["", "  ", "!?"])
def test_without_words_it_says_how(browser_of_alice: Client, find: str, typed: str) -> None:
    assert "What are you looking for?" in browser_of_alice.get(find, {"q": typed}).text


def test_nothing_found_says_what_to_try(browser_of_alice: Client, find: str) -> None:
    page = browser_of_alice.get(find, {"q": "<b>zebra"}).text

    assert "Nothing has all these words" in page
    assert "&lt;b&gt;zebra" in page


def test_rows_of_another_desk_are_not_found(browser_of_alice: Client, find: str, mallory: Membership) -> None:
    make_claim(by=mallory, text="The bridge was closed.")

    assert "Nothing has all these words" in browser_of_alice.get(find, {"q": "bridge"}).text


@pytest.mark.parametrize("recent", [1, 3, 5, 100])
def test_recent_rows_and_the_index_find_the_same(
    alice: Membership, recent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "RECENT", recent)
    version = make_article(by=alice).versions.get()
    claims = [make_claim(by=alice, version=version) for _ in range(8)]
    for claim in claims[::2]:
        edit_claim(claim, by=alice, text="Boats were lost.")
    query = words.words_query("boat")
    assert query is not None
    everything = Claim.objects.filter(desk=alice.desk)
    wanted = page(everything.filter(text__startswith="Boats"), None, 2)

    found = words.page_with_words(everything, WORDS_OF_CLAIM, query, None, 2)
    rest = words.page_with_words(everything, WORDS_OF_CLAIM, query, str(found.after), 2)

    assert found == wanted
    assert rest.rows == [claims[2], claims[0]]
    assert rest.after is None


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("", ""),
        ("x" * 160, "x" * 160),
        ("word " * 32, "word " * 32),
        ("word " * 40, "word " * 31 + "word…"),
        ("x" * 155 + ", longer words", "x" * 155 + "…"),
        ("長" * 200, "長" * 160 + "…"),
    ],
)
def test_long_words_are_cut_between_two_of_them(whole: str, shown: str) -> None:
    assert words.shortened(whole) == shown
