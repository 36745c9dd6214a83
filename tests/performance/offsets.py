"""Selections by mouse, keys and touch: browser and server agree on offsets and words, every time."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from articles.actions import articles as actions
from articles.actions.articles import Details
from articles.actions.highlights import mark
from articles.intake.plain import read_plain
from articles.models import Method
from articles.text.blocks import split
from articles.text.offsets import snap_to_graphemes, snap_to_words, trim, words
from tests.factories import make_desk
from tests.performance.harness import at_most
from tests.performance.stand import person_at_a_browser
from tests.shared import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Page

    from articles.models import ArticleVersion, Membership
    from tests.performance.harness import Bench, Figure

SELECTIONS = 10_000
BY_KEYS, BY_TOUCH = 0.2, 0.03
"""The share of each; a mouse makes the rest."""
ROUND = 20
"""Selections before the page is scrolled to another place."""
MARKED = 20
"""Of each text are sent to the site, which holds them to its text."""
BLOCKS = 150
"""Strings in one text."""

CASES = Path(__file__).parents[1] / "cases/offsets.json"
MOVES = [
    f"Shift+{more}{key}"
    for more, keys in (
        ("", ("ArrowLeft", "ArrowRight", "ArrowDown", "ArrowUp", "Home", "End")),
        ("Control+", ("ArrowLeft", "ArrowRight")),
    )
    for key in keys
] + ["Shift+Alt+ArrowRight"]

# What the selection is, found without the modules that are measured: blocks and UTF-16 indexes of both ends.
LISTEN = """
() => {
  const root = document.querySelector("text-selection");
  document.querySelectorAll("details.fold").forEach((fold) => { fold.open = true });
  // A press that happens to meet a link or a button would lead away.
  document.addEventListener("click", (event) => {
    if (event.isTrusted && event.target.closest("a, button, summary, input, select, label")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, { capture: true });
  document.addEventListener("span:selected", ({ detail }) => { window.told = detail; window.onTold?.(); });
  document.addEventListener("span:cleared", () => { window.told = null; window.onTold?.(); });
  const lengthBefore = (block, node, offset) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let length = 0;
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text === node) return length + offset;
      const place = node.compareDocumentPosition(text);
      const inside = place & Node.DOCUMENT_POSITION_CONTAINED_BY;
      if (inside ? isBefore(node, offset, text) : place & Node.DOCUMENT_POSITION_PRECEDING) length += text.length;
      else break;
    }
    return length;
  };
  const isBefore = (node, offset, text) =>
    Array.from(node.childNodes).slice(0, offset).some((child) => child.contains(text));
  window.raw = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const blocks = Array.from(root.querySelectorAll("[data-o]")).filter((block) => range.intersectsNode(block));
    if (!blocks.length) return null;
    const [first, last] = [blocks[0], blocks.at(-1)];
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const from = first.contains(startContainer) ? lengthBefore(first, startContainer, startOffset) : 0;
    const to = last.contains(endContainer) ? lengthBefore(last, endContainer, endOffset) : last.textContent.length;
    return [Number(first.dataset.o), from, Number(last.dataset.o), to];
  };
  window.answer = () => {
    const { start, end, quote } = window.told ?? {};
    return { raw: window.raw(), told: window.told ? [start, end, quote] : null };
  };
}
"""
# After a mouse and a finger the selection comes to rest by itself.
WHEN_TOLD = """
() => new Promise((resolve) => {
  const done = () => { clearTimeout(timer); window.onTold = null; resolve(window.answer()); };
  const timer = setTimeout(done, 600);
  const root = document.querySelector("text-selection");
  if (window.told !== undefined && !("held" in root.dataset)) done();
  else window.onTold = done;
})
"""
WORDS = """
async () => {
  const { words } = await import("/static/articles/js/text/words.js");
  return [...document.querySelectorAll("text-selection [data-o]")].map((block) => {
    const text = block.textContent;
    const offset = (index) => [...text.slice(0, index)].length;
    return [Number(block.dataset.o), words(text).map((word) => word.map(offset))];
  });
}
"""
TOUCHED = """
([from, to]) => {
  const [start, end] = [from, to].map(([x, y]) => document.caretPositionFromPoint(x, y));
  if (start && end) getSelection().setBaseAndExtent(start.offsetNode, start.offset, end.offsetNode, end.offset);
}
"""


class Selected(NamedTuple):
    by: str
    start: int
    end: int
    quote: str
    expected: tuple[int, int]


def run(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    versions = [_stored(alice, number, text) for number, text in enumerate(_texts(bench.data))]
    share = -(-SELECTIONS // len(versions))
    found: list[Selected] = []
    differing_words = 0
    with person_at_a_browser("alice", viewport={"width": 1280, "height": 900}, has_touch=True) as person:
        for seed, version in enumerate(versions):
            selected, differing = _select(person.page, version, share, random.Random(seed))
            found += selected
            differing_words += differing
    wrong = [one for one in found if (one.start, one.end) != one.expected]
    for one in wrong[:20]:
        print(one, file=sys.stderr)  # noqa: T201  # for whoever looks why it fell short
    counts = {by: sum(one.by == by for one in found) for by in ("mouse", "keys", "touch")}
    made = ", ".join(f"{count:,} by {by}" for by, count in counts.items())
    yield at_most(f"selections that differ ({made})", [len(wrong)], bar=0, unit="of " + f"{len(found):,}")
    yield at_most(f"blocks whose words differ, in {len(versions)} texts", [differing_words], bar=0, unit="blocks")


def _texts(data: Path) -> Iterator[str]:
    """Articles; strings of the table of cases, of Unicode's tests of clusters and of naughty strings, each a block."""
    for path in sorted(ARTICLES.glob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    strings = [case["text"] for case in json.loads(CASES.read_text())]
    strings += [_of_code_points(line) for line in _lines(data / "unicode-15/GraphemeBreakTest.txt")]
    naughty = data / "blns/blns.json"
    strings += json.loads(naughty.read_text()) if naughty.exists() else []
    blocks = [re.sub(r"\s*\n\s*\n\s*", "\n", one) for one in strings]
    for first in range(0, len(blocks), BLOCKS):
        yield "\n\n".join(["Strings that are selected", *blocks[first : first + BLOCKS]])


def _lines(path: Path) -> Iterable[str]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.partition("#")[0] for line in lines if line and not line.startswith("#")]


def _of_code_points(line: str) -> str:
    """ "÷ 0020 × 0308 ÷" between two words, so that a cluster can be cut on both sides."""
    signs = "".join(chr(int(sign, 16)) for sign in re.findall(r"[0-9A-F]{4,6}", line))
    return f"left {signs}right"


def _stored(by: Membership, number: int, text: str) -> ArticleVersion:
    draft = read_plain(text.encode("utf-8", "replace"), filename=f"{number}.txt")
    details = Details(headline=f"Text {number}", outlet="Bench")
    version = actions.add(by=by, draft=draft, details=details, kinds=draft.kinds, method=Method.UPLOAD).versions.get()
    chance = random.Random(number)
    for _ in range(25):
        at = chance.randrange(max(1, len(version.text) - 80))
        start, end = trim(version.text, at, min(len(version.text), at + chance.randint(2, 80)))
        start, end = snap_to_graphemes(version.text, start, end)
        if start < end:
            mark(by=by, version=version, start=start, end=end, quote=version.text[start:end])
    return version


def _select(page: Page, version: ArticleVersion, count: int, chance: random.Random) -> tuple[list[Selected], int]:
    """So many selections that are not empty, and how many blocks have other words in the browser than on the server."""
    page.goto(f"/d/night-desk/articles/{version.article_id}/")
    page.wait_for_function("customElements.get('workbench-map') !== undefined")
    page.evaluate(LISTEN)
    blocks = dict(split(version.text))
    differing = sum(
        words(version.text[at : blocks[at]]) != [tuple(one) for one in found] for at, found in page.evaluate(WORDS)
    )
    done: list[Selected] = []
    rounds = 0
    while len(done) < count and rounds < 20 * count / ROUND:
        rounds += 1
        page.evaluate(
            "(part) => scrollTo(0, part * Math.max(0, document.body.scrollHeight - innerHeight))", chance.random()
        )
        by = chance.choices(["mouse", "keys", "touch"], [1 - BY_KEYS - BY_TOUCH, BY_KEYS, BY_TOUCH])[0]
        for _ in range(min(ROUND, count - len(done))):
            answer = ACTS[by](page, chance)
            if answer["raw"] and answer["told"]:
                start, end, quote = answer["told"]
                expected = _expected(version.text, blocks, answer["raw"], by)
                done.append(Selected(by, start, end, quote, expected))
                assert version.text[done[-1].start : done[-1].end] == done[-1].quote, done[-1]
    return done, differing


def _expected(text: str, blocks: dict[int, int], raw: list[int], by: str) -> tuple[int, int]:
    """What the server makes of the same ends."""
    first, start, last, end = raw
    edges = trim(text, _place(text, blocks, first, start), _place(text, blocks, last, end))
    if edges[0] == edges[1]:
        return edges
    return snap_to_graphemes(text, *edges) if by == "keys" else snap_to_words(text, *edges)


def _place(text: str, blocks: dict[int, int], block: int, index: int) -> int:
    units = text[block : blocks[block]].encode("utf-16-le")[: 2 * index]
    return block + len(units.decode("utf-16-le", "replace"))


def _point(page: Page, chance: random.Random) -> tuple[float, float]:
    """Somewhere in the column of the text."""
    return chance.uniform(140, 820), chance.uniform(80, 860)


def _by_mouse(page: Page, chance: random.Random) -> dict[str, Any]:
    x, y = _point(page, chance)
    page.evaluate("() => { window.told = undefined; getSelection().removeAllRanges(); }")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + chance.uniform(-300, 300), min(880, max(70, y + chance.choice([0, 0, 0, 30, 90, -60, 250]))))
    page.mouse.up()
    answer: dict[str, Any] = page.evaluate(WHEN_TOLD)
    return answer


def _by_keys(page: Page, chance: random.Random) -> dict[str, Any]:
    if not page.locator("text-caret").get_attribute("data-at"):
        page.keyboard.press("c")
    page.evaluate("() => getSelection().removeAllRanges()")
    page.mouse.click(*_point(page, chance))
    page.keyboard.press("y")
    for key in chance.choices(MOVES, k=chance.randint(1, 5)):
        page.keyboard.press(key)
    # A key that does nothing: what is selected by then is looked at before it could.
    page.keyboard.press("y")
    answer: dict[str, Any] = page.evaluate("() => window.answer()")
    return answer


def _by_touch(page: Page, chance: random.Random) -> dict[str, Any]:
    """A tap, and then what the handles of a touch screen do to the selection."""
    x, y = _point(page, chance)
    page.evaluate("() => { window.told = undefined; getSelection().removeAllRanges(); }")
    page.touchscreen.tap(x, y)
    page.evaluate("() => { window.told = undefined; }")
    page.evaluate(TOUCHED, [[x, y], [x + chance.uniform(-300, 300), y + chance.choice([0, 30, 90])]])
    answer: dict[str, Any] = page.evaluate(WHEN_TOLD)
    return answer


ACTS: dict[str, Callable[[Page, random.Random], dict[str, Any]]] = {
    "mouse": _by_mouse,
    "keys": _by_keys,
    "touch": _by_touch,
}
