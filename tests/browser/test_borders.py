"""The borders of a highlight in a browser: by mouse, by touch, by keys, from the panel, and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from articles.actions import highlights
from articles.models import Claim, Highlight, Status
from tests.browser.person import Person
from tests.browsing import HeldRequest, intercept
from tests.factories import Cast, fresh, make_article, make_claim, make_desk, make_highlight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

TEXT = """Storm over the lower town

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt 🌊."""
BOATS = "At least 40 boats sank"

WORDS_AT = """
words => {
  const block = [...document.querySelectorAll("[data-o]")].find(block => block.textContent.includes(words));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let index = block.textContent.indexOf(words) + words.length - 1, node = walker.nextNode();
  while (index >= node.length) { index -= node.length; node = walker.nextNode(); }
  const range = document.createRange();
  range.setStart(node, index);
  range.setEnd(node, index + 1);
  const box = range.getBoundingClientRect();
  return [box.right, box.top + box.height / 2];
}
"""
"""The screen position of the end of some words."""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, headline="Storm over the lower town").versions.get()


@pytest.fixture
def highlight(cast: Cast, version: ArticleVersion) -> Highlight:
    return make_highlight(by=cast.alice, version=version, quote=BOATS)


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def open_claim(person: Person, highlight: Highlight) -> Page:
    page = person.page
    page.goto(f"/d/night-desk/articles/{highlight.version.article_id}/?claim={highlight.claim_id}")
    expect(handle(page, "end")).to_be_visible()
    return page


def handle(page: Page, edge: str) -> Locator:
    return page.locator(f".span-handle[data-edge={edge}]")


def marked(page: Page) -> Locator:
    return page.locator("#text mark")


def drag(page: Page, edge: str, words: str, *, drop: bool = True) -> None:
    """Drag a border to the end of some words of the text; the pointer keeps its distance from the border."""
    box = handle(page, edge).bounding_box()
    assert box
    x = box["x"] + (box["width"] - 3 if edge == "start" else 3)
    y = box["y"] + 8
    border = [box["x"] + (box["width"] if edge == "start" else 0), page.evaluate(LINE, edge)]
    to = page.evaluate(WORDS_AT, words)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to[0] + x - border[0], to[1] + y - border[1], steps=5)
    if drop:
        page.mouse.up()


LINE = """
edge => {
  const handle = document.querySelector(`.span-handle[data-edge=${edge}]`);
  const height = parseFloat(handle.style.getPropertyValue("--line-height"));
  const top = parseFloat(handle.style.top) + document.querySelector("#text").getBoundingClientRect().top;
  return top - height / 2;
}
"""
"""The middle of the line on which a border stands."""


def test_a_border_is_dragged_after_it_was_said_where_the_words_come_from(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    panel = page.locator("#claim-panel")
    panel.get_by_role("link", name="Say where").click()
    panel.get_by_label("Comes from").fill("Harbour office")
    panel.get_by_label("Comes from").press("Enter")
    expect(panel).to_contain_text("1 outlet, 1 independent origin")

    drag(page, "end", "in the harbour")

    expect(page.locator("#messages")).not_to_contain_text("meanwhile")
    expect(marked(page)).to_have_text(re.compile(r"At least 40 boats sank in the harbour$"))
    assert fresh(highlight).quote == "At least 40 boats sank in the harbour"


def test_dragging_the_end_by_mouse(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)

    drag(page, "end", "in the harbo")

    expect(marked(page)).to_have_text(f"{BOATS} in the harbour")
    expect(page.locator(".here q").first).to_have_text(f"{BOATS} in the harbour")
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value(f"{BOATS} in the harbour")
    assert fresh(highlight).quote == f"{BOATS} in the harbour"
    expect(page).to_have_url(
        f"{alice.site}/d/night-desk/articles/{highlight.version.article_id}/?claim={highlight.claim_id}"
    )


def test_dragging_does_not_move_the_text_and_shows_what_will_be(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    before = page.evaluate("[...document.querySelectorAll('[data-o]')].map(b => b.getBoundingClientRect().top)")

    drag(page, "end", "At least 40", drop=False)

    kept = "[...CSS.highlights.get('borders-kept')].map(String).join()"
    assert page.evaluate(kept) == "At least 40"
    assert page.evaluate("[...CSS.highlights.get('borders-dropped')].map(String).join()") == " boats sank"
    assert page.evaluate("[...document.querySelectorAll('[data-o]')].map(b => b.getBoundingClientRect().top)") == before
    page.mouse.up()
    expect(marked(page)).to_have_text("At least 40")
    page.wait_for_function("() => !CSS.highlights.has('borders-kept') && !CSS.highlights.has('borders-dropped')")


def test_escape_gives_the_borders_back(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    drag(page, "start", "mayor said.", drop=False)

    page.keyboard.press("Escape")
    page.mouse.up()

    page.wait_for_function("() => !CSS.highlights.has('borders-kept')")
    expect(handle(page, "start")).to_have_attribute("aria-valuenow", str(highlight.start))
    assert fresh(highlight).revision == 1


def test_with_alt_a_border_goes_by_character(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)

    page.keyboard.down("Alt")
    drag(page, "end", "At least 40 bo")
    page.keyboard.up("Alt")

    expect(marked(page)).to_have_text("At least 40 bo")


def test_dragging_into_the_next_paragraph(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)

    drag(page, "end", "two days,”")

    expect(marked(page)).to_have_count(2)
    expect(page.locator(".here q").first).to_contain_text("two days,”")
    assert fresh(highlight).quote.endswith("harbour.\n\n“We saw the water rise for two days,”")


def test_keys_pressed_fast_are_all_heard(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)

    for key in ("+", "+", "+", "<", "<"):
        page.keyboard.press(key)

    expect(marked(page)).to_have_text("mayor said. At least 40 boats sank in the harbour")
    expect(page.locator("span-handles [role=status]")).to_have_text(
        "Highlighted now: mayor said. At least 40 boats sank in the harbour"
    )
    expect(page.locator("span-handles form")).to_have_count(0)
    assert fresh(highlight).quote == "mayor said. At least 40 boats sank in the harbour"
    for key in ("-", "-", ">", ">"):
        page.keyboard.press(key)
    expect(marked(page)).to_have_text("At least 40 boats sank in")


def test_a_handle_is_moved_by_arrows(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    handle(page, "end").focus()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")

    expect(marked(page)).to_have_text("At least 40 boats sa")
    expect(handle(page, "end")).to_have_attribute("aria-valuetext", "sa")
    expect(handle(page, "end")).to_be_focused()
    expect(page.locator("span-handles form")).to_have_count(0)


def test_no_step_cuts_a_character(alice: Person, cast: Cast, version: ArticleVersion) -> None:
    highlight = make_highlight(by=cast.alice, version=version, quote="were hurt")
    page = open_claim(alice, highlight)

    page.keyboard.press("+")

    expect(marked(page)).to_have_text("were hurt 🌊.")


def test_steps_in_the_panel_keep_it_open_and_the_focus(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    page.get_by_text("Change the borders").click()
    later = page.locator("#panel").get_by_role("button", name="End a word later")

    later.press("Enter")
    later.press("Enter")

    expect(marked(page)).to_have_text(f"{BOATS} in the")
    expect(page.locator(".here q").first).to_have_text(f"{BOATS} in the")
    expect(later).to_be_focused()


def test_splitting_and_merging_again(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    page.get_by_text("Change the borders").click()
    page.get_by_label("Split after").select_option(label="At least 40 | boats sank")

    page.get_by_role("button", name="Split", exact=True).click()

    expect(marked(page)).to_have_text(["At least 40", "boats sank"])
    expect(page.locator("#text .no")).to_have_count(2)
    expect(page.locator("#text .no").last).to_have_attribute("data-no", "2")
    assert Claim.objects.count() == 2

    page.get_by_role("button", name="Merge with the next").click()

    expect(marked(page)).to_have_text([BOATS])
    assert Highlight.objects.live().get() == highlight


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_handles_and_borders_are_accessible(
    browser: Browser, live_server: LiveServer, highlight: Highlight, width: int, scheme: Any
) -> None:
    size: dict[str, Any] = {"width": width, "height": 844}
    person = Person(browser, live_server.url, "alice", viewport=size, color_scheme=scheme)
    page = open_claim(person, highlight)
    page.evaluate("document.querySelector('details.borders').open = true")

    assert Axe().run(page).response["violations"] == []
    expect(handle(page, "end")).to_have_attribute("aria-valuetext", "sank")
    person.close()


def test_an_approved_claim_says_why_it_is_open_again(alice: Person, cast: Cast, version: ArticleVersion) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS, status=Status.APPROVED, reviewer=cast.erin)
    page = open_claim(alice, claim.highlights.get())

    page.keyboard.press("+")

    expect(page.locator("#claim-panel .standing")).to_contain_text(f"“{BOATS}” became “{BOATS} in”")
    expect(marked(page)).to_have_attribute("data-status", "reopened")


def test_borders_are_undone_and_redone_like_all_else(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    page.keyboard.press("+")
    expect(page.locator(".here q").first).to_have_text(f"{BOATS} in")

    page.keyboard.press("Control+z")

    expect(marked(page)).to_have_text(BOATS)
    expect(handle(page, "end")).to_have_attribute("aria-valuenow", str(highlight.end))
    page.keyboard.press("Control+Shift+z")
    expect(marked(page)).to_have_text(f"{BOATS} in")
    expect(handle(page, "end")).to_have_attribute("aria-valuenow", str(highlight.end + 3))
    page.keyboard.press("+")
    expect(marked(page)).to_have_text(f"{BOATS} in the")


def test_who_was_slower_sees_both(alice: Person, cast: Cast, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    start = highlight.start
    highlights.adjust(by=cast.bob, highlight=highlight, revision=1, start=start, end=start + 11, quote="At least 40")

    page.keyboard.press("+")

    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Bob was faster")
    expect(conflict.locator(".words")).to_have_text(["At least 40", f"{BOATS} in"])
    expect(marked(page)).to_have_text("At least 40")
    conflict.get_by_role("button", name="Store mine instead").click()
    expect(marked(page)).to_have_text(f"{BOATS} in")
    alice.complaints.clear()


def test_what_does_not_arrive_is_said_and_sent_again(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    intercept(page, "**/adjust/", lambda route: route.abort())

    page.keyboard.press("+")

    expect(page.locator("unsent-list")).to_contain_text("1 change")
    expect(marked(page)).to_have_text(BOATS)
    page.unroute("**/adjust/")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(marked(page)).to_have_text(f"{BOATS} in")
    alice.complaints.clear()


def test_presses_while_an_answer_is_on_its_way_are_sent_after_it(alice: Person, highlight: Highlight) -> None:
    page = open_claim(alice, highlight)
    held = HeldRequest(page, "**/adjust/")
    page.keyboard.press("+")
    first = held.route

    page.keyboard.press("+")
    page.keyboard.press("+")
    first.continue_()

    expect(marked(page)).to_have_text(f"{BOATS} in the harbour")
    expect(page.locator("span-handles form")).to_have_count(0)
    assert fresh(highlight).revision == 3


def test_dragging_by_touch(browser: Browser, live_server: LiveServer, highlight: Highlight) -> None:
    size: dict[str, Any] = {"width": 390, "height": 844}
    person = Person(browser, live_server.url, "alice", viewport=size, has_touch=True, is_mobile=True)
    page = open_claim(person, highlight)
    box = handle(page, "end").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    x, y = box["x"] + 6, box["y"] + 10
    border = [box["x"], page.evaluate(LINE, "end")]
    to = page.evaluate(WORDS_AT, "sank in the")
    touch = person.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    send("touchStart", (x, y))
    for part in (0.3, 0.6, 1):
        send("touchMove", (x + part * (to[0] - border[0]), y + part * (to[1] - border[1])))
    send("touchEnd")

    expect(marked(page)).to_have_text(f"{BOATS} in the")
    assert person.complaints == []
    person.close()


def test_without_scripts(browser: Browser, live_server: LiveServer, highlight: Highlight) -> None:
    person = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = person.page
    page.goto(f"/d/night-desk/articles/{highlight.version.article_id}/?claim={highlight.claim_id}")
    page.get_by_text("Change the borders").click()

    page.get_by_role("button", name="End a word later").click()
    page.get_by_role("button", name="Start a word earlier").click()

    expect(marked(page)).to_have_text("said. At least 40 boats sank in")
    page.get_by_label("Split after").select_option(label="said. | At least 40 boats sank in")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(marked(page)).to_have_text(["said.", "At least 40 boats sank in"])
    page.get_by_role("button", name="Merge with the next").click()
    expect(marked(page)).to_have_text("said. At least 40 boats sank in")
    assert fresh(highlight).quote == "said. At least 40 boats sank in"
    person.close()
