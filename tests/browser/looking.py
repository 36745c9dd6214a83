"""What axe has against a page in one width, and in the other what can only be wrong there.

The rules of axe read the elements of a page, except those on contrast, which read its colours. So a theme in which all
was looked at in one width needs the colours alone in the other, and of those only what comes out otherwise: words that
were not shown before, in other type or on another ground. Elements in the other width are read in the other theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
# Preloading would fetch the imported stylesheets once more, from wrong addresses.
AXE: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# Remembers what the contrast of each element with words depends on; returns of how many it is not what was remembered.
COMPARE = """
() => {
  const ground = (element) => {
    if (!element) return "";
    const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element);
    return [backgroundColor, backgroundImage, opacity, position, ground(element.parentElement)].join();
  };
  const look = (element) => {
    const { color, fontSize, fontWeight, clipPath } = getComputedStyle(element);
    return [color, fontSize, fontWeight, clipPath, ground(element)].join();
  };
  const hasWords = (element) => element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isShown = (element) => hasWords(element) && element.checkVisibility();
  const shown = [...document.body.querySelectorAll("*")].filter(isShown);
  const before = window.lookOf ?? new Map();
  window.lookOf = new Map(shown.map((element) => [element, look(element)]));
  window.otherwise = shown.filter((element) => before.get(element) !== window.lookOf.get(element));
  return window.otherwise.length;
}
"""


def objections_in_both_widths(page: Page) -> Iterator[str]:
    """In the width that the page has, then in the other one; it is given back the one it had."""
    width = page.viewport_size
    assert width
    yield from objections(page)
    page.evaluate(COMPARE)
    page.set_viewport_size(NARROW if width == WIDE else WIDE)  # type: ignore[arg-type]  # a width and a height
    # What follows the width by a script does so before the second frame.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    yield from (f"in the other width, {said}" for said in _objections_to_what_is_otherwise(page))
    page.set_viewport_size(width)


def objections(page: Page) -> Iterator[str]:
    # A click ends when the next page has begun, and a page without its stylesheets has the browser's colours.
    page.wait_for_load_state()
    yield from _violations(Axe().run(page, options=AXE).response)
    yield from _overflow(page)


def _objections_to_what_is_otherwise(page: Page) -> Iterator[str]:
    if page.evaluate(COMPARE):
        yield from _violations(
            page.evaluate("(options) => axe.run({ include: window.otherwise }, options)", AXE | COLOURS)
        )
    yield from _overflow(page)


def _violations(found: dict[str, Any]) -> Iterator[str]:
    for violation in found["violations"]:
        nodes = ", ".join(node["html"][:120] for node in violation["nodes"][:3])
        yield f"{violation['id']}: {nodes}"


def _overflow(page: Page) -> Iterator[str]:
    if pixels := int(page.evaluate("() => document.documentElement.scrollWidth - innerWidth")):
        yield f"{pixels} pixels wider than the screen"
