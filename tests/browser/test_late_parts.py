"""Scripts that come when somebody begins to do something: what is pressed before they have come is not lost."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.person import Person
from tests.browsing import HeldRequest, intercept
from tests.factories import Cast, make_article, make_claim, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

TEXT = """Storm over the lower town

The storm broke at six, the mayor said. At least 40 boats sank in the harbour."""
LATER = "**/js/later.js*"
LOOKS = "**/css/later.css"

# Asked of the page itself, which writes them down a moment after they are answered: whoever listens from outside may be
# told of a request only after it has done its work.
TIMES = """end => performance.getEntriesByType("resource")
    .filter(entry => new URL(entry.name).pathname.endsWith(end))
    .map(entry => [entry.startTime, entry.responseEnd])"""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, kinds=["headline", "paragraph"]).versions.get()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    person.close()


def open_workbench(person: Person, version: ArticleVersion) -> Page:
    page = person.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    return page


def test_nothing_comes_before_somebody_does_something(alice: Person, version: ArticleVersion) -> None:
    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.url))
    page = open_workbench(alice, version)
    page.wait_for_load_state("networkidle")
    # A mouse that lies still where the page comes to lie.
    page.evaluate("document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }))")
    page.wait_for_timeout(600)
    assert [url for url in asked if url.endswith(("/js/later.js", "/js/keys.js"))] == []

    with page.expect_request(LATER):
        page.mouse.move(300, 300, steps=2)
    page.wait_for_function("() => customElements.get('text-caret') !== undefined")


def test_nothing_comes_before_its_looks(alice: Person, version: ArticleVersion) -> None:
    looks = HeldRequest(alice.page, LOOKS)
    page = open_workbench(alice, version)
    page.keyboard.press("c")
    held = looks.route
    page.wait_for_timeout(300)
    assert page.evaluate(TIMES, "/js/later.js") == []
    held.continue_()

    expect(page.locator("text-caret .caret")).to_have_css("position", "absolute")
    page.wait_for_function(f"end => ({TIMES})(end).length", arg="/js/later.js")
    [(_, styled)] = page.evaluate(TIMES, "/css/later.css")
    [(asked, _)] = page.evaluate(TIMES, "/js/later.js")
    assert styled <= asked


def test_a_page_that_opens_a_claim_has_its_looks_without_scripts(
    browser: Browser, live_server: LiveServer, cast: Cast, version: ArticleVersion
) -> None:
    claim = make_claim(by=cast.alice, version=version, quote="40 boats sank")
    with closing(Person(browser, live_server.url, "alice", java_script_enabled=False)) as person:
        person.page.goto(f"/d/night-desk/articles/{version.article_id}/?claim={claim.pk}")
        expect(person.page.locator(".claim-panel > header")).to_have_css("display", "flex")


def test_keys_that_are_pressed_meanwhile_wait_and_keep_their_order(alice: Person, version: ArticleVersion) -> None:
    later = HeldRequest(alice.page, LATER)
    page = open_workbench(alice, version)
    for key in ("c", "ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    later.route.continue_()

    expect(page.locator("text-caret")).to_have_attribute("data-at", "3")
    assert page.evaluate("getSelection().toString()") == TEXT[2:3]


def test_words_that_are_typed_meanwhile_are_sought(alice: Person, version: ArticleVersion) -> None:
    later = HeldRequest(alice.page, LATER)
    page = open_workbench(alice, version)
    page.keyboard.press("f")
    page.keyboard.type("boats sat")
    page.keyboard.press("Backspace")
    page.keyboard.type("nk")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    later.route.continue_()

    expect(page.get_by_label("Find in this article")).to_have_value("boats sa")
    expect(page.locator("text-find .count")).to_have_text("1 of 1")


def test_keys_in_a_field_are_not_held(alice: Person, version: ArticleVersion) -> None:
    later = HeldRequest(alice.page, LATER)
    page = open_workbench(alice, version)
    page.keyboard.press("s")
    later.route  # noqa: B018  # waits for it
    page.get_by_label("Find claims, articles, sources").press_sequentially("boats")

    expect(page.get_by_label("Find claims, articles, sources")).to_have_value("boats")


@pytest.mark.parametrize(
    ("address", "key", "shown"),
    [
        (LATER, "c", "text-caret:not([hidden])"),
        (LOOKS, "c", "text-caret:not([hidden])"),
        ("**/js/keys.js*", "?", "dialog#keys[open]"),
    ],
)
def test_what_cannot_be_had_says_so_and_is_pressed_again(
    alice: Person, version: ArticleVersion, address: str, key: str, shown: str
) -> None:
    page = open_workbench(alice, version)
    intercept(page, address, lambda route: route.abort())
    page.keyboard.press(key)
    expect(page.locator("#messages")).to_contain_text("The server did not answer; try again.")
    expect(page.locator(shown)).to_have_count(0)

    page.unroute(address)
    page.keyboard.press(key)
    expect(page.locator(shown)).to_be_visible()
