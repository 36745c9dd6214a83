"""Caret mode: a text that is not typed in is walked, selected and marked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from articles.models import Claim, Highlight
from tests.browser.person import Person
from tests.factories import Cast, make_article, make_claim, make_desk, make_highlight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

HEADLINE = "Storm over the lower town"
FIRST = (
    "The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour. Ten were found."
)
SECOND = "“We saw the water rise for two days,” said Jon Ek. Family 👩‍👩‍👧‍👦 and café́ are whole characters."
HEBREW = "הסערה פרצה בעיר התחתית. ארבעים סירות טבעו בנמל."
TEXT = "\n\n".join([HEADLINE, FIRST, SECOND, HEBREW])
KINDS = ["headline", "paragraph", "quotation", "paragraph"]
BOATS = "At least 40 boats sank in the harbour."


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, kinds=KINDS, headline=HEADLINE).versions.get()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def open_with_caret(person: Person, version: ArticleVersion, at: int = 0) -> Page:
    """The workbench in caret mode, with the caret at an offset of the text."""
    page = person.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    page.keyboard.press("c")
    expect(page.locator("text-caret")).to_have_attribute("data-at", "0")
    click_at(page, at)
    return page


def click_at(page: Page, at: int) -> None:
    place = page.evaluate(
        """async (at) => {
          const { rangeOf } = await import("/static/articles/js/dom/offsets.js");
          const article = document.querySelector("article.reading");
          const rtl = /\\p{Script=Hebrew}/u.test(rangeOf(article, at, at + 1).toString());
          rangeOf(article, at, at + 1).startContainer.parentElement.scrollIntoView({ block: "center" });
          const box = rangeOf(article, at, at + 1).getBoundingClientRect();
          return [rtl ? box.right - 1 : box.left + 1, box.top + box.height / 2];
        }""",
        at,
    )
    page.mouse.click(*place)
    expect(caret(page)).to_have_attribute("data-at", str(at))


def caret(page: Page) -> Locator:
    return page.locator("text-caret")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page) -> int:
    return int(caret(page).get_attribute("data-at") or -1)


def selected(page: Page) -> str:
    words: str = page.evaluate("getSelection().toString()")
    return words


def test_arrows_go_by_whole_characters(alice: Person, version: ArticleVersion) -> None:
    family = TEXT.index("👩")
    page = open_with_caret(alice, version, family)

    press(page, "ArrowRight")
    assert at(page) == TEXT.index(" and café")
    press(page, "ArrowLeft", "ArrowLeft")
    assert at(page) == family - 1


def test_control_goes_by_word_and_alt_by_sentence(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index("storm broke"))

    press(page, "Control+ArrowRight")
    assert at(page) == TEXT.index(" broke")
    press(page, "Alt+ArrowRight")
    assert at(page) == TEXT.index(BOATS)
    press(page, "Control+ArrowLeft")
    assert at(page) == TEXT.index("said. At")
    press(page, "Alt+ArrowLeft", "Alt+ArrowLeft")
    assert at(page) == 0


def test_it_walks_from_block_to_block(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, len(HEADLINE) - 1)

    press(page, "ArrowRight", "ArrowRight")
    assert at(page) == TEXT.index(FIRST)
    press(page, "ArrowLeft")
    assert at(page) == len(HEADLINE)
    press(page, "Control+End")
    assert at(page) == len(TEXT)
    press(page, "ArrowLeft")
    assert at(page) == len(TEXT)
    press(page, "Control+Home")
    assert at(page) == 0


def test_up_and_down_keep_to_a_column(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index("storm broke"))
    start = _left(page)

    press(page, "ArrowDown")
    below, line = at(page), _left(page)
    assert TEXT.index("mayor") < below < TEXT.index(SECOND)
    assert abs(line - start) < 12
    press(page, "ArrowDown", "ArrowUp", "ArrowUp")
    assert at(page) == TEXT.index("storm broke")


def test_home_and_end_are_of_the_line(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index("mayor"))
    top = _top(page)

    press(page, "Home")
    assert at(page) == TEXT.index(FIRST)
    press(page, "End")
    assert at(page) > TEXT.index("mayor")
    assert _top(page) == top
    assert TEXT[at(page)] == " "


def test_a_text_from_right_to_left_is_walked_as_it_is_seen(alice: Person, version: ArticleVersion) -> None:
    begin = TEXT.index(HEBREW)
    page = open_with_caret(alice, version, begin)
    right = _left(page)

    press(page, "ArrowLeft")
    assert at(page) == begin + 1
    assert _left(page) < right
    press(page, "Control+ArrowLeft", "Shift+Control+ArrowLeft")
    assert selected(page).strip() == "פרצה"


def test_shift_selects_and_m_marks_at_once(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index(BOATS))

    press(page, "Shift+Alt+ArrowRight", "m")

    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    highlight = Highlight.objects.get()
    assert (highlight.quote, highlight.start) == (BOATS, TEXT.index(BOATS))


def test_enter_opens_what_can_be_done(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index(BOATS))

    press(page, "Shift+Alt+ArrowRight", "Enter")
    expect(page.get_by_role("button", name="Claim m")).to_be_focused()
    press(page, "Enter")

    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value(BOATS)


def test_escape_gives_the_caret_back_after_the_new_highlight(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version, TEXT.index(BOATS))
    press(page, "Shift+Alt+ArrowRight", "m")
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()

    press(page, "Escape")
    expect(page.locator("article.reading")).to_be_focused()
    assert at(page) == TEXT.index(BOATS) + len(BOATS)
    press(page, "ArrowRight")
    assert at(page) == TEXT.index("Ten were found")


def test_space_takes_the_highlight_and_then_the_next_one_here(
    alice: Person, version: ArticleVersion, cast: Cast
) -> None:
    for quote in (BOATS, "40 boats"):
        make_highlight(by=cast.bob, version=version, quote=quote)
    page = open_with_caret(alice, version, TEXT.index("boats"))

    press(page, "Space")
    assert selected(page) == "40 boats"
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("40 boats")
    press(page, "Space")
    assert selected(page) == BOATS
    press(page, "Space")
    assert selected(page) == "40 boats"
    expect(page.locator("article.reading")).to_be_focused()


def test_backspace_removes_and_u_brings_back(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    make_highlight(by=cast.bob, version=version, quote=BOATS)
    page = open_with_caret(alice, version, TEXT.index("boats"))

    press(page, "Backspace")
    expect(page.locator("#messages")).to_contain_text("Highlight removed")
    expect(page.locator("#text mark")).to_have_count(0)
    expect(page.locator("article.reading")).to_be_focused()
    assert at(page) == TEXT.index("boats")
    press(page, "u")

    expect(page.locator("#text mark")).to_have_count(1)


def test_brackets_lead_from_highlight_to_highlight(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    for quote in ("The storm", BOATS, "two days"):
        make_claim(by=cast.bob, version=version, quote=quote)
    page = open_with_caret(alice, version, TEXT.index("mayor"))

    press(page, "]")
    assert at(page) == TEXT.index(BOATS)
    press(page, "]")
    assert at(page) == TEXT.index("two days")
    press(page, "[", "[")
    assert at(page) == TEXT.index("The storm")
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("The storm")
    expect(page.locator("article.reading")).to_be_focused()


def test_brackets_pressed_fast_are_as_many_steps(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    for quote in ("The storm", BOATS, "two days"):
        make_claim(by=cast.bob, version=version, quote=quote)
    page = alice.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")

    press(page, "]", "]", "]", "[")

    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value(BOATS)
    expect(page.locator("#panel .at")).to_be_focused()


def test_it_is_seen_and_said(alice: Person, version: ArticleVersion) -> None:
    page = open_with_caret(alice, version)

    expect(page.locator("text-caret .badge")).to_be_visible()
    expect(page.locator("#caret-says")).to_contain_text("Caret mode")
    press(page, "Control+ArrowRight", "Alt+ArrowRight")
    expect(page.locator("#caret-says")).to_have_text("The storm broke over the lower town at six, the mayor said.")
    press(page, "c")
    expect(page.locator("text-caret .badge")).to_be_hidden()
    press(page, "ArrowRight")
    expect(caret(page)).not_to_have_attribute("data-at", "1")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (320, 256)])
def test_the_caret_is_always_on_the_screen(alice: Person, cast: Cast, size: tuple[int, int]) -> None:
    """A window of 320 by 256 is one of 1280 by 1024 at 400 %."""
    long = "\n\n".join([HEADLINE, *[FIRST] * 30])
    version = make_article(by=cast.alice, text=long, headline=HEADLINE).versions.get()
    alice.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = open_with_caret(alice, version)

    for keys in (
        ["PageDown"] * 4,
        ["ArrowDown"] * 20,
        ["PageUp"] * 2,
        ["Control+End"],
        ["ArrowUp"] * 20,
        ["Control+Home"],
    ):
        before = at(page)
        press(page, *keys)
        assert at(page) != before
        assert page.evaluate(IS_CLEAR)


# What is met at the middle of the caret's line is the text, and not something that covers it.
IS_CLEAR = """
() => {
  const box = document.querySelector("text-caret .caret").getBoundingClientRect();
  const met = document.elementFromPoint(Math.min(box.left + 2, innerWidth - 2), box.top + box.height / 2);
  return box.height > 8 && met !== null && met.closest("article.reading") !== null;
}
"""


def test_words_that_are_typed_are_no_keys(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_with_caret(alice, version, TEXT.index("mayor"))
    press(page, "]")
    field = page.locator("#claim-panel textarea[name=text]")
    expect(field).to_have_value(BOATS)

    field.focus()
    press(page, "End", "ArrowLeft", "Backspace", "Space", "c")

    assert field.input_value() == BOATS[:-2] + " c."
    assert at(page) == TEXT.index(BOATS)
    assert Claim.objects.get(pk=claim.pk).text == BOATS


def _left(page: Page) -> float:
    return _box(page)["x"]


def _top(page: Page) -> float:
    return _box(page)["y"]


def _box(page: Page) -> FloatRect:
    box = page.locator("text-caret .caret").bounding_box()
    assert box
    return box
