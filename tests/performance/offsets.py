"""Selections by mouse, keys and touch: browser and server agree on offsets and words, every time."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.async_api import async_playwright

from articles.actions import articles as actions
from articles.actions.articles import Details
from articles.actions.highlights import mark
from articles.intake.plain import read_plain
from articles.models import Method
from articles.text.blocks import split
from articles.text.offsets import snap_to_graphemes, snap_to_words, trim, words
from tests.browsing import CHROMIUM_FLAGS, chromium_path
from tests.factories import make_desk
from tests.performance.harness import at_most
from tests.performance.stand import person_at_a_browser
from tests.shared import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.async_api import CDPSession, Page

    from articles.models import ArticleVersion, Membership
    from tests.performance.harness import Bench, Figure

SELECTIONS = 10_000
BY_KEYS, BY_TOUCH = 0.3, 0.03
"""The share of each; a mouse makes the rest."""
ROUND = 40
"""Selections before the page is scrolled to another place, and before what it found is fetched."""
SECONDS_OF_A_ROUND = 60
"""Many times what it takes: something is lost then."""
BLOCKS = 150
"""Strings in one text."""

CASES = Path(__file__).parents[1] / "cases/offsets.json"
ALT, CONTROL, SHIFT = 1, 2, 8
"""Modifiers, as the protocol of the browser's tools counts them."""
MOVES = [(key, SHIFT) for key in ("ArrowLeft", "ArrowRight", "ArrowDown", "ArrowUp", "Home", "End")]
MOVES += [("ArrowLeft", SHIFT + CONTROL), ("ArrowRight", SHIFT + CONTROL), ("ArrowRight", SHIFT + ALT)]
STEPS = [("ArrowRight", 0), ("ArrowDown", 0), ("ArrowUp", 0), ("ArrowRight", CONTROL)]

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
  window.told = null;
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
  window.found = [];
  window.note = (isMeant = true) => {
    const { start, end, quote } = window.told ?? {};
    window.found.push(isMeant ? [window.raw(), window.told && [start, end, quote]] : [null, null]);
    window.onFound?.();
  };
  window.whenFound = (count) => new Promise((resolve) => {
    window.onFound = () => window.found.length >= count && resolve();
    window.onFound();
  });
  // A press on selected words would drag them.
  const noteMouse = (isMeant) => { window.note(isMeant); getSelection().removeAllRanges(); };
  document.addEventListener("span:released", () => window.by === "mouse" && noteMouse(true));
  // A press beside the text has no end of which the page tells.
  addEventListener("mouseup", () => window.by === "mouse" && !root.isHeld && noteMouse(false));
  // A key that does nothing: what is selected by then is looked at before it could.
  addEventListener("keydown", ({ key }) => key === "y" && window.note());
}
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
# What the handles of a touch screen do to the selection, which comes to rest by itself.
TOUCHED = """
([from, to]) => new Promise((resolve) => {
  const done = () => { clearTimeout(timer); window.onTold = null; window.note(); resolve(); };
  const timer = setTimeout(done, 400);
  window.onTold = done;
  const places = [from, to].map(([x, y]) => document.caretPositionFromPoint(x, y));
  // Of a field it tells the place in what is typed there.
  const isInText = places.every((place) => place?.offsetNode.nodeType === Node.TEXT_NODE);
  if (isInText) getSelection().setBaseAndExtent(...places.flatMap(({ offsetNode, offset }) => [offsetNode, offset]));
  else done();
})
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
    with person_at_a_browser("alice") as person, ThreadPoolExecutor(1) as apart:
        # Without waiting for each event; a thread that has been waiting for a browser cannot have a loop of its own.
        state = person.context.storage_state()
        found, differing_words = apart.submit(asyncio.run, _in_browser(person.site, state, versions, share)).result()
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


async def _in_browser(site: str, state: Any, versions: list[ArticleVersion], share: int) -> tuple[list[Selected], int]:
    """So many selections in each text, and how many blocks have other words in the browser than on the server."""
    found: list[Selected] = []
    differing = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        size: Any = {"width": 1280, "height": 900}
        context = await browser.new_context(base_url=site, storage_state=state, viewport=size, has_touch=True)
        for seed, version in enumerate(versions):
            page = await context.new_page()
            await page.goto(f"/d/night-desk/articles/{version.article_id}/")
            await page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
            await page.evaluate(LISTEN)
            blocks = dict(split(version.text))
            in_browser = await page.evaluate(WORDS)
            differing += sum(
                words(version.text[at : blocks[at]]) != [tuple(one) for one in told] for at, told in in_browser
            )
            hand = Hand(page, await context.new_cdp_session(page), random.Random(seed))
            found += await _select(hand, version, share)
            await page.close()
        await browser.close()
    return found, differing


async def _select(hand: Hand, version: ArticleVersion, count: int) -> list[Selected]:
    """So many selections that are not empty."""
    blocks = dict(split(version.text))
    done: list[Selected] = []
    rounds = 0
    while len(done) < count and rounds < 20 * count / ROUND:
        rounds += 1
        by = hand.chance.choices(["mouse", "keys", "touch"], [1 - BY_KEYS - BY_TOUCH, BY_KEYS, BY_TOUCH])[0]
        for raw, told in (await hand.round(by))[: count - len(done)]:
            if raw and told:
                start, end, quote = told
                done.append(Selected(by, start, end, quote, _expected(version.text, blocks, raw, by)))
                assert version.text[start:end] == quote, done[-1]
    return done


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


class Hand:
    """Makes selections on a page by real input events. Those of one selection are sent without waiting for each."""

    def __init__(self, page: Page, tools: CDPSession, chance: random.Random) -> None:
        self.page, self.tools, self.chance = page, tools, chance

    async def round(self, by: str) -> list[tuple[list[int] | None, list[Any] | None]]:
        """What was selected, by block and index, and what the page told of it: None for nothing."""
        await self.page.evaluate(
            "([part, by]) => {"
            " window.by = by; getSelection().removeAllRanges();"
            " scrollTo(0, part * Math.max(0, document.body.scrollHeight - innerHeight)); }",
            [self.chance.random(), by],
        )
        async with asyncio.timeout(SECONDS_OF_A_ROUND):
            await {"mouse": self._by_mouse, "keys": self._by_keys, "touch": self._by_touch}[by]()
        found: list[Any] = await self.page.evaluate("() => window.found.splice(0)")
        return found

    async def _by_mouse(self) -> None:
        for number in range(ROUND):
            x, y = self._point()
            to_x = x + self.chance.uniform(-300, 300)
            to_y = min(880, max(70, y + self.chance.choice([0, 0, 0, 30, 90, -60, 250])))
            await asyncio.gather(
                self._mouse("mousePressed", x, y),
                self._mouse("mouseMoved", to_x, to_y),
                self._mouse("mouseReleased", to_x, to_y),
                self.page.evaluate("(count) => window.whenFound(count)", number + 1),
            )

    async def _by_keys(self) -> None:
        if not await self.page.locator("text-caret").get_attribute("data-at"):
            await self.page.keyboard.press("c")
            await self.page.wait_for_selector("text-caret[data-at]")
        x, y = self._point()
        await asyncio.gather(self._mouse("mousePressed", x, y), self._mouse("mouseReleased", x, y))
        for number in range(ROUND):
            keys = [self.chance.choice(STEPS), *self.chance.choices(MOVES, k=self.chance.randint(1, 5)), ("y", 0)]
            await asyncio.gather(
                *(self._key(type_, *key) for key in keys for type_ in ("rawKeyDown", "keyUp")),
                self.page.evaluate("(count) => window.whenFound(count)", number + 1),
            )

    async def _by_touch(self) -> None:
        for _ in range(ROUND // 4):
            x, y = self._point()
            await asyncio.gather(
                self.tools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}),
                self.tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []}),
            )
            to = [x + self.chance.uniform(-300, 300), y + self.chance.choice([0, 30, 90])]
            await self.page.evaluate(TOUCHED, [[x, y], to])

    def _point(self) -> tuple[float, float]:
        """Somewhere in the column of the text."""
        return self.chance.uniform(140, 820), self.chance.uniform(80, 860)

    async def _mouse(self, kind: str, x: float, y: float) -> None:
        buttons = 0 if kind == "mouseReleased" else 1
        where = {"type": kind, "x": x, "y": y}
        await self.tools.send(
            "Input.dispatchMouseEvent", where | {"button": "left", "buttons": buttons, "clickCount": 1}
        )

    async def _key(self, kind: str, key: str, modifiers: int) -> None:
        await self.tools.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "modifiers": modifiers})
