"""Highlights in a browser, as elements and, where there are very many, as data that is painted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from articles import rendering
from articles.models import Claim, Status
from articles.queries import workbench as queries
from articles.views import narrowing
from tests.browser.person import FIND_WORDS, Person
from tests.factories import Cast, make_claim, make_desk, make_highlight, make_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

TEXT = """Storm over the lower town

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour. 🌊 Nobody slept.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt."""
KINDS = ["headline", "paragraph", "quotation"]
STORM, TOWN, SIX = (
    "The storm broke over the lower town at six",
    "broke over the lower town",
    "lower town at six, the mayor said",
)
SLEPT, HURT = "Nobody slept", "Three people were hurt"

PAINTED = """
() => Object.fromEntries([...CSS.highlights].filter(([, ranges]) => ranges.size).map(([name, ranges]) => [name,
  [...ranges].map(({ startContainer, startOffset, endContainer, endOffset }) => {
    const range = new Range();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.toString();
  })]))
"""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    version = make_version(by=cast.alice, text=TEXT, kinds=KINDS, headline="Storm over the lower town")
    make_highlight(by=cast.bob, version=version, quote=STORM)
    make_claim(by=cast.bob, version=version, quote=TOWN, status=Status.APPROVED, reviewer=cast.erin)
    make_claim(by=cast.bob, version=version, quote=SIX, status=Status.CHECKING)
    make_claim(by=cast.bob, version=version, quote=SLEPT, status=Status.IN_REVIEW)
    return version


@pytest.fixture
def flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FLAT_ABOVE", 0)


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def opened(person: Person, version: ArticleVersion, query: str = "") -> Page:
    person.page.goto(f"/d/night-desk/articles/{version.article_id}/{query}")
    person.page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    return person.page


def click_on(page: Page, words: str) -> None:
    page.mouse.click(*page.evaluate(FIND_WORDS, words)["from"])


def in_hand(page: Page, words: str) -> None:
    expect(page.get_by_role("region", name="In this article").get_by_role("listitem")).to_contain_text(words)


@pytest.fixture(params=["marks", "flat"])
def look(request: pytest.FixtureRequest) -> str:
    if request.param == "flat":
        request.getfixturevalue("flat")
    return str(request.param)


def test_a_click_takes_the_shortest_and_a_list_offers_the_others(
    alice: Person, version: ArticleVersion, look: str
) -> None:
    page = opened(alice, version)

    click_on(page, "lower town at six, the mayor")

    in_hand(page, TOWN)
    menu = page.get_by_role("menu", name="3 claims on these words")
    items = menu.get_by_role("menuitem")
    expect(items).to_have_count(3)
    expect(items.first).to_have_attribute("aria-current", "true")
    items.filter(has_text=SIX).click()
    in_hand(page, SIX)
    expect(menu).to_be_hidden()


def test_a_click_where_one_claim_stands_offers_nothing(alice: Person, version: ArticleVersion, look: str) -> None:
    page = opened(alice, version)

    click_on(page, SLEPT)

    in_hand(page, SLEPT)
    expect(page.get_by_role("menu")).to_be_hidden()


def test_the_list_by_keys(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    link = page.get_by_role("link", name="Claim 2, approved, 2 claims on these words")
    link.press("Enter")
    menu = page.get_by_role("menu", name="2 claims on these words")
    first, second = menu.get_by_role("menuitem").first, menu.get_by_role("menuitem").last

    expect(menu.get_by_role("menuitem")).to_have_count(2)
    expect(first).to_be_focused()
    expect(first).to_have_accessible_name(f"Claim 2, approved: {TOWN}")
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(link).to_be_focused()
    link.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    in_hand(page, STORM)
    expect(page.locator("#panel .at")).to_be_focused()


def test_a_list_that_the_mouse_opened_answers_to_keys(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    click_on(page, TOWN)
    in_hand(page, TOWN)

    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()


def test_a_link_that_is_pressed_while_words_are_selected_leaves_no_page(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    alice.select(HURT)
    page.evaluate("window.isTheSame = true")

    page.get_by_role("link", name="Claim 4, in review").press("Enter")

    in_hand(page, SLEPT)
    assert page.evaluate("window.isTheSame") is True


# Where there are many, most come once the page is painted

LINKS = ["Claim 1, open", "Claim 2, open", "Claim 3, open"]
LISTED_WHEN_COMPLETE = """
document.addEventListener("DOMContentLoaded", () => (window.isListed = Boolean(document.querySelector("claim-list"))));
"""
NO_TIME = "window.requestIdleCallback = () => 0;"
CHANGED = """
async (claim) => {
  const changed = new Promise((done) => document.addEventListener("htmx:oobAfterSwap", done, { once: true }));
  document.dispatchEvent(new CustomEvent("claim:changed", { detail: { claim } }));
  await changed;
}
"""
SLOW_TO_UNPACK = """
const { text } = Response.prototype, held = new Promise((unpack) => Object.assign(window, { unpack }));
Response.prototype.text = async function () { await held; return text.call(this); };
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> ArticleVersion:
    """What counts as many here, all of them below the first screen."""
    monkeypatch.setattr(rendering, "MARKED", 2)
    monkeypatch.setattr(rendering, "MARKED_AT_ONCE", 0)
    paragraphs = [f"Storm {number} broke over the lower town at six, and nobody slept." for number in range(200)]
    version = make_version(by=cast.alice, text="\n\n".join(["Storms", *paragraphs]), headline="Storms")
    for number in (60, 120, 199):
        make_claim(by=cast.bob, version=version, quote=f"Storm {number} broke")
    return version


def links(page: Page) -> list[str]:
    found: list[str] = page.locator("#text .no").evaluate_all("all => all.map(one => one.ariaLabel)")
    return found


def without_time(person: Person, version: ArticleVersion, place: str = "") -> Page:
    """The page as it stands while the browser has more urgent things to do."""
    person.page.add_init_script(NO_TIME)
    page = opened(person, version, place)
    page.evaluate(TWO_FRAMES)
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_many_highlights_come_after_the_page(
    browser: Browser, live_server: LiveServer, many: ArticleVersion, scripts: bool
) -> None:
    person = Person(browser, live_server.url, "alice", java_script_enabled=scripts)
    person.page.goto(f"/d/night-desk/articles/{many.article_id}/")

    for name in LINKS:
        expect(person.page.get_by_role("link", name=name)).to_be_visible()
    assert person.page.locator("#text p", has_text="Storm 120 broke").count() == 1
    person.close()


@pytest.mark.parametrize("need", ["print", "key", "press", "answer"])
def test_highlights_that_are_still_to_come_are_there_when_they_are_needed(
    alice: Person, many: ArticleVersion, need: str
) -> None:
    page = without_time(alice, many)
    expect(page.locator("late-marks:not([data-packed])")).to_be_attached()
    assert links(page) == []

    match need:
        case "print":
            page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        case "key":
            page.keyboard.press("Shift")
        case "press":
            page.mouse.click(5, 500)
        case "answer":
            page.evaluate(CHANGED, str(Claim.objects.earliest("pk").pk))

    assert links(page) == LINKS
    assert page.locator("#text [data-late]").count() == 0


def test_the_list_of_their_claims_comes_once_the_text_is_shown(alice: Person, many: ArticleVersion) -> None:
    alice.page.add_init_script(LISTED_WHEN_COMPLETE)
    page = opened(alice, many)

    expect(page.locator("#panel").get_by_role("listitem")).to_have_count(3)
    assert page.evaluate("() => isListed") is False
    page.locator("#panel").get_by_role("link", name="Storm 120 broke").click()
    expect(page.locator("#panel .at")).to_have_text("Claim 2 of 3")


def test_what_is_swapped_before_they_are_unpacked_stays_and_is_numbered(alice: Person, many: ArticleVersion) -> None:
    alice.page.add_init_script(SLOW_TO_UNPACK)
    page = opened(alice, many)

    page.evaluate(CHANGED, str(Claim.objects.latest("pk").pk))
    assert links(page) == ["Claim 1, open"]
    page.evaluate("() => unpack()")

    # Until all are there, two can have the same number.
    for name in LINKS:
        expect(page.get_by_role("link", name=name)).to_have_count(1)


def test_without_scripts_links_keep_the_highlights(
    browser: Browser, live_server: LiveServer, many: ArticleVersion
) -> None:
    person = Person(browser, live_server.url, "alice", java_script_enabled=False)
    person.page.goto(f"/d/night-desk/articles/{many.article_id}/?find=Storm+3+broke")
    expect(person.page.get_by_role("region", name="1 place with “Storm 3 broke”")).to_be_visible()
    person.page.get_by_role("link", name="Claim 2, open").click()

    expect(person.page).to_have_url(re.compile(r"\?whole=1&claim=[-\w]+#b\d+$"))
    expect(person.page.locator("mark[data-active]")).to_have_text("Storm 120 broke")
    assert len(links(person.page)) == 3
    person.close()


def test_what_comes_by_itself_while_the_page_opens_does_not_hurry_them(
    alice: Person, many: ArticleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "BEGINNING", 1)
    page = without_time(alice, many)

    with page.expect_response("**/live/"):
        page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("claim-list")).to_be_attached()
    page.evaluate("document.querySelector('claim-list').dispatchEvent(new Event('list:wanted'))")

    expect(page.locator(".claims li")).to_have_count(3)
    assert links(page) == []


def test_the_overview_has_them_when_they_have_come(alice: Person, many: ArticleVersion) -> None:
    page = opened(alice, many)

    lines = page.locator("workbench-map path[data-status=open]")
    expect(lines).to_have_attribute("d", re.compile(r"^(M4 [^M]+(M[^4][^M]*)*){3}$"))


def test_highlights_that_are_in_view_come_with_the_first_frame(alice: Person, many: ArticleVersion) -> None:
    page = without_time(alice, many, f"#b{many.text.index('Storm 120 broke')}")

    assert links(page) == ["Claim 2, open"]


@pytest.mark.usefixtures("flat")
def test_very_many_highlights_are_painted_by_their_status(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)

    painted = page.evaluate(PAINTED)

    assert painted == {
        "claim-open": ["The storm "],
        "claim-approved": ["broke over the ", "lower town"],
        "claim-checking": [" at six", ", the mayor said"],
        "claim-in_review": [SLEPT],
        "claim-overlap": ["broke over the ", "lower town", " at six"],
    }
    assert page.locator("#text mark").count() == 0


@pytest.mark.usefixtures("flat")
def test_one_link_leads_to_the_claims_of_a_paragraph(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    link = page.get_by_role("link", name="4 claims in this paragraph")

    link.press("Enter")

    menu = page.get_by_role("menu", name="4 claims in this paragraph")
    expect(menu.get_by_role("menuitem")).to_have_count(4)
    expect(menu.get_by_role("menuitem").last).to_have_accessible_name(f"Claim 4, in review: {SLEPT}")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    in_hand(page, SLEPT)
    assert page.evaluate(PAINTED)["claim-active"] == [SLEPT]


@pytest.mark.usefixtures("flat")
def test_beside_the_words_of_a_line_nothing_is_met(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    end = page.evaluate(FIND_WORDS, SLEPT + ".")["to"]
    page.mouse.click(end[0] + 60, end[1])

    expect(page.locator("#claim-panel")).to_have_count(0)


@pytest.mark.usefixtures("flat")
def test_marking_swaps_one_flat_block(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)
    page.evaluate("document.querySelectorAll('[data-o]').forEach(block => { block.dataset.before = '' })")

    alice.mark(HURT)

    expect(page.locator("[data-spans]")).to_have_count(2)
    painted = page.evaluate(PAINTED)
    assert sorted(painted["claim-open"]) == ["The storm ", HURT]
    assert painted["claim-active"] == [HURT]
    assert page.locator("[data-o]:not([data-before])").count() == 1
    expect(page.get_by_role("link", name="1 claim in this quotation")).to_be_visible()
    page.get_by_role("button", name="Remove highlight").click()
    expect(page.locator("[data-spans]")).to_have_count(1)
    assert page.evaluate(PAINTED)["claim-open"] == ["The storm "]


@pytest.mark.usefixtures("flat")
def test_what_is_far_from_view_is_painted_when_it_comes_near(cast: Cast, alice: Person) -> None:
    paragraphs = [f"Storm {number} broke over the lower town at six, and nobody slept." for number in range(200)]
    version = make_version(by=cast.alice, text="\n\n".join(["Storms", *paragraphs]), headline="Storms")
    for quote in ("Storm 0 broke", "Storm 199 broke"):
        make_claim(by=cast.bob, version=version, quote=quote)
    page = opened(alice, version)
    painted = "() => [...CSS.highlights.get('claim-open')].map((range) => range.startContainer.data.slice(0, 9)).sort()"

    assert page.evaluate(painted) == ["Storm 0 b"]
    page.keyboard.press("End")
    page.wait_for_function(f"() => String(({painted})()) === 'Storm 199'")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(painted) == ["Storm 0 b", "Storm 199"]
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    page.keyboard.press("Home")
    page.wait_for_function(f"() => String(({painted})()) === 'Storm 0 b'")


@pytest.mark.usefixtures("flat")
def test_a_flat_article_without_scripts(browser: Browser, live_server: LiveServer, version: ArticleVersion) -> None:
    person = Person(browser, live_server.url, "alice", java_script_enabled=False)
    person.page.goto(f"/d/night-desk/articles/{version.article_id}/")

    person.page.get_by_role("link", name="4 claims in this paragraph").click()

    rows = person.page.locator("#panel ol.claims > li")
    expect(rows).to_have_count(4)
    rows.last.get_by_role("link").click()
    in_hand(person.page, SLEPT)
    person.close()


@pytest.mark.usefixtures("flat")
def test_a_browser_that_cannot_paint_still_lists(
    browser: Browser, live_server: LiveServer, version: ArticleVersion
) -> None:
    person = Person(browser, live_server.url, "alice")
    person.context.add_init_script("delete CSS.__proto__.highlights; delete CSS.highlights")
    page = opened(person, version)

    page.get_by_role("link", name="4 claims in this paragraph").click()

    expect(page.get_by_role("menuitem")).to_have_count(4)
    assert person.complaints == []
    person.close()


def test_what_a_screen_reader_is_told(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)

    expect(page.locator("article.reading")).to_match_aria_snapshot("""
    - paragraph:
      - mark:
        - link "Claim 1, open"
        - text: The storm
      - mark:
        - link "Claim 2, approved, 2 claims on these words"
        - text: broke over the
      - mark:
        - link "Claim 3, checking, 3 claims on these words"
        - text: lower town
      - mark: at six
      - mark: ", the mayor said"
      - text: . At least 40 boats sank in the harbour. 🌊
      - mark:
        - link "Claim 4, in review"
        - text: Nobody slept
      - text: .
    """)


@pytest.mark.usefixtures("flat")
def test_what_a_screen_reader_is_told_of_very_many(alice: Person, version: ArticleVersion) -> None:
    page = opened(alice, version)

    expect(page.locator("article.reading")).to_match_aria_snapshot("""
    - paragraph:
      - link "4 claims in this paragraph"
      - text: /The storm broke over the lower town at six, the mayor said\\. At least 40 boats .* 🌊 Nobody slept\\./
    - blockquote: “We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt.
    """)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(
    browser: Browser, live_server: LiveServer, version: ArticleVersion, look: str, scheme: str
) -> None:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = opened(person, version)
    closed = Axe().run(page)
    click_on(page, TOWN)
    expect(page.get_by_role("menu")).to_be_visible()
    in_hand(page, TOWN)

    opened_menu = Axe().run(page)

    assert closed.violations_count == 0, closed.generate_report()
    assert opened_menu.violations_count == 0, opened_menu.generate_report()
    person.close()
