"""Marking without a mouse and without sight: by roles and names alone, and by words that are sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from articles.models import Claim, Highlight, Status
from tests.browser.person import Person
from tests.factories import Cast, make_article, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

HEADLINE = "Storm over the lower town"
TEXT = f"""{HEADLINE}

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the Harbour rise for two days,” said harbour master Jon Ek. It’s a café that was lost."""
BOATS = "At least 40 boats sank in the harbour."


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    kinds = ["headline", "paragraph", "quotation"]
    return make_article(by=cast.alice, text=TEXT, kinds=kinds, headline=HEADLINE).versions.get()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def open_workbench(person: Person, version: ArticleVersion, query: str = "") -> Page:
    page = person.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/{query}")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    return page


def painted(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate("name => [...CSS.highlights.get(name) ?? []].map(range => range.toString())", name)
    return found


def selected(page: Page) -> str:
    words: str = page.evaluate("getSelection().toString()")
    return words


def test_the_whole_job_by_roles_and_names(alice: Person, version: ArticleVersion) -> None:
    page = alice.page
    page.goto("/d/night-desk/articles/")
    page.get_by_role("link", name=HEADLINE).click()
    page.get_by_role("link", name="Mark by sentence").click()
    page.wait_for_url("**mode=sentences**")
    page.wait_for_load_state()  # what is pressed before the scripts run loads the page anew
    page.get_by_role("button", name=f"Mark this sentence: {BOATS[:-1]}").click()

    claims = page.get_by_role("complementary", name="Claims of this article")
    words = claims.get_by_role("textbox", name="Claim", exact=True)
    expect(words).to_be_focused()
    expect(words).to_have_value(BOATS)
    words.fill("At least 40 boats sank in the harbour of the lower town in the storm.")
    claims.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("article").get_by_role("link", name="Claim 1, open")).to_be_attached()

    claims.get_by_text("Add evidence").first.click()
    evidence = claims.get_by_role("form", name="Add evidence").or_(claims.locator("#evidence-add form"))
    evidence.get_by_role("combobox", name="Source").fill("Harbour log")
    page.keyboard.press("Tab")
    evidence.get_by_role("radio", name="Supports").check()
    evidence.get_by_role("textbox", name="Words relied on").fill("41 boats lost")
    evidence.get_by_role("button", name="Add evidence").click()
    expect(claims.get_by_role("listitem").filter(has_text="41 boats lost").first).to_be_visible()

    claims.get_by_role("radio", name="Supported", exact=True).check()
    claims.get_by_role("textbox", name="Rationale").fill("The log of the harbour counts 41.")
    claims.get_by_role("button", name="Give verdict").click()
    expect(claims.get_by_role("heading", level=2)).to_contain_text("in review")
    assert Claim.objects.get().status == Status.IN_REVIEW


def test_words_are_found_as_they_are_typed(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    page.keyboard.press("f")
    page.keyboard.type("HARBOUR")
    count = page.get_by_role("search", name="In this article").get_by_role("status")
    expect(count).to_have_text("1 of 3")
    assert painted(page, "found") == ["harbour", "Harbour", "harbour"]
    page.keyboard.press("Enter")
    expect(count).to_have_text("2 of 3")
    assert painted(page, "shown") == ["Harbour"]
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text("3 of 3")

    page.get_by_label("Find in this article").fill("it's a cafe")
    expect(count).to_have_text("1 of 1")
    page.get_by_label("Find in this article").fill("ships")
    expect(count).to_have_text("Not found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("search", name="In this article")).to_be_hidden()
    assert painted(page, "found") == painted(page, "shown") == []


def test_the_place_that_is_taken_is_marked(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    page.keyboard.press("f")
    page.keyboard.type("boats")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Claim m")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_have_value("boats")
    assert Highlight.objects.get().start == TEXT.index("boats")


def test_its_sentence_is_taken(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    page.get_by_role("link", name="Find f").click()
    page.keyboard.type("boats")

    page.get_by_role("button", name="Its sentence").click()

    assert selected(page) == BOATS


def test_words_are_found_and_marked_without_scripts(
    browser: Browser, live_server: LiveServer, version: ArticleVersion
) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = alice.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.get_by_role("link", name="Find", exact=False).first.click()
    page.get_by_label("Find in this article").fill("HARBOUR")
    page.get_by_role("button", name="Find", exact=True).click()

    expect(page.get_by_role("heading", name="3 places with “HARBOUR”")).to_be_visible()
    page.get_by_role("button", name="Mark “Harbour”, place 2").click()

    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_have_value("Harbour")
    assert Highlight.objects.get().start == TEXT.index("Harbour")
    alice.close()


def test_a_mouse_takes_whole_words_and_says_so(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    alice.select("east 40 boats sa")
    assert painted(page, "snapped") == ["least 40 boats sank"]
    assert selected(page) == "east 40 boats sa"
    page.keyboard.press("m")

    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_have_value("least 40 boats sank")


def test_alt_at_the_end_takes_single_characters(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    page.keyboard.down("Alt")
    alice.select("east 40 boats sa")
    page.keyboard.up("Alt")
    page.keyboard.press("m")

    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_have_value("east 40 boats sa")


def test_whole_words_can_be_switched_off(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    page.keyboard.press("?")
    with page.expect_response("**/preferences/switch/"):
        page.get_by_label("Select whole words").uncheck()
    page.keyboard.press("Escape")

    alice.select("east 40 boats sa")
    assert painted(page, "snapped") == ["east 40 boats sa"]
    page.reload()
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    alice.select("east 40 boats sa")
    assert painted(page, "snapped") == ["east 40 boats sa"]


def test_a_third_click_takes_the_paragraph_without_its_break(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    page.get_by_text("The storm broke").click(click_count=3)
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("m")

    paragraph = TEXT.split("\n\n")[1]
    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_have_value(paragraph)


def test_nothing_bars_anyone(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    page.keyboard.press("c")
    page.keyboard.press("Shift+Alt+ArrowRight")
    expect(page.get_by_role("toolbar")).to_be_visible()
    found = [_barriers(page)]
    page.keyboard.press("f")
    page.keyboard.type("harbour")
    found.append(_barriers(page))
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found.append(_barriers(page))

    assert found == ["", "", ""]
    # The instrument loads the stylesheets for itself, which the policy forbids.
    alice.complaints.clear()


def _barriers(page: Page) -> str:
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""
