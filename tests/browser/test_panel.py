"""The panel's list, its filter, the overview, and how they go with the text, in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from pypdfium2 import PdfDocument

from articles.actions import highlights
from articles.models import Status
from articles.models.claim import Highlight
from articles.views import narrowing
from tests.browser.person import Person
from tests.browser.test_every_page import AXE
from tests.browser.test_workbench import address, open_workbench
from tests.factories import Cast, make_article, make_claim, make_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion, Claim

SENTENCES = [f"In the year {number} the harbour was dredged again." for number in range(1800, 1940)]
LONG = "\n\n".join(["The harbour", *(" ".join(SENTENCES[at : at + 2]) for at in range(0, 140, 2))])


RESTLESS = """
window.restless = setInterval(() => document.dispatchEvent(new Event("scroll")), 50);
document.addEventListener("list:wanted", () => (window.isListWanted = true), true);
"""
"""As if somebody scrolled, for as long as it goes on."""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def long(cast: Cast) -> ArticleVersion:
    """An article with 140 claims, one in each sentence."""
    version = make_article(by=cast.alice, text=LONG, headline="The harbour").versions.get()
    for sentence in SENTENCES:
        start = LONG.index(sentence)
        highlights.mark(by=cast.bob, version=version, start=start, end=start + 20, quote=LONG[start : start + 20])
    return version


@pytest.fixture
def short(cast: Cast) -> tuple[ArticleVersion, list[Claim]]:
    """The same with twenty claims of two statuses, marked by two people."""
    version = make_article(by=cast.alice, text=LONG, headline="The harbour").versions.get()
    claims = [
        make_claim(
            by=(cast.alice, cast.bob)[number % 2],
            version=version,
            quote=SENTENCES[number * 7],
            status=Status.CHECKING if number % 4 == 0 else Status.OPEN,
        )
        for number in range(20)
    ]
    return version, claims


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    yield from _person(browser, live_server, viewport={"width": 1440, "height": 900})


@pytest.fixture
def on_phone(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    yield from _person(browser, live_server, viewport={"width": 390, "height": 844}, has_touch=True)


def _person(browser: Browser, live_server: LiveServer, **context: Any) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", **context)
    yield person
    assert person.complaints == []
    person.close()


def rows(page: Page) -> Locator:
    return page.locator(".claims > li")


def focused(page: Page) -> str:
    """The number of the row that has the focus."""
    number: str = page.evaluate("document.activeElement.querySelector('b')?.textContent ?? ''")
    return number


def pointed(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...CSS.highlights.get('pointed') ?? []].map(range => range.toString())")
    return found


def seek(page: Page, place: int) -> None:
    """Bring a highlight to the middle of the window, once none above it makes the text higher."""
    expect(page.locator("#text [data-late]")).to_have_count(0)
    mark = page.locator("#text mark").nth(place)
    mark.evaluate("mark => mark.scrollIntoView({ block: 'center', behavior: 'instant' })")


# The list


def test_one_tab_stop_and_arrow_keys(alice: Person, short: tuple[ArticleVersion, list[Claim]]) -> None:
    page = open_workbench(alice, short[0])
    expect(rows(page).locator('a[tabindex="0"]')).to_have_count(1)

    rows(page).first.locator("a").focus()
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowDown", "Home", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page))

    assert seen == ["2", "3", "2", "20", "20", "1", "1"]
    expect(rows(page).locator('a[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .at")).to_be_focused()
    page.keyboard.press("l")
    expect(rows(page).last.locator("a")).to_be_focused()


def test_a_long_list_holds_what_is_in_view(alice: Person, long: ArticleVersion) -> None:
    page = open_workbench(alice, long)
    expect(page.locator(".claims[data-windowed]")).to_be_visible()
    panel = page.locator(".panel")

    height = rows(page).first.evaluate("row => row.offsetHeight")
    assert page.locator(".claims").evaluate("list => list.offsetHeight") == 140 * height
    assert rows(page).count() < 60
    panel.evaluate("(panel, height) => { panel.scrollTop = 70 * height }", height)
    expect(rows(page).filter(has_text="In the year 1870")).to_be_in_viewport()
    assert rows(page).count() < 60
    middle = rows(page).filter(has_text="In the year 1870")
    assert middle.get_attribute("aria-posinset") == "71"
    assert middle.get_attribute("aria-setsize") == "140"


def test_keys_reach_every_row_of_a_long_list(alice: Person, long: ArticleVersion) -> None:
    page = open_workbench(alice, long)
    expect(page.locator(".claims[data-windowed]")).to_be_visible()
    page.locator('.claims a[tabindex="0"]').focus()

    page.keyboard.press("End")
    assert focused(page) == "140"
    expect(rows(page).last).to_be_in_viewport()
    page.locator(".panel").evaluate("panel => panel.scrollTo(0, 0)")
    expect(rows(page).first).to_contain_text("In the year 1800")
    assert focused(page) == "140"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "139"
    expect(page.locator(".claims a:focus")).to_be_in_viewport()


def test_all_claims_without_scripts(browser: Browser, live_server: LiveServer, long: ArticleVersion) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = alice.page
    page.goto(address(long))
    expect(rows(page)).to_have_count(narrowing.BEGINNING)

    page.get_by_role("link", name="All 140, with their filter").click()
    expect(rows(page)).to_have_count(140)
    page.get_by_label("No evidence").check()
    page.get_by_role("button", name="Show").click()
    expect(rows(page)).to_have_count(140)
    expect(page.locator("#narrow-bare")).to_be_checked()
    alice.close()


# The filter


def test_a_choice_acts_at_once_and_keeps_the_focus(alice: Person, short: tuple[ArticleVersion, list[Claim]]) -> None:
    page = open_workbench(alice, short[0])

    page.locator("#narrow-checking").focus()
    page.keyboard.press("Space")

    expect(rows(page)).to_have_count(5)
    expect(page.locator("#narrow-checking")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/\?status=checking$"))
    expect(page.locator("#text mark[data-faint]")).to_have_count(15)
    expect(page.locator(".map path.faint")).to_have_count(1)
    page.keyboard.press("]")
    expect(page.locator("#panel")).to_contain_text("Going through 5 of 20")
    page.keyboard.press("]")
    expect(page.locator("#panel .at")).to_contain_text("5 of 20")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("#text mark[data-faint]")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/\?claim="))


def test_what_is_swapped_under_a_filter_stays_faint(
    alice: Person, short: tuple[ArticleVersion, list[Claim]], cast: Cast
) -> None:
    version, claims = short
    page = open_workbench(alice, version, f"?status=checking&claim={claims[1].pk}")
    faint = page.locator(f'mark[data-claims="{claims[1].pk}"]')
    expect(faint).to_have_attribute("data-faint", "")

    page.get_by_role("button", name="Start checking").click()

    expect(faint).to_have_attribute("data-status", "checking")
    expect(page.locator("#text mark[data-faint]")).to_have_count(14)
    expect(page.locator("#fitting")).to_have_attribute("value", re.compile(str(claims[1].pk)))


# The text and the list


def test_what_is_under_the_mouse_glows_in_the_other(alice: Person, short: tuple[ArticleVersion, list[Claim]]) -> None:
    version, claims = short
    page = open_workbench(alice, version)

    page.mouse.move(700, 5)
    rows(page).nth(0).hover()
    page.wait_for_function("() => CSS.highlights.get('pointed')?.size === 1")
    assert pointed(page) == [SENTENCES[0]]
    page.locator(f'mark[data-claims="{claims[1].pk}"]').hover()
    expect(page.locator(".claims > li[data-pointed]")).to_contain_text(SENTENCES[7])
    page.mouse.move(700, 5)
    expect(page.locator(".claims > li[data-pointed]")).to_have_count(0)


def test_the_focus_goes_with_the_other(alice: Person, short: tuple[ArticleVersion, list[Claim]]) -> None:
    version, claims = short
    page = open_workbench(alice, version)

    rows(page).first.locator("a").focus()
    page.keyboard.press("End")
    expect(page.locator(f'mark[data-claims="{claims[19].pk}"]')).to_be_in_viewport()
    assert pointed(page) == [SENTENCES[133]]
    page.locator("#text .no").nth(18).focus()
    page.keyboard.press("Tab")
    expect(page.locator(".claims > li[data-pointed]")).to_contain_text(SENTENCES[133])


def test_the_list_follows_the_text_unless_a_hand_is_at_it(alice: Person, long: ArticleVersion) -> None:
    page = open_workbench(alice, long)
    expect(page.locator(".claims[data-windowed]")).to_be_visible()
    page.mouse.move(600, 500)

    seek(page, 70)
    where = page.evaluate("scrollY")
    expect(rows(page).filter(has_text="In the year 1870")).to_be_in_viewport()
    assert page.evaluate("scrollY") == where

    page.mouse.move(1300, 500)
    top = page.locator(".panel").evaluate("panel => panel.scrollTop")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(".panel").evaluate("panel => panel.scrollTop") == top


def test_the_rest_of_a_long_list_waits_until_the_text_is_at_rest_and_begins_with_what_is_seen(
    alice: Person, long: ArticleVersion
) -> None:
    page = alice.page
    page.add_init_script(RESTLESS)
    open_workbench(alice, long)
    page.mouse.move(600, 500)
    seek(page, 70)

    page.wait_for_timeout(700)
    assert not page.evaluate("window.isListWanted")
    page.evaluate("clearInterval(window.restless)")

    row = rows(page).filter(has_text="In the year 1870")
    expect(row).to_be_in_viewport()
    expect(row).to_have_attribute("aria-posinset", "71")


@pytest.mark.parametrize("comes", ["by mouse", "by key"])
def test_who_comes_to_a_long_list_gets_the_rest_at_once(alice: Person, long: ArticleVersion, comes: str) -> None:
    page = alice.page
    page.add_init_script(RESTLESS)
    open_workbench(alice, long)
    page.mouse.move(600, 500)
    expect(page.locator(".rest")).to_be_attached()

    if comes == "by mouse":
        page.mouse.move(1300, 500)
    else:
        rows(page).first.locator("a").focus()

    expect(page.locator(".rest")).to_have_count(0)
    rows(page).first.locator("a").focus()
    page.keyboard.press("End")
    assert focused(page) == "140"


# The overview


def overview(page: Page) -> Locator:
    return page.get_by_role("scrollbar", name="Overview of the article")


def test_the_overview_goes_where_it_is_clicked_and_dragged(alice: Person, long: ArticleVersion) -> None:
    page = open_workbench(alice, long)
    page.emulate_media(reduced_motion="reduce")
    bar = overview(page)
    expect(bar.locator("path").first).to_be_attached()
    box = bar.bounding_box()
    assert box

    page.mouse.click(box["x"] + 15, box["y"] + box["height"] / 2)
    expect(page.locator("mark", has_text="In the year 1870").first).to_be_in_viewport()
    page.mouse.move(box["x"] + 15, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 15, box["y"] + 10, steps=4)
    page.mouse.up()
    expect(page.locator("h1")).to_be_in_viewport()


def test_the_overview_goes_by_keys_from_highlight_to_highlight(
    alice: Person, short: tuple[ArticleVersion, list[Claim]]
) -> None:
    page = open_workbench(alice, short[0])
    bar = overview(page)
    expect(bar.locator("path").first).to_be_attached()
    bar.focus()

    page.keyboard.press("End")
    expect(page.locator("mark").last).to_be_in_viewport()
    page.keyboard.press("Home")
    expect(page.locator("h1")).to_be_in_viewport()
    expect(bar).to_have_attribute("aria-valuetext", re.compile(r"^0 % read, [1-9]\d* claims in view$"))
    before = page.evaluate("scrollY")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("scrollY") > before


def test_the_overview_is_right_after_a_fold_a_swap_and_another_size(alice: Person, cast: Cast) -> None:
    text = "\n\n".join(["The harbour", *SENTENCES[:30], ("Cookies and privacy. " * 60).strip()])
    version = make_article(
        by=cast.alice, text=text, kinds=["headline", *["paragraph"] * 30, "furniture"], headline="The harbour"
    ).versions.get()
    make_claim(by=cast.bob, version=version, quote=SENTENCES[10])
    page = open_workbench(alice, version)
    expect(page.locator(".map path[data-status=open]")).to_be_attached()

    def off() -> float:
        """Pixels between the stroke and where the highlight is, in the bar's scale."""
        far: float = page.evaluate(
            """() => {
              const boxOf = name => document.querySelector(name).getBoundingClientRect();
              const [bar, article] = [boxOf(".map"), boxOf("#text article")];
              const stroke = document.querySelector(".map path[data-status=open]").getBoundingClientRect();
              const mark = document.querySelector("#text mark").getBoundingClientRect();
              const wanted = (mark.top - article.top) * bar.height / article.height;
              return Math.abs(stroke.top + stroke.height / 2 - bar.top - wanted);
            }"""
        )
        return far

    assert off() < 8
    page.locator("details.fold > summary").click()
    page.wait_for_function("() => document.querySelector('#text article').clientHeight > 0")
    page.set_viewport_size({"width": 1000, "height": 600})
    alice.mark(SENTENCES[3])
    expect(page.locator("#text mark")).to_have_count(2)
    page.wait_for_function(
        "() => document.querySelector('.map path[data-status=open]').getAttribute('d').match(/M4 /g)?.length === 2"
    )
    assert Highlight.objects.count() == 2


# On a phone


def pull(page: Page, by: int, at: float = 200) -> None:
    """Pull the head of the sheet down, or up, by so many pixels."""
    head = page.locator(".steps").bounding_box()
    assert head
    page.mouse.move(at, head["y"] + 10)
    page.mouse.down()
    page.mouse.move(at, head["y"] + 10 + by, steps=5)
    page.mouse.up()


def test_the_sheet_is_pulled_up_and_down(on_phone: Person, short: tuple[ArticleVersion, list[Claim]]) -> None:
    page = open_workbench(on_phone, short[0])
    sheet = page.locator("claim-panel-sheet")

    seen = []
    for by in (-300, -300, 250, 500):
        pull(page, by)
        seen.append(sheet.get_attribute("data-open"))

    assert seen == ["half", "full", "half", None]
    page.get_by_role("button", name="Show the claims").click()
    expect(sheet).to_have_attribute("data-open", "half")
    expect(page.get_by_role("button", name="Show the claims")).to_have_attribute("aria-expanded", "true")
    rows(page).first.locator("a").focus()
    page.keyboard.press("Escape")
    expect(sheet).not_to_have_attribute("data-open", re.compile(""))


@pytest.mark.parametrize("name", ["Previous highlight", "Next highlight", "Next unchecked"])
def test_what_the_sheet_is_pulled_at_is_not_pressed(
    on_phone: Person, short: tuple[ArticleVersion, list[Claim]], name: str
) -> None:
    page = open_workbench(on_phone, short[0])
    head = page.locator("#panel .steps")
    box = head.get_by_role("link", name=name).or_(head.get_by_role("button", name=name)).bounding_box()
    assert box

    for by in (-300, -300, 250):
        pull(page, by, at=box["x"] + box["width"] / 2)

    expect(page.locator("claim-panel-sheet")).to_have_attribute("data-open", "half")
    expect(page.locator("#panel .at")).to_have_text("20 claims")


def test_the_sheet_shows_what_was_marked_to_be_worded(
    on_phone: Person, short: tuple[ArticleVersion, list[Claim]]
) -> None:
    page = open_workbench(on_phone, short[0])

    on_phone.mark("1803 the harbour")

    expect(page.locator("claim-panel-sheet")).to_have_attribute("data-open", "half")
    expect(page.get_by_role("textbox", name="Claim", exact=True)).to_be_in_viewport()
    on_phone.select("the harbour")
    expect(page.locator("claim-panel-sheet")).not_to_have_attribute("data-open", re.compile(""))


def test_beside_the_text_the_panel_stays_where_it_was_read(alice: Person, cast: Cast) -> None:
    version = make_article(by=cast.alice, text="The first words of it. They are few.").versions.get()
    claim = make_claim(by=cast.alice, version=version, quote="They are few")
    page = alice.page
    page.set_viewport_size({"width": 1440, "height": 640})
    page.goto(f"/d/{cast.desk.slug}/articles/{version.article_id}/?claim={claim.pk}")
    panel = page.locator(".panel")
    panel.evaluate("(panel) => panel.scrollTo({ top: 200, behavior: 'instant' })")

    alice.select("The first words")

    expect(page.locator("button[data-act=mark]")).to_be_visible()
    assert panel.evaluate("({ scrollTop }) => scrollTop") == 200


def test_the_sheet_makes_way_for_selected_words_and_what_is_offered(
    on_phone: Person, short: tuple[ArticleVersion, list[Claim]]
) -> None:
    page = open_workbench(on_phone, short[0])
    sheet = page.locator("claim-panel-sheet")
    page.get_by_role("button", name="Show the claims").click()
    expect(sheet).to_have_attribute("data-open", "half")

    words = "1803 the harbour"
    page.evaluate(
        """words => {
          const block = [...document.querySelectorAll("[data-o]")].find(one => one.textContent.includes(words));
          block.scrollIntoView({ block: "end", behavior: "instant" });
          const node = [...block.childNodes].find(one => one.data?.includes(words));
          const at = node.data.indexOf(words);
          getSelection().setBaseAndExtent(node, at, node, at + words.length);
        }""",
        words,
    )

    expect(page.get_by_role("toolbar")).to_be_visible()
    expect(sheet).not_to_have_attribute("data-open", re.compile(""))
    page.locator("[data-act=add]").click()
    options = page.locator("#add-claims")
    expect(options.get_by_role("option").first).to_be_visible()
    card = page.locator("#add")
    card.scroll_into_view_if_needed()
    on_top = """element => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const places = [0.1, 0.5, 0.9].map(part => [left + width / 2, Math.min(innerHeight - 2, top + height * part)]);
      return places.every(([x, y]) => !document.elementFromPoint(x, y).closest(".panel"));
    }"""
    assert card.evaluate(on_top)


# On paper, and in other colours


def printed(page: Page) -> str:
    pages = PdfDocument(page.pdf(format="A4", print_background=True))
    return "\n".join(one.get_textpage().get_text_range() for one in pages).replace("\r", "")


def test_paper_has_every_claim_of_a_long_list(alice: Person, long: ArticleVersion) -> None:
    page = open_workbench(alice, long)
    expect(page.locator(".claims[data-windowed]")).to_be_visible()

    words = printed(page)

    assert "140 claims of this article" in words
    listed = words.partition("140 claims of this article")[2]
    assert [year for year in range(1800, 1940) if f"In the year {year} the" not in listed] == []
    assert "No evidence" not in words
    expect(page.locator(".printed")).to_have_count(0)


def test_paper_has_numbers_in_the_margin_and_verdicts(alice: Person, cast: Cast) -> None:
    version = make_article(by=cast.alice, text=LONG, headline="The harbour").versions.get()
    claim = make_claim(by=cast.bob, version=version, quote=SENTENCES[3], status=Status.APPROVED, reviewer=cast.erin)
    page = open_workbench(alice, version, f"?claim={claim.pk}")

    listed = printed(page).partition("1 claim of this article")[2]

    for said in (SENTENCES[3], "approved", "Supported", "Bob, agreed by Erin", "The log says so."):
        assert said in listed
    page.emulate_media(media="print")
    number = page.locator("#text .no").first
    drawn = number.evaluate(
        "link => { const style = getComputedStyle(link, '::after'); return [style.content, style.float] }"
    )
    assert drawn == ['"1"', "inline-start"]


def test_paper_without_scripts(browser: Browser, live_server: LiveServer, long: ArticleVersion) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    alice.page.goto(address(long))
    alice.page.get_by_role("link", name="Print", exact=True).click()
    alice.page.wait_for_url("**print=1**")

    assert "140 claims of this article" in printed(alice.page)
    alice.close()


def test_forced_colours_keep_what_tells_things_apart(
    browser: Browser, live_server: LiveServer, short: tuple[ArticleVersion, list[Claim]]
) -> None:
    alice = Person(browser, live_server.url, "alice", forced_colors="active", viewport={"width": 1440, "height": 900})
    page = open_workbench(alice, short[0], "?status=open")
    expect(page.locator(".map path").first).to_be_attached()

    drawn = page.locator(".map path[d]").evaluate_all("paths => paths.map(path => path.getAttribute('d').slice(0, 20))")
    assert len(set(drawn)) == len(drawn) == 2
    chosen = page.locator(".chip", has=page.locator("#narrow-open"))
    assert chosen.evaluate("chip => getComputedStyle(chip).outlineStyle") == "solid"
    assert Axe().run(page, options=AXE).response["violations"] == []
    alice.close()


@pytest.mark.parametrize("width", [768, 992, 993, 1280, 1920])
def test_a_line_has_60_to_75_characters(alice: Person, cast: Cast, width: int) -> None:
    words = "The mayor of the lower town said on Monday that the bridge over the river would stay closed until spring. "
    version = make_article(by=cast.alice, text=f"Bridge\n\n{(words * 40).strip()}").versions.get()
    page = open_workbench(alice, version)
    page.set_viewport_size({"width": width, "height": 900})

    lines: list[int] = page.locator(".reading p[data-o]").evaluate(
        """block => {
          const [node, range, lines] = [block.firstChild, new Range(), []];
          for (let at = 0, before = -1; at < node.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { top } = range.getBoundingClientRect();
            if (top > before + 5) lines.push(0);
            before = Math.max(before, top);
            lines[lines.length - 1]++;
          }
          return lines.slice(0, -1);
        }"""
    )

    assert 60 <= sum(lines) / len(lines) <= 75
