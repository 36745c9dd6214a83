"""Adding, listing and finding articles in a browser: with scripts and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from articles.models import Arrival, Article, ArticleVersion
from articles.previewing import PART
from tests.articles.pages import STORM
from tests.browser.person import Person
from tests.browsing import HeldRequest
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


def preview_of(page: Page, text: str = STORM) -> None:
    page.goto(ADD)
    page.get_by_label("Paste the text of an article").fill(text)
    page.get_by_role("button", name="See the preview").click()
    expect(page.locator("#preview")).to_be_visible()
    page.wait_for_load_state()  # what is pressed before the scripts run is not heard


def block(page: Page, words: str) -> Locator:
    return page.locator(".block", has_text=words)


def test_a_pasted_text_is_corrected_and_stored(alice: Person) -> None:
    page = alice.page
    preview_of(page)
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Storm closes the harbour of Orm")

    page.get_by_label("Byline", exact=False).fill("Jon Ek")
    if page.get_by_role("button", name="Save").is_visible():
        page.get_by_role("button", name="Save").click()
    call(page, "Storm closes", "Paragraph")
    expect(page.get_by_label("Byline")).to_have_value("Jon Ek")
    call(page, "The harbour was closed", "Headline")
    expect(page.get_by_label("Headline", exact=True)).to_have_value(re.compile("^The harbour was closed on Wednesday"))
    expect(page.get_by_label("Byline")).to_have_value("Jon Ek")
    page.get_by_role("button", name="Add to desk").click()

    expect(page).to_have_url(re.compile("/articles/[0-9a-f-]{36}/$"))
    assert ArticleVersion.objects.get().kinds[1:5] == ["paragraph", "byline", "dateline", "headline"]
    assert Article.objects.get().byline == "Jon Ek"


def test_tools_that_open_while_a_detail_is_kept_know_of_it(scripted: Person) -> None:
    page = scripted.page
    preview_of(page)
    held = HeldRequest(page, re.compile(r"\?block="))
    block(page, "By Ida Falk").locator("a[data-tools]").click()
    answer = held.route.fetch()

    page.get_by_label("Byline").fill("Jon Ek")
    page.get_by_label("Outlet").focus()
    page.wait_for_timeout(500)  # an answer that may not come yet cannot be waited for
    held.route.fulfill(response=answer)
    page.locator(".block-tools select[name=kind]").select_option("Caption")

    expect(block(page, "By Ida Falk")).to_have_attribute("data-kind", "caption")
    assert Arrival.objects.get().details["byline"] == "Jon Ek"


def test_blocks_are_folded_split_and_merged(alice: Person) -> None:
    page = alice.page
    preview_of(page)
    story = block(page, "The harbour was closed")

    story.hover()
    story.get_by_role("button", name="Fold away").click()
    fold = page.locator(".folded", has_text="The harbour was closed")
    expect(fold).to_be_visible()
    if not fold.get_by_role("button", name="Take in").is_visible():  # without scripts the block is opened after it
        fold.locator("summary").click()
    page.locator(".folded .block", has_text="The harbour was closed").get_by_role("button", name="Take in").click()
    expect(page.locator(".blocks > .block", has_text="The harbour was closed")).to_be_visible()
    tools(page, "At least 1,200 people")
    page.locator(".block-tools").get_by_role("button", name="Merge with the block before").click()
    whole = block(page, "the mayor said. At least 1,200")
    expect(whole).to_be_visible()
    tools(page, "the mayor said. At least 1,200", again=True)
    page.get_by_label("Split before").select_option("At least 1,200 people were without power in the lower town…")
    page.locator(".block-tools").get_by_role("button", name="Split").click()
    expect(whole).to_have_count(0)
    page.get_by_label("Outlet").fill("The Mail")
    page.get_by_role("button", name="Add to desk").click()

    expect(page).to_have_url(re.compile("/articles/[0-9a-f-]{36}/$"))
    assert ArticleVersion.objects.get().text == STORM


def test_several_files_are_read_and_stored_one_by_one(alice: Person, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Report number {name}\n\nSomething happened, the mayor said.")
    (tmp_path / "three.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    page = alice.page
    page.goto(ADD)
    page.set_input_files("input[type=file]", [tmp_path / f"{name}.txt" for name in ("one", "two", "three")])
    page.get_by_role("button", name="See the preview").click()
    together = page.url
    for name in ("one", "two", "three"):
        button = page.locator("ol.rows > li", has_text=f"{name}.txt").get_by_role("button", name="Read it")
        if not page.evaluate("() => window.htmx !== undefined"):
            button.click()
            page.goto(together)
    expect(page.locator("#read-so-far")).to_contain_text("3 of 3 files read")
    expect(page.locator("ol.rows > li", has_text="three.txt")).to_contain_text("This is a picture")

    for name, outlet in (("one", "The Mail"), ("two", "The Post")):
        page.goto(together)
        page.get_by_role("link", name=f"Report number {name}").click()
        page.get_by_label("Outlet").fill(outlet)
        page.get_by_role("button", name="Add to desk").click()
        expect(page.locator("#messages")).to_contain_text("Added Report number")

    expect(page).to_have_url(together)
    outlets = Article.objects.order_by("id").values_list("headline", "outlet__name")
    assert list(outlets) == [("Report number one", "The Mail"), ("Report number two", "The Post")]


def test_what_could_not_be_read_has_a_way_on(alice: Person, tmp_path: Path) -> None:
    (tmp_path / "scan.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    page = alice.page
    page.goto(ADD)
    page.set_input_files("input[type=file]", tmp_path / "scan.txt")
    page.get_by_role("button", name="See the preview").click()

    expect(page.get_by_label("Why it could not be read")).to_contain_text("This is a picture")
    with page.expect_download() as download:
        page.get_by_role("link", name="download it").click()
    assert download.value.path().read_bytes() == b"\x89PNG\r\n\x1a\n"
    page.get_by_role("link", name="Paste its text instead").click()
    expect(page.get_by_label("Paste the text of an article")).to_be_visible()


def test_a_whole_preview_by_keyboard(scripted: Person) -> None:
    page = scripted.page
    preview_of(page)

    for key in "jj":
        page.keyboard.press(key)
    expect(block(page, "By Ida Falk")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(block(page, "The harbour was closed")).to_be_focused()
    page.keyboard.press("q")
    expect(block(page, "The harbour was closed")).to_have_attribute("data-kind", "quotation")
    page.keyboard.press("f")
    expect(block(page, "The harbour was closed")).to_have_attribute("data-kind", "furniture")
    page.keyboard.press("f")
    expect(block(page, "The harbour was closed")).to_have_attribute("data-kind", "paragraph")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(block(page, "the mayor said. At least 1,200")).to_have_attribute("data-current", "")
    page.keyboard.press("u")
    expect(page.locator(".blocks > .block", has_text="At least 1,200")).to_have_count(1)
    expect(block(page, "the mayor said. At least 1,200")).to_have_count(0)
    page.keyboard.press("?")
    keys = page.locator(".keys")
    for words in (
        "Next block",
        "Furniture or text",
        "Split the block at the caret",
        "Merge with the block before",
        "Quotation",
    ):
        expect(keys).to_contain_text(words)


def test_keys_that_are_pressed_fast_are_all_heard(scripted: Person) -> None:
    page = scripted.page
    preview_of(page)
    block(page, "By Ida Falk").click()

    for key in ("c", "j", "q", "j", "h"):
        page.keyboard.press(key)

    expect(page.locator(".said .made summary")).to_have_text("3 corrections")
    kinds = [row["kind"] for row in Arrival.objects.get().corrections]
    assert kinds == ["caption", "quotation", "heading"]


def test_a_block_is_split_at_the_caret(scripted: Person) -> None:
    page = scripted.page
    preview_of(page)
    story = block(page, "The harbour was closed")
    story.locator("[data-words]").evaluate(
        """element => {
          const at = element.firstChild.data.indexOf("after a storm");
          getSelection().setBaseAndExtent(element.firstChild, at, element.firstChild, at);
        }"""
    )
    story.evaluate("element => element.focus({ preventScroll: true })")

    page.keyboard.press("s")

    expect(block(page, "after a storm").locator("[data-words]")).to_have_text(re.compile("^after a storm"))
    expect(page.locator(".block")).to_have_count(8)


def test_nothing_is_lost_when_the_tab_closes(scripted: Person) -> None:
    page = scripted.page
    preview_of(page)
    url = page.url
    page.get_by_label("Byline").fill("Jon Ek")
    page.get_by_label("Outlet").focus()
    expect(page.locator("#saved")).to_have_text("Saved")
    block(page, "By Ida Falk").click()
    page.keyboard.press("c")
    expect(block(page, "By Ida Falk")).to_have_attribute("data-kind", "caption")
    page.close()

    scripted.page = scripted.context.new_page()
    scripted.page.goto("/d/night-desk/")
    scripted.page.get_by_role("link", name="1 article on its way in").click()
    scripted.page.get_by_role("link", name="Storm closes the harbour of Orm").click()

    expect(scripted.page).to_have_url(url)
    expect(scripted.page.get_by_label("Byline")).to_have_value("Jon Ek")
    expect(block(scripted.page, "By Ida Falk")).to_have_attribute("data-kind", "caption")


def test_refused_words_are_not_left_unasked(scripted: Person) -> None:
    page = scripted.page
    page.goto(ADD)
    page.get_by_label("Paste the text of an article").fill(STORM)
    page.get_by_label("or write its address").fill("not an address")
    page.get_by_role("button", name="See the preview").click()
    expect(page.get_by_text("Address: Write a web address")).to_be_visible()
    page.wait_for_load_state()

    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Claims").click(no_wait_after=True)

    expect(page.get_by_label("Paste the text of an article")).to_have_value(STORM)
    assert asked == ["beforeunload"]


def test_two_people_at_one_preview_see_what_the_other_did(
    scripted: Person, browser: Browser, live_server: LiveServer
) -> None:
    page = scripted.page
    preview_of(page)
    bob = Person(browser, live_server.url, "bob")
    bob.page.goto(page.url)
    block(bob.page, "At least 1,200").click()
    bob.page.keyboard.press("m")
    expect(block(bob.page, "the mayor said. At least 1,200")).to_be_visible()

    block(page, "By Ida Falk").click()
    page.keyboard.press("c")
    expect(page.locator("#clash")).to_contain_text("Bob merged a block with the one before.")
    page.get_by_role("button", name="Make mine as well").click()

    expect(block(page, "the mayor said. At least 1,200")).to_be_visible()
    expect(block(page, "By Ida Falk")).to_have_attribute("data-kind", "caption")
    bob.close()


def test_a_long_text_is_shown_in_parts(alice: Person) -> None:
    page = alice.page
    preview_of(page, "\n\n".join(f"Paragraph {number} of a long report ended here." for number in range(PART + 3)))
    expect(page.locator(".block")).to_have_count(PART)

    page.get_by_role("link", name="The next blocks").click()

    expect(block(page, f"Paragraph {PART + 2} of")).to_be_visible()


def call(page: Page, words: str, kind: str) -> None:
    """Say that a block is of another kind."""
    tools(page, words)
    page.locator(".block-tools select[name=kind]").select_option(kind)
    change = page.locator(".block-tools").get_by_role("button", name="Change")
    if change.is_visible():
        change.click()
    expect(block(page, words)).to_have_attribute("data-kind", kind.lower())


def tools(page: Page, words: str, *, again: bool = False) -> None:
    """Open what can be done with a block; without scripts they are open after a correction, too."""
    if again and block(page, words).locator(".block-tools").count():
        return
    block(page, words).locator("a[data-tools]").click()
    expect(block(page, words).locator(".block-tools")).to_be_visible()


def test_the_list_is_narrowed_while_one_types(scripted: Person, cast: Cast) -> None:
    story = make_story(by=cast.alice, title="The storm")
    make_article(by=cast.alice, headline="Harbour closed", outlet="The Mail", story=story)
    make_article(by=cast.alice, headline="Budget agreed", outlet="The Post", text="Budget agreed\n\nThey agreed.")
    page = scripted.page
    page.goto("/d/night-desk/articles/")

    page.get_by_label("Words", exact=True).press_sequentially("harb")
    expect(page.locator("ol.rows > li")).to_have_count(1)
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=harb"))
    page.get_by_role("link", name="Waiting for review").click()
    expect(page.get_by_text("No article fits")).to_be_visible()
    expect(page.get_by_label("Words", exact=True)).to_have_value("harb")
    page.get_by_role("link", name="No claims yet").click()
    page.get_by_label("Outlet").select_option("The Post")
    expect(page.get_by_text("No article fits")).to_be_visible()
    page.get_by_label("Words", exact=True).fill("")
    expect(page.locator("ol.rows > li")).to_have_count(1)
    page.go_back()
    expect(page.get_by_text("No article fits")).to_be_visible()


def test_the_filters_work_without_scripts(browser: Browser, live_server: LiveServer, cast: Cast) -> None:
    make_article(by=cast.alice, headline="Harbour closed")
    make_article(by=cast.alice, headline="Budget agreed", text="Budget agreed\n\nThey agreed.")
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)

    alice.page.goto("/d/night-desk/articles/")
    alice.page.get_by_label("Words", exact=True).fill("budget")
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
    (tmp_path / "two.txt").write_bytes("Zweiter Bericht\n\nDie Behörden warnten die Flüchtlinge.".encode("latin-1"))
    page = scripted.page
    preview_of(page)
    tools(page, "The harbour was closed")
    assert _violations(page) == []
    page.goto(ADD)
    page.set_input_files("input[type=file]", tmp_path / "two.txt")
    page.get_by_role("button", name="See the preview").click()
    expect(page.locator("#preview")).to_be_visible()
    assert _violations(page) == []


def _unexpected(person: Person) -> list[str]:
    """The browser itself writes a line about each answer that refuses something."""
    return [line for line in person.complaints if not re.search("status of (409|422)", line)]


def _violations(page: Page) -> list[str]:
    # Its preloading would inline the stylesheets, which the content policy refuses.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:80]}" for violation in found]
