"""From a pasted text to a signed-off claim sheet, in the ways in which people work: by keys alone, without scripts, by
touch on a narrow screen, and at 400 %."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from articles.models import Claim, Highlight, Status
from tests.browser.person import FIND_WORDS, Person
from tests.factories import Cast, make_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADLINE = "Storm over the lower town"
BOATS = "At least 40 boats sank in the harbour."
TEXT = f"""{HEADLINE}

The storm broke over the lower town at six, the mayor said. {BOATS}

The ferry was cancelled for two days."""
WORDED = "At least 40 boats sank in the harbour of the lower town in the storm of May 3."
TABS = 150
"""Presses of Tab after which a control cannot be reached."""


class Hands:
    """What a person does with a control: by mouse, unless it is told otherwise below."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: Page = person.page

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, radio: Locator) -> None:
        radio.check()

    def look(self) -> None:
        """At each screen on the way."""


class Keys(Hands):
    """Nothing but key presses; what is pasted comes in one piece."""

    def press(self, control: Locator) -> None:
        self._reach(control)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, radio: Locator) -> None:
        """Tab leads to the group, the arrows lead through it."""
        group = self.page.locator(f"[name='{radio.get_attribute('name')}']")
        self._reach(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert radio.is_checked()

    def _reach(self, control: Locator) -> None:
        expect(control.first).to_be_attached()
        for _ in range(TABS):
            if control.evaluate_all("found => found.includes(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached by Tab: {control}")


class Fingers(Hands):
    def press(self, control: Locator) -> None:
        control.tap()

    def write(self, field: Locator, text: str) -> None:
        field.tap()
        field.fill(text)

    def choose(self, radio: Locator) -> None:
        radio.tap()


class Zoomed(Hands):
    """A window of 320 by 256 is one of 1280 by 1024 at 400 %: nothing is wider than it."""

    def look(self) -> None:
        wider = self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, (self.page.url, wider)


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Callable[..., dict[str, Person]]]:
    people: dict[str, Person] = {}

    def enter(**context: Any) -> dict[str, Person]:
        people.update({name: Person(browser, live_server.url, name, **context) for name in ("alice", "bob", "erin")})
        return people

    yield enter
    assert [said for person in people.values() for said in person.complaints] == []
    for person in people.values():
        person.close()


def test_by_keys_alone(enter: Callable[..., dict[str, Person]]) -> None:
    def mark(hands: Hands) -> None:
        page = hands.page
        page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
        for _ in range(3):
            page.keyboard.press("s")
        expect(page.get_by_role("toolbar")).to_be_visible()
        page.keyboard.press("m")

    _whole_job({name: Keys(person) for name, person in enter().items()}, mark)


def test_without_scripts(enter: Callable[..., dict[str, Person]]) -> None:
    _whole_job({name: Hands(person) for name, person in enter(java_script_enabled=False).items()}, _mark_by_sentence)


def test_by_touch_on_a_narrow_screen(enter: Callable[..., dict[str, Person]]) -> None:
    def mark(hands: Hands) -> None:
        """A long press selects a word, and the handles of the screen the rest."""
        page = hands.page
        page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
        place = page.evaluate(FIND_WORDS, BOATS)
        page.touchscreen.tap(*place["from"])
        page.evaluate(
            """([from, to]) => {
              const [start, end] = [from, to].map(([x, y]) => document.caretPositionFromPoint(x, y));
              getSelection().setBaseAndExtent(start.offsetNode, start.offset, end.offsetNode, end.offset);
            }""",
            [place["from"], place["to"]],
        )
        hands.press(page.locator("[data-act=mark]"))

    size = {"width": 390, "height": 844}
    people = enter(viewport=size, has_touch=True, is_mobile=True)
    _whole_job({name: Fingers(person) for name, person in people.items()}, mark)


def test_at_four_hundred_per_cent(enter: Callable[..., dict[str, Person]]) -> None:
    people = enter(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    _whole_job({name: Zoomed(person) for name, person in people.items()}, _mark_by_sentence)


def _whole_job(hands: dict[str, Hands], mark: Callable[[Hands], None]) -> None:
    alice, bob, erin = hands["alice"], hands["bob"], hands["erin"]
    _add_article(alice)
    _open_article(alice)
    mark(alice)
    _word_claim(alice)
    _add_evidence(alice)
    _give_verdict(alice)
    _approve(bob)
    _sign_off(erin)

    highlight = Highlight.objects.get()
    assert highlight.version.text[highlight.start : highlight.end] == highlight.quote
    assert highlight.quote.rstrip(".") == BOATS.rstrip(".")
    assert Claim.objects.get().status == Status.APPROVED


def _add_article(hands: Hands) -> None:
    page = hands.page
    page.goto("/d/night-desk/articles/add/")
    hands.look()
    hands.write(page.get_by_label("Paste the text of an article"), TEXT)
    hands.press(page.get_by_role("button", name="See the preview"))
    expect(page.locator("#preview")).to_be_visible()
    hands.look()
    hands.write(page.get_by_label("Outlet"), "Orm Valley Courier")
    hands.press(page.get_by_role("button", name="Add to desk"))
    expect(page.locator("#preview")).to_have_count(0)


def _open_article(hands: Hands) -> None:
    page = hands.page
    page.goto("/d/night-desk/articles/")
    hands.look()
    hands.press(page.locator("ol.rows > li a.title"))
    expect(page.locator("article.reading")).to_be_visible()
    hands.look()


def _mark_by_sentence(hands: Hands) -> None:
    page = hands.page
    hands.press(page.get_by_role("link", name="Mark by sentence"))
    page.wait_for_url("**mode=sentences**")
    page.wait_for_load_state()
    hands.look()
    hands.press(page.get_by_role("button", name=f"Mark this sentence: {BOATS[:-1]}"))


def _word_claim(hands: Hands) -> None:
    panel = hands.page.locator("#claim-panel")
    words = panel.get_by_role("textbox", name="Claim", exact=True)
    expect(words).to_have_value(BOATS)
    # On a narrow screen the panel is a sheet, of which a line is seen.
    handle = hands.page.locator("#panel .handle[aria-expanded=false]")
    if handle.is_visible():
        hands.press(handle)
    hands.look()
    hands.write(words, WORDED)
    hands.press(panel.get_by_role("button", name="Save").first)
    while not Claim.objects.filter(text=WORDED).exists():
        hands.page.wait_for_timeout(20)


def _add_evidence(hands: Hands) -> None:
    panel = hands.page.locator("#claim-panel")
    hands.press(panel.locator("#evidence-add > summary"))
    form = panel.locator("#evidence-add form")
    hands.write(form.get_by_label("Source", exact=True), "Harbour log")
    hands.choose(form.get_by_label("Supports"))
    hands.write(form.get_by_label("Words relied on"), "41 boats lost")
    hands.look()
    hands.press(form.get_by_role("button", name="Add evidence"))
    expect(panel.locator("ul.evidence")).to_contain_text("41 boats lost")


def _give_verdict(hands: Hands) -> None:
    panel = hands.page.locator("#claim-panel")
    hands.choose(panel.get_by_role("radio", name="Supported", exact=True))
    hands.write(panel.get_by_label("Rationale"), "The log of the harbour counts 41.")
    hands.look()
    hands.press(panel.get_by_role("button", name="Give verdict"))
    expect(panel.get_by_role("heading", level=2)).to_contain_text("in review")
    hands.look()


def _approve(hands: Hands) -> None:
    page = hands.page
    page.goto("/d/night-desk/review/")
    hands.look()
    hands.press(page.locator("ol.rows a.title"))
    expect(page.get_by_role("heading", name="Evidence")).to_be_visible()
    hands.look()
    hands.press(page.get_by_role("button", name="Approve"))
    expect(page.locator("#messages")).to_contain_text("pproved")


def _sign_off(hands: Hands) -> None:
    page = hands.page
    _open_article(hands)
    hands.press(page.get_by_role("button", name="Claim sheet"))
    expect(page.locator("#sign-off")).to_be_visible()
    hands.look()
    hands.press(page.get_by_role("button", name="Sign off edition 1"))
    expect(page.locator("article.sheet")).to_contain_text("edition 1")
    expect(page.locator("article.sheet")).to_contain_text(WORDED)
    hands.look()
