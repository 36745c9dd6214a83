"""The workbench in a browser: by mouse, by keys, on a phone, and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from articles.actions import highlights
from articles.models import Claim, Evidence, Highlight, Status
from tests.browser.person import Person
from tests.browsing import HeldRequest, intercept
from tests.factories import Cast, fresh, make_article, make_claim, make_desk, make_highlight, make_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

TEXT = """Skip to main content

Storm over the lower town

By Ida Falk

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt.

First list entry of the report

Cookies and privacy"""
KINDS = ["furniture", "headline", "byline", "paragraph", "paragraph", "list_item", "furniture"]
BOATS = "At least 40 boats sank"
HURT = "Three people were hurt"


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    story = make_story(by=cast.alice, title="The storm")
    make_article(by=cast.alice, headline="Boats lost", outlet="Harbour Post", story=story)
    headline = "Storm over the lower town"
    return make_article(by=cast.alice, text=TEXT, kinds=KINDS, headline=headline, story=story).versions.get()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


class Look(NamedTuple):
    person: Person
    version: ArticleVersion
    claim: Claim


@pytest.fixture
def looked_at(  # noqa: PLR0917  # pytest fills them in by name
    browser: Browser, live_server: LiveServer, version: ArticleVersion, cast: Cast, width: int, scheme: str
) -> Iterator[Look]:
    """An article with a claim in every status, in a window of that width and scheme."""
    claims = [
        make_claim(by=cast.bob, status=status, version=version, quote=BOATS, reviewer=cast.erin) for status in Status
    ]
    size = {"width": width, "height": 844}
    person = Person(browser, live_server.url, "alice", viewport=size, color_scheme=scheme)
    yield Look(person, version, claims[0])
    person.close()


def address(version: ArticleVersion, query: str = "") -> str:
    return f"/d/night-desk/articles/{version.article_id}/{query}"


def open_workbench(person: Person, version: ArticleVersion, query: str = "") -> Page:
    person.page.goto(address(version, query))
    person.page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    return person.page


def marks(page: Page, words: str) -> Locator:
    return page.locator("#text mark", has_text=words)


def texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('[data-o]')].map(block => block.textContent)")
    return found


def test_marking_by_mouse(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    alice.mark(BOATS)

    expect(marks(page, BOATS)).to_have_attribute("data-status", "open")
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    expect(page.locator("#progress")).to_contain_text("1 claim left")
    expect(page).to_have_url(re.compile(r"\?claim="))
    highlight = Highlight.objects.get()
    assert (highlight.quote, highlight.start) == (BOATS, TEXT.index(BOATS))
    assert texts(page) == TEXT.split("\n\n")


def test_what_is_selected_is_said(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    alice.select(BOATS)

    expect(page.locator("workbench-bar").get_by_role("status")).to_have_text(f"Selected: {BOATS}")


def test_the_text_stays_where_it_is_being_read(alice: Person, cast: Cast) -> None:
    long = "\n\n".join(["Storm", BOATS, *(f"Paragraph {number} of the report." for number in range(80)), HURT])
    page = open_workbench(alice, make_article(by=cast.alice, text=long).versions.get())
    alice.select(BOATS)
    page.keyboard.press("m")
    page.evaluate("scrollTo(0, 1500)")
    read = page.get_by_text("Paragraph 30 of the report.")
    place = read.bounding_box()

    expect(page.locator("#claim-panel")).to_be_visible()
    assert read.bounding_box() == place
    page.get_by_role("link", name="All claims").click()
    page.locator(".claims a").click()
    expect(marks(page, BOATS)).to_be_in_viewport()


def test_the_mark_is_painted_before_the_answer(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    intercept(page, "**/mark/", lambda route: None)
    alice.select(BOATS)

    page.keyboard.press("m")

    painted = page.evaluate("[...CSS.highlights.get('pending')].map(range => range.toString())")
    assert painted == [BOATS]


def test_a_second_claim_on_the_same_words(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    make_highlight(by=cast.bob, version=version, quote="The storm broke over the lower town at six")
    page = open_workbench(alice, version)

    alice.mark("broke over the lower town")

    overlap = page.locator("mark[data-overlap]")
    expect(overlap).to_have_text("broke over the lower town")
    overlap.click()
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("broke over the lower town")
    page.get_by_role("region", name="On the same words").get_by_role("link").click()
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value(re.compile("^The storm broke"))


def test_numbers_follow_a_claim_that_comes_before(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    make_highlight(by=cast.bob, version=version, quote=HURT)
    page = open_workbench(alice, version)

    alice.mark(BOATS)

    expect(marks(page, BOATS).locator(".no")).to_have_attribute("aria-label", "Claim 1, open")
    expect(marks(page, HURT).locator(".no")).to_have_attribute("aria-label", "Claim 2, open")
    assert page.locator(".no").evaluate_all("links => links.map(link => link.dataset.no)") == ["1", "2"]


def test_a_selection_across_blocks_keeps_the_gap(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    page.evaluate(
        """() => {
          const [first, second] = [3, 4].map(n => document.querySelectorAll("[data-o]")[n].firstChild);
          getSelection().setBaseAndExtent(first, 60, second, 8);
        }"""
    )
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator("mark")).to_have_count(2)

    highlight = Highlight.objects.get()
    assert "\n\n" in highlight.quote
    assert TEXT[highlight.start : highlight.end] == highlight.quote


def test_adding_to_a_claim_found_by_words(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, status=Status.APPROVED, version=version, quote=BOATS)
    page = open_workbench(alice, version)

    alice.add_to_claim(HURT, "40 boats")

    expect(marks(page, HURT)).to_have_attribute("data-status", "reopened")
    expect(marks(page, BOATS)).to_have_attribute("data-status", "reopened")
    assert claim.highlights.count() == 2


def test_words_become_evidence_for_the_claim_in_hand(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    alice.select("the water rise for two days")

    page.keyboard.press("e")
    card = page.get_by_role("form", name="Use as evidence")
    card.get_by_label("Refutes").check()
    card.get_by_label("Note").fill("The harbour master.")
    card.get_by_role("button", name="Add evidence").click()

    expect(page.locator("#claim-panel .evidence")).to_contain_text("the water rise for two days")
    expect(marks(page, BOATS)).to_have_attribute("data-status", "checking")
    expect(page.locator("mark[data-stance=refutes]")).to_have_text("the water rise for two days")
    evidence = Evidence.objects.get()
    assert (evidence.stance, evidence.quote, evidence.note) == (
        "refutes",
        "the water rise for two days",
        "The harbour master.",
    )


def test_a_passage_used_by_keys_is_marked_at_once(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    alice.select(HURT)

    page.keyboard.press("e")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")

    expect(page.locator("mark[data-stance=supports]")).to_have_text(HURT)
    expect(page.locator("#panel .at")).to_be_focused()
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_a_double_click_marks_once_and_selects_nothing(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    alice.select(BOATS)

    page.locator("[data-act=mark]").dblclick()

    expect(marks(page, BOATS)).to_have_count(1)
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    expect(page.get_by_role("toolbar")).to_be_hidden()
    assert Highlight.objects.count() == 1


def test_a_highlight_that_someone_else_removed_goes(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    highlight = make_highlight(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={highlight.claim_id}")
    highlights.remove(by=cast.bob, highlight=highlight)

    page.get_by_role("button", name="Remove highlight").click()

    expect(page.locator("#messages")).to_contain_text("already removed")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("#panel")).to_contain_text("No claims yet")
    alice.complaints.clear()


def test_numbers_on_the_same_word_stand_apart(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    for quote in (BOATS, "At least 40 boats"):
        make_highlight(by=cast.bob, version=version, quote=quote)
    page = open_workbench(alice, version)

    drawn = "links => links.map(link => getComputedStyle(link, '::before').content)"
    assert page.locator("#text .no").evaluate_all(drawn) == ['"1\u2060"', '",2\u2060"']


def test_only_the_claim_wanted_last_takes_the_focus(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    for quote in (BOATS, HURT):
        make_claim(by=cast.bob, version=version, quote=quote)
    page = open_workbench(alice, version)
    held = HeldRequest(page, "**/*claim=*")

    marks(page, BOATS).click()
    page.locator("#text .no").last.focus()
    page.keyboard.press("Enter")
    held.route.continue_()

    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value(HURT)
    expect(page.locator("#panel .at")).to_be_focused()


def test_evidence_is_offered_only_with_a_claim_in_hand(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    alice.select(BOATS)

    expect(page.locator("[data-act=evidence]")).to_be_hidden()


def test_removing_and_taking_it_back(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_highlight(by=cast.bob, version=version, quote=BOATS).claim
    assert claim
    page = open_workbench(alice, version, f"?claim={claim.pk}")

    page.get_by_role("button", name="Remove highlight").click()
    expect(page.locator("#messages")).to_contain_text("Highlight removed")
    expect(page.locator("mark")).to_have_count(0)
    assert Highlight.objects.live().count() == 0

    page.keyboard.press("Control+z")
    expect(marks(page, BOATS)).to_have_attribute("data-status", "open")
    assert Highlight.objects.live().count() == 1
    assert fresh(claim).status == Status.OPEN


def test_the_whole_way_by_keys(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    for quote in (BOATS, HURT):
        make_claim(by=cast.bob, version=version, quote=quote)
    page = open_workbench(alice, version)
    panel = page.locator("#claim-panel textarea[name=text]")

    page.keyboard.press("]")
    expect(panel).to_have_value(BOATS)
    page.keyboard.press("]")
    expect(panel).to_have_value(HURT)
    page.keyboard.press("[")
    expect(panel).to_have_value(BOATS)
    page.keyboard.press("n")
    expect(panel).to_have_value(HURT)
    page.keyboard.press("l")
    expect(page.locator(".claims li")).to_have_count(2)

    page.locator("#text .no").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .at")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#text .no").first).to_be_focused()

    page.keyboard.press("S")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("m")
    expect(panel).to_be_focused()
    expect(panel).to_have_value("The storm broke over the lower town at six, the mayor said")
    page.keyboard.type(", at noon")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claim-state")).to_contain_text("Saved")
    assert Claim.objects.filter(text__endswith="the mayor said, at noon").exists()


def test_the_keys_are_listed(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)

    page.keyboard.press("?")

    for words in ("Mark the selected words as a claim", "Add the selected words to a claim"):
        expect(page.locator("#keys")).to_contain_text(words)


def test_a_key_is_listed_with_all_that_it_does(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")

    page.keyboard.press("?")

    lines = page.locator("#keys li")
    expect(lines.filter(has_text="Save what you are typing")).to_have_text(["Save what you are typingCtrlEnter"])
    both = "Use the selected words as evidence for the claim in hand; Add evidence"
    expect(lines.filter(has_text="Add evidence")).to_have_text([both])
    expect(page.get_by_label(f"Key: {both}")).to_have_value("e")


def test_a_refusal_is_said_and_the_words_stay_selected(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    # The page shows other words than the version has.
    page.evaluate(f"document.querySelectorAll('[data-o]')[3].textContent = '{BOATS}, or so. '.repeat(5)")
    alice.select(BOATS)

    page.keyboard.press("m")

    expect(page.locator("#messages")).to_contain_text("not the words of this version")
    assert page.evaluate("getSelection().toString()") == BOATS
    assert page.evaluate("CSS.highlights.get('pending').size") == 0
    assert not Highlight.objects.exists()
    alice.complaints.clear()


def test_a_lost_answer_marks_once(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    alice.select(BOATS)
    held = HeldRequest(page, "**/mark/")

    page.keyboard.press("m")
    held.route.fetch()
    held.route.abort()
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")

    expect(marks(page, BOATS)).to_have_count(1)
    expect(page.locator("unsent-list")).to_be_hidden()
    assert Highlight.objects.count() == 1
    alice.complaints.clear()


def test_two_marks_sent_at_once_are_both_made(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    for words in (BOATS, HURT):
        alice.select(words)
        page.keyboard.press("m")

    expect(page.locator("mark")).to_have_count(2)
    assert set(Highlight.objects.values_list("quote", flat=True)) == {BOATS, HURT}


def test_no_block_is_swapped_while_words_are_selected_in_it(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    held = HeldRequest(page, "**/mark/")
    alice.select(BOATS)
    page.keyboard.press("m")
    alice.select("The storm broke")
    held.route.continue_()
    expect(page.locator("#claim-panel")).to_be_visible()

    assert page.evaluate("getSelection().toString()") == "The storm broke"
    expect(page.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(marks(page, BOATS)).to_have_count(1)


def test_nothing_moves_while_the_mouse_is_held_down(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    held = HeldRequest(page, "**/mark/")
    alice.select(BOATS)
    page.keyboard.press("m")

    def answer() -> None:
        held.route.continue_()
        expect(page.locator("#claim-panel")).to_be_visible()

    alice.select("The storm broke", when_pressed=answer)

    assert page.evaluate("getSelection().toString()") == "The storm broke"
    expect(page.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(marks(page, BOATS)).to_have_count(1)


def test_what_waited_for_the_mouse_comes_when_it_is_released(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    held = HeldRequest(page, "**/mark/")
    alice.select(BOATS)
    page.keyboard.press("m")

    page.get_by_text("Three people were hurt.").hover()
    page.mouse.down()
    held.route.continue_()
    expect(page.locator("#claim-panel")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    page.mouse.up()

    expect(marks(page, BOATS)).to_have_count(1)


def test_the_first_mark_does_not_push_the_text_down(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    place = _top(page.get_by_text("The storm broke"))

    alice.mark(BOATS)

    expect(page.locator("#progress")).to_contain_text("1 claim left")
    assert _top(page.get_by_text("The storm broke")) == place


def test_typed_words_are_not_pushed_aside_by_a_mark(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    page.get_by_label("Rationale").fill("Forty boats sank, perhaps")
    alice.select(HURT)

    page.locator("[data-act=mark]:visible").click()

    expect(marks(page, HURT)).to_have_count(1)
    expect(page.locator("#messages")).to_contain_text("you are typing there")
    expect(page.get_by_label("Rationale")).to_have_value("Forty boats sank, perhaps")
    expect(page.locator("#progress")).to_contain_text("2 claims left")
    page.close(run_before_unload=False)


def test_what_the_panel_changes_is_redrawn_in_the_text(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")

    page.get_by_role("button", name="Start checking").click()

    expect(marks(page, BOATS)).to_have_attribute("data-status", "checking")
    expect(marks(page, BOATS)).to_have_attribute("data-active", "")


def test_sentences_can_be_marked_without_scripts(
    browser: Browser, live_server: LiveServer, version: ArticleVersion
) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = alice.page
    page.goto(address(version))
    page.get_by_role("link", name="Mark by sentence").click()
    page.get_by_role("button", name="Mark this sentence: At least 40 boats").click()

    expect(marks(page, "At least 40 boats sank in the harbour.")).to_have_attribute("data-status", "open")
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("At least 40 boats sank in the harbour.")
    page.get_by_role("button", name="Remove highlight").click()
    expect(page.locator("mark")).to_have_count(0)
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(marks(page, "At least 40 boats")).to_have_count(1)
    page.goto(address(version))
    page.locator("#text .no").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("At least 40 boats sank in the harbour.")
    alice.close()


def test_sentences_with_scripts_swap_only_their_block(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version, "?mode=sentences")

    page.get_by_role("button", name="Mark this sentence: Three people").click()

    expect(marks(page, HURT)).to_have_count(1)
    expect(page.get_by_role("button", name="Mark this sentence: Three people")).to_be_visible()
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    assert texts(page) == TEXT.split("\n\n")


APART = """
() => [...document.querySelectorAll("#text button.whole")].filter((button) => {
  const texts = document.createTreeWalker(button.closest("[data-o]"), NodeFilter.SHOW_TEXT);
  let text = null;
  while (texts.nextNode()?.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) text = texts.currentNode;
  const range = new Range();
  range.setStart(text, text.length - 1);
  range.setEnd(text, text.length);
  const [last, own] = [range.getBoundingClientRect(), button.getBoundingClientRect()];
  return own.top > last.bottom || own.bottom < last.top || own.left < last.right;
}).map((button) => button.ariaLabel)
"""


def test_the_button_of_a_sentence_stands_on_its_last_line(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version, "?mode=sentences")
    count = page.locator("#text button.whole").count()

    for width in range(320, 620, 20):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(APART) == [], width

    assert count > 3


def test_sentences_pressed_one_after_the_other_are_all_marked(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version, "?mode=sentences")
    held = HeldRequest(page, "**/mark/")
    buttons = page.locator("#text button.whole:visible").all()[-4:]
    wanted = [button.get_attribute("value") for button in buttons]
    for button in buttons:
        button.click()
    held.route.continue_()

    expect(page.locator("#text .no")).to_have_count(4)
    assert [f"{one.start}-{one.end}" for one in Highlight.objects.order_by("start")] == wanted


def test_after_a_mark_the_next_sentence_is_the_one_after_it(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    for _ in range(2):
        page.keyboard.press("s")
        page.keyboard.press("m")
        expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#text .no:focus")).to_have_count(1)

    first, second = Highlight.objects.order_by("start")
    assert first.end < second.start


def test_a_sentence_pressed_twice_is_marked_once(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version, "?mode=sentences")

    page.get_by_role("button", name="Mark this sentence: Three people").dblclick()

    expect(marks(page, HURT)).to_have_count(1)
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    assert Highlight.objects.count() == 1


def test_furniture_is_folded_and_can_be_put_right(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    fold = page.locator("details.fold").first
    expect(fold.locator("p")).to_be_hidden()

    fold.locator("summary").click()
    fold.get_by_role("link", name="Part of the story?").click()
    page.get_by_label("Kind of the next block").first.select_option("paragraph")
    page.get_by_role("button", name="Change").first.click()

    version.refresh_from_db()
    assert version.kinds[0] == "paragraph"


@pytest.mark.parametrize(
    ("query", "scheme", "width"),
    [
        ("", "light", 1440),
        ("", "dark", 390),
        ("?claim={claim}", "light", 390),
        ("?claim={claim}", "dark", 1440),
        ("?mode=sentences", "light", 1440),
        ("?mode=blocks", "light", 390),
    ],
)
def test_nothing_bars_anyone(looked_at: Look, query: str, width: int) -> None:
    person, version, claim = looked_at
    page = open_workbench(person, version, query.format(claim=claim.pk))

    found = [_barriers(page)]
    person.select(HURT)
    found += [_barriers(page)]
    page.keyboard.press("a")
    found += [_barriers(page)]

    assert found == ["", "", ""]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _barriers(page: Page) -> str:
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


def test_a_screen_of_a_few_words_is_never_scrolled_sideways(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    alice.page.set_viewport_size({"width": 256, "height": 400})
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    bar = page.get_by_role("toolbar", name="With the selected words")
    beyond = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(beyond) <= 0

    alice.select(HURT)

    expect(bar.get_by_role("button", name="Evidence")).to_be_visible()
    assert page.evaluate(beyond) <= 0
    box = bar.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 256


def test_on_a_phone_the_panel_waits_as_one_line(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    make_claim(by=cast.bob, version=version, quote=BOATS)
    alice.page.set_viewport_size({"width": 390, "height": 844})
    page = open_workbench(alice, version)
    panel = page.locator("#panel")
    height = panel.evaluate("panel => panel.offsetHeight")
    assert height <= 56

    marks(page, BOATS).click()
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_visible()
    assert panel.evaluate("panel => panel.offsetHeight") > 300
    assert _bottom(marks(page, BOATS)) < _top(panel)
    page.get_by_role("button", name="Show the claims").click()
    assert panel.evaluate("panel => panel.offsetHeight") == height


def _top(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def _bottom(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_a_reader_looks_on(browser: Browser, live_server: LiveServer, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    rita = Person(browser, live_server.url, "rita")
    page = open_workbench(rita, version, f"?claim={claim.pk}")

    expect(page.locator("workbench-bar")).to_have_count(0)
    expect(page.get_by_role("link", name="Mark by sentence")).to_have_count(0)
    expect(page.locator("#claim-panel")).to_contain_text(BOATS)
    assert rita.complaints == []
    rita.close()
