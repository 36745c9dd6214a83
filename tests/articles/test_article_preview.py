"""Corrections lead to new guesses, and what a person wrote stays."""

import pytest
from django.test import Client

from articles.models import Article, Desk
from tests.articles.pages import HTMX, STORM, file, page_of_desk, sent


@pytest.fixture
def preview(desk: Desk) -> str:
    return page_of_desk("article-preview", desk)


@pytest.fixture
def shown(browser_of_alice: Client, desk: Desk) -> str:
    """The first preview."""
    return browser_of_alice.post(page_of_desk("article-add", desk), {"text": STORM}).text


def test_a_corrected_kind_leads_to_another_guess(browser_of_alice: Client, preview: str, shown: str) -> None:
    kinds = ["headline", "paragraph", *sent(shown)["0-kinds"][2:]]

    page = browser_of_alice.post(preview, sent(shown, n0_kinds=kinds) | {"again": "0"})

    assert page.status_code == 200
    assert sent(page.text)["0-headline"] == ["Skip to main content"]
    assert sent(page.text)["0-kinds"] == kinds


def test_what_a_person_wrote_over_a_guess_stays(browser_of_alice: Client, preview: str, shown: str) -> None:
    kinds = ["headline", "paragraph", *sent(shown)["0-kinds"][2:]]
    typed = sent(shown, n0_headline="My own headline", n0_byline="", n0_kinds=kinds)

    page = browser_of_alice.post(preview, typed | {"again": "0"})
    again = browser_of_alice.post(preview, sent(page.text) | {"again": "0"})

    for answer in (page, again):
        assert sent(answer.text)["0-headline"] == ["My own headline"]
        assert sent(answer.text)["0-byline"] == [""]
        assert "The first line gave “Skip to main content”." in answer.text


def test_only_the_named_preview_is_guessed_again(browser_of_alice: Client, desk: Desk, preview: str) -> None:
    uploads = [file(STORM, "a.txt"), file(STORM + "\n\nA last line.", "b.txt")]
    shown = browser_of_alice.post(page_of_desk("article-add", desk), {"uploads": uploads}).text
    kinds = ["headline", "paragraph", *sent(shown)["0-kinds"][2:]]

    page = browser_of_alice.post(preview, sent(shown, n0_kinds=kinds, n1_kinds=kinds) | {"again": "1"})

    assert sent(page.text)["0-headline"] == ["Storm closes the harbour of Orm"]
    assert sent(page.text)["1-headline"] == ["Skip to main content"]


def test_a_kind_that_does_not_exist_is_not_taken(browser_of_alice: Client, preview: str, shown: str) -> None:
    kinds = ["sermon", *sent(shown)["0-kinds"][1:]]

    page = browser_of_alice.post(preview, sent(shown, n0_kinds=kinds))

    assert sent(page.text)["0-kinds"] == sent(shown)["0-kinds"]


def test_htmx_gets_the_previews_alone(browser_of_alice: Client, preview: str, shown: str) -> None:
    answer = browser_of_alice.post(preview, sent(shown), headers=HTMX)

    assert answer.text.lstrip().startswith('<form id="drafts"')
    assert "<html" not in answer.text


@pytest.mark.parametrize("parcel", ["", "made up", "AAAA:BBBB"])
def test_a_text_that_did_not_come_back_whole_is_refused(
    browser_of_alice: Client, preview: str, shown: str, parcel: str
) -> None:
    page = browser_of_alice.post(preview, sent(shown, n0_parcel=parcel))

    assert page.status_code == 422
    assert "The text did not come back whole, so nothing was stored." in page.text
    assert not Article.objects.exists()


def test_a_changed_text_is_refused(browser_of_alice: Client, preview: str, shown: str) -> None:
    parcel = sent(shown)["0-parcel"][0]
    changed = parcel[:40] + ("A" if parcel[40] != "A" else "B") + parcel[41:]

    assert browser_of_alice.post(preview, sent(shown, n0_parcel=changed)).status_code == 422
