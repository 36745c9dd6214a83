"""Adding, listing and finding articles in a browser: with scripts and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from articles.models import Article, ArticleVersion
from tests.articles.pages import STORM
from tests.browser.person import Person
from tests.factories import Cast, make_article, make_desk, make_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer

ADD = "/d/night-desk/articles/add/"


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def alice(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", java_script_enabled=request.param)
    yield person
    assert _unexpected(person) == []
    person.close()


@pytest.fixture
def scripted(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice")
    yield person
    assert _unexpected(person) == []
    person.close()


def test_a_pasted_text_is_corrected_and_stored(alice: Person) -> None:
    page = alice.page
    page.goto(ADD)
    page.get_by_label("Paste the text of an article").fill(STORM)
    page.get_by_role("button", name="See the preview").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Storm closes the harbour of Orm")

    page.get_by_label("Kind of block 2", exact=True).select_option("Heading")
    page.get_by_label("Kind of block 5", exact=True).select_option("Headline")
    page.get_by_label("Byline", exact=False).fill("Jon Ek")
    page.get_by_role("button", name="Guess again from these kinds").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value(re.compile("^The harbour was closed on Wednesday"))
    expect(page.get_by_label("Byline")).to_have_value("Jon Ek")
    page.get_by_role("button", name="Add to desk").click()

    expect(page).to_have_url(re.compile("/articles/[0-9a-f-]{36}/$"))
    assert ArticleVersion.objects.get().kinds[1:5] == ["heading", "byline", "dateline", "headline"]
    assert Article.objects.get().byline == "Jon Ek"


def test_several_files_are_stored_one_by_one(alice: Person, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"Report number {name}\n\nSomething happened, the mayor said.")
    page = alice.page
    page.goto(ADD)
    page.set_input_files("input[type=file]", [tmp_path / f"{name}.txt" for name in ("one", "two", "three")])
    page.get_by_role("button", name="See the preview").click()
    first, second = (page.locator("section.draft", has_text=f"{name}.txt") for name in ("one", "two"))

    first.get_by_label("Headline").fill("")
    first.get_by_label("Outlet").fill("The Post")
    second.get_by_label("Outlet").fill("The Mail")
    second.get_by_role("button", name="Add to desk").click()
    expect(second).to_have_count(0)
    expect(first.get_by_label("Outlet")).to_have_value("The Post")
    expect(first.locator(".form-errors")).to_have_count(0)
    expect(page.locator("#messages")).to_contain_text("Added Report number two.")
    first.get_by_role("button", name="Add to desk").click()
    expect(first.locator(".form-errors")).to_be_focused()
    expect(first).to_contain_text("Give the article a headline.")
    first.get_by_label("Headline").fill("Report number one")
    first.get_by_role("button", name="Add to desk").click()
    expect(page.locator("section.draft")).to_have_count(1)
    page.get_by_role("button", name="Add to desk").click()
    expect(page).to_have_url(re.compile("/articles/[0-9a-f-]{36}/$"))

    outlets = Article.objects.order_by("id").values_list("headline", "outlet__name")
    assert list(outlets)[:2] == [("Report number two", "The Mail"), ("Report number one", "The Post")]


def test_nothing_typed_is_lost_while_an_answer_is_on_its_way(scripted: Person, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Report number {name}\n\nSomething happened, the mayor said.")
    page = scripted.page
    page.goto(ADD)
    page.set_input_files("input[type=file]", [tmp_path / "one.txt", tmp_path / "two.txt"])
    page.get_by_role("button", name="See the preview").click()
    expect(page.get_by_role("heading", name="How they will be read")).to_be_visible()
    page.wait_for_load_state()
    waiting: list[Route] = []
    page.route("**/store/", lambda route: waiting.append(route))  # noqa: PLW0108  # Playwright marks what it calls

    page.get_by_role("button", name="Add to desk").nth(1).click()

    expect(page.get_by_label("Headline").first).to_be_disabled()
    waiting[0].continue_()
    expect(page.locator("section.draft")).to_have_count(1)
    expect(page.get_by_label("Headline")).to_be_enabled()


def test_what_a_block_is_called_shows_at_once(scripted: Person) -> None:
    page = scripted.page
    page.goto(ADD)
    page.get_by_label("Paste the text of an article").fill(STORM)
    page.get_by_role("button", name="See the preview").click()
    words = page.locator(".block", has_text="At least 1,200 people").locator("p")
    before = words.evaluate("element => getComputedStyle(element).color")

    page.get_by_label("Kind of block 6", exact=True).select_option("Furniture")

    assert words.evaluate("element => getComputedStyle(element).color") != before
    expect(page.locator(".fold summary").first).to_contain_text("Furniture, 1 block: Skip to main content")


def test_the_list_is_narrowed_while_one_types(scripted: Person, cast: Cast) -> None:
    story = make_story(by=cast.alice, title="The storm")
    make_article(by=cast.alice, headline="Harbour closed", outlet="The Mail", story=story)
    make_article(by=cast.alice, headline="Budget agreed", outlet="The Post", text="Budget agreed\n\nThey agreed.")
    page = scripted.page
    page.goto("/d/night-desk/articles/")

    page.get_by_label("Words").press_sequentially("harb")
    expect(page.locator("ol.rows > li")).to_have_count(1)
    expect(page.get_by_label("Words")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=harb"))
    page.get_by_role("link", name="Waiting for review").click()
    expect(page.get_by_text("No article fits")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("harb")
    page.get_by_role("link", name="No claims yet").click()
    page.get_by_label("Outlet").select_option("The Post")
    expect(page.get_by_text("No article fits")).to_be_visible()
    page.get_by_label("Words").fill("")
    expect(page.locator("ol.rows > li")).to_have_count(1)
    page.go_back()
    expect(page.get_by_text("No article fits")).to_be_visible()


def test_the_filters_work_without_scripts(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    make_article(by=cast.alice, headline="Harbour closed")
    make_article(by=cast.alice, headline="Budget agreed", text="Budget agreed\n\nThey agreed.")
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)

    alice.page.goto("/d/night-desk/articles/")
    alice.page.get_by_label("Words").fill("budget")
    alice.page.get_by_role("button", name="Search").click()

    expect(alice.page.locator("ol.rows > li")).to_have_count(1)
    alice.close()


def test_a_new_story_is_opened_in_place(scripted: Person, cast: Cast) -> None:
    make_story(by=cast.alice, title="The storm")
    page = scripted.page
    page.goto("/d/night-desk/stories/")
    page.get_by_text("New story…").click()
    page.get_by_label("Title").fill("the storm")
    page.get_by_role("button", name="Open story").click()
    expect(page.get_by_text("The desk has a story of this title already")).to_be_visible()

    page.get_by_label("Title").fill("The flood")
    page.get_by_role("button", name="Open story").click()

    expect(page.get_by_role("heading", name="The flood")).to_be_visible()


def test_the_preview_can_be_used_by_everyone(scripted: Person, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STORM)
    (tmp_path / "two.txt").write_bytes("Zweiter Bericht\n\nDie Behörden warnten die Flüchtlinge.".encode("latin-1"))
    page = scripted.page
    for files in (["one.txt"], ["one.txt", "two.txt"]):
        page.goto(ADD)
        page.set_input_files("input[type=file]", [tmp_path / name for name in files])
        page.get_by_role("button", name="See the preview").click()
        assert _violations(page) == []


def _unexpected(person: Person) -> list[str]:
    """The browser itself writes a line about each answer that refuses something."""
    return [line for line in person.complaints if "status of 422" not in line]


def _violations(page: Page) -> list[str]:
    # Its preloading would inline the stylesheets, which the content policy refuses.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:80]}" for violation in found]
