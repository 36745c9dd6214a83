"""What looks at every page finds what is wrong in one width alone, whichever a page was loaded in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import NARROW, WIDE, objections_in_both_widths

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = """<!doctype html><html lang="en"><title>Boats</title>
<style>body { background: #fff; color: #000 } .late { display: none } @media (width < 600px) { STYLE }</style>
<main><h1>Boats</h1><p class="one">Forty boats sank.</p><p class="late">Nobody slept.</p>
<label>Words <input value="boats"></label></main>"""


@pytest.fixture
def said(browser: Browser, request: pytest.FixtureRequest) -> list[str]:
    width, style = request.param
    page = browser.new_page(viewport=width)
    page.set_content(PAGE.replace("STYLE", style))
    found = list(objections_in_both_widths(page))
    page.close()
    return found


@pytest.mark.parametrize(
    "said",
    [
        (WIDE, ".one { color: #aaa }"),
        (WIDE, ".late { display: block; color: #aaa }"),
        (WIDE, "main { background: #333 }"),
        (WIDE, "main { opacity: 0.3 }"),
        (WIDE, "input { color: #aaa }"),
    ],
    indirect=True,
    ids=["other words", "more words", "another ground", "paler", "in a field"],
)
def test_paler_words_in_the_other_width(said: list[str]) -> None:
    assert said
    assert all(one.startswith("in the other width, color-contrast: ") for one in said)


@pytest.mark.parametrize("said", [(WIDE, ".one { width: 700px }")], indirect=True, ids=["wide"])
def test_what_is_wider_than_the_other_screen(said: list[str]) -> None:
    assert len(said) == 1
    assert said[0].endswith(" pixels wider than the screen")


@pytest.mark.parametrize("said", [(NARROW, ".one { color: #aaa }")], indirect=True, ids=["narrow"])
def test_what_is_wrong_where_it_was_loaded(said: list[str]) -> None:
    assert [one.partition(":")[0] for one in said] == ["color-contrast"]


@pytest.mark.parametrize(
    "said", [(WIDE, ""), (NARROW, ".late { display: block }")], indirect=True, ids=["wide", "narrow"]
)
def test_nothing_is_said_of_a_good_page(said: list[str]) -> None:
    assert said == []
