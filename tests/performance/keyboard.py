"""Mark by keyboard alone: forty claims by real key events, how many presses each, and the wait for each paint."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from articles.actions import articles as actions
from articles.actions.articles import Details
from articles.intake.plain import read_plain
from articles.models import Claim, Method
from tests.factories import make_desk, make_version
from tests.performance.harness import Figure
from tests.performance.stand import person_at_a_browser
from tests.performance.texts import long_text
from tests.shared import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from articles.models import ArticleVersion, Membership
    from tests.performance.harness import Bench

CLAIMS = 40
PRESSES_BAR = 6
WAIT_BAR = 100
"""Milliseconds from a press to the next frame in which its work is painted."""

# The frame that comes after all that a press did; the task after it begins when that frame was handed over to be shown.
LISTEN = """
() => {
  window.waits = [];
  addEventListener("keydown", (event) => {
    if (["Shift", "Control", "Alt"].includes(event.key)) return;
    const { timeStamp, key } = event;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.waits.push([key, performance.now() - timeStamp]);
      port2.postMessage(null);
    });
  }, { capture: true });
}
"""
SETTLED = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))"


def run(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    version = _longest(alice)
    with person_at_a_browser("alice", viewport={"width": 1440, "height": 900}) as person:
        presses, waits = _mark_all(person.page, version)
    made = set(Claim.objects.filter(desk_id=alice.desk_id).values_list("text", flat=True))
    assert len(made) == CLAIMS, made
    yield Figure(
        name="presses from a sentence to its saved claim, at most",
        figure=max(presses),
        bar=PRESSES_BAR,
        unit="presses",
        runs=len(presses),
        median=statistics.median(presses),
        range=(min(presses), max(presses)),
    )
    yield _wait("from a press to its paint, the longest", waits, max(waits))
    yield _wait("from a press to its paint, 19 of 20", waits, sorted(waits)[int(0.95 * len(waits))])


def _wait(name: str, waits: list[float], figure: float) -> Figure:
    return Figure(
        name=name,
        figure=figure,
        bar=WAIT_BAR,
        unit="ms",
        runs=len(waits),
        median=statistics.median(waits),
        range=(min(waits), max(waits)),
    )


def _longest(by: Membership) -> ArticleVersion:
    """The longest of the articles from outside, or a text of the project's own with as many sentences."""
    files = sorted(ARTICLES.glob("*.txt"), key=lambda path: path.stat().st_size)
    if not files:
        return make_version(by=by, text=long_text(20_000, seed=1))
    draft = read_plain(files[-1].read_bytes(), filename=files[-1].name)
    details = Details(headline="The longest", outlet=files[-1].stem)
    article = actions.add(by=by, draft=draft, details=details, kinds=draft.kinds, method=Method.UPLOAD)
    return article.versions.get()


def _mark_all(page: Page, version: ArticleVersion) -> tuple[list[int], list[float]]:
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    page.evaluate(LISTEN)
    page.keyboard.press("c")
    page.keyboard.press("Control+Home")
    presses = [_mark(page, number) for number in range(CLAIMS)]
    page.evaluate(SETTLED)
    waits: list[list[Any]] = page.evaluate("() => window.waits")
    return presses, [wait for _, wait in waits]


def _mark(page: Page, number: int) -> int:
    """The caret's next sentence becomes a claim, whose form is saved; the caret is back in the text behind it."""
    pressed = 0

    def press(key: str) -> None:
        nonlocal pressed
        pressed += 1
        page.keyboard.press(key)
        page.evaluate(SETTLED)

    press("s")
    press("m")
    expect(page.locator("#text .no[data-no]")).to_have_count(number + 1)
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()
    press("Control+Enter")
    press("Escape")
    expect(page.locator("article.reading")).to_be_focused()
    return pressed
