"""Open and work on long articles in Chromium: until all is painted, and the main thread's work afterwards.

*Painted* is the end of the first frame that finds the document complete and every highlight in it: as an element, or,
where there are very many, as data, and painted in every block that is in view. It is counted from the start of the
navigation, with the server's time in it. The floor is the same article without highlights, opened in turn. Where there
are many, most of them become elements only then: until the last of them is one is measured as well.

*Work* is time of the processor on the page's main thread, so that others on the machine count little; it ends two
frames after what was waited for is there.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from articles.actions import claims as checking
from articles.actions import highlights as marking
from articles.models import Claim
from tests.factories import make_desk, make_version
from tests.performance.harness import at_most
from tests.performance.served import chromium, signed_in, site
from tests.performance.texts import analyse, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Route

    from articles.models import ArticleVersion, Membership
    from tests.performance.harness import Bench, Figure

SIZES = {1_000: 50_000, 5_000: 200_000}
"""Highlights, and characters of the text that has them."""

FRAME = 1000 / 60
WINDOW = {"width": 1440, "height": 900}
CYCLES, EVERY, WARM_UP = 500, 50, 50
"""Marks and removals over which memory must stay as it was, how often it is looked at, and those of the warm-up: what a
page does for the first time it keeps."""

PAIRS = 200
"""The least of which the median is taken: it is a matter of chance whether scripts begin before the first frame or
after it, and one pair differs from another by more than is asked. Who goes first alternates."""

RELEASES = 15
"""The least of which the median is taken: a release beside the text, which is taken off, costs now more, now less."""

SCROLLS = 3
"""How often each article is scrolled through, in turn with the other."""

LOOKS, BETWEEN_LOOKS = 5, 300
"""How often the memory is looked at each time, and milliseconds between two looks."""

AT_ONCE = 10
"""Marks that are sent one after the other before the first of them is removed, so that nobody waits for each answer."""

WATCH = """
window.allPainted = new Promise((resolve) => {
  const wanted = Number(new URLSearchParams(location.search).get("wanted"));
  const isSeen = (block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const areFlatOnesPainted = () => {
    const flat = [...document.querySelectorAll("#text [data-spans]")];
    const spans = flat.flatMap(({ dataset }) => dataset.spans.split(";"));
    const claims = new Set(spans.map((span) => span.split(" ")[3]));
    const named = [...CSS.highlights].filter(([name]) => /^claim-(?!overlap|active)/.test(name));
    const ranges = named.flatMap(([, all]) => [...all]);
    const isPainted = (block) => ranges.some(({ startContainer }) => block.contains(startContainer));
    return claims.size >= wanted && flat.filter(isSeen).every(isPainted);
  };
  const links = () => document.querySelectorAll("#text .no").length;
  let packed = "";
  const linksToCome = async () => {
    const late = [...document.querySelectorAll("#text [data-late]")];
    if (!packed || late.some(isSeen)) return 0;
    const letters = atob(packed);
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    const html = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    const blocks = html.split("<!---->");
    return blocks.slice(blocks.length - late.length).join("").split(' class="no" ').length - 1;
  };
  // Before the frame is painted a look at where blocks are would make the browser lay them out twice.
  // Nor is what came after it began in it, though the browser may do much before it says that the frame has ended.
  const after = (found) => new Promise((done) => requestAnimationFrame(function look() {
    const isComplete = document.readyState !== "loading";
    packed ||= document.querySelector("late-marks")?.dataset.packed ?? "";
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = async () => {
      const now = performance.now();
      if (isComplete && (await found())) done(now);
      else requestAnimationFrame(look);
    };
    port2.postMessage(0);
  }));
  // Only for those who ask: where highlights are no elements it never ends.
  window.whenMarked = () => after(() => links() >= wanted);
  after(async () => links() + (await linksToCome()) >= wanted || areFlatOnesPainted()).then(resolve);
});
"""
IDLE = """
window.heldUntilLater = null;
const whenIdle = window.requestIdleCallback.bind(window);
window.requestIdleCallback = (work, options) => whenIdle((deadline) => {
  if (window.heldUntilLater) window.heldUntilLater.push(() => work(deadline));
  else work(deadline);
}, options);
"""
RANGES = """
window.rangeAt = (start) => {
  const block = [...document.querySelectorAll("#text [data-o]")].findLast(({ dataset }) => Number(dataset.o) <= start);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = start - Number(block.dataset.o), node = walker.nextNode();
  while (node && node.length <= left) { left -= node.length; node = walker.nextNode(); }
  const range = new Range();
  range.setStart(node, left);
  range.setEnd(node, Math.min(left + 12, node.length));
  return range;
};
window.markAt = (start) => {
  const range = window.rangeAt(start), quote = range.toString();
  const detail = { start, end: start + quote.length, quote, range };
  document.dispatchEvent(new CustomEvent("span:mark", { detail }));
};
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
SPAN = """
(start) => {
  const range = window.rangeAt(start);
  const block = range.startContainer.parentElement.closest("[data-o]");
  block.scrollIntoView({ block: "center", behavior: "instant" });
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 1);
  const [first, last] = [boxes[0], boxes.at(-1)];
  return { from: [first.left + 1, first.top + first.height / 2], to: [last.right - 1, last.top + last.height / 2] };
}
"""
BESIDE = """
() => {
  const box = document.querySelector("#panel .at").getBoundingClientRect();
  const middle = box.top + box.height / 2;
  return { from: [box.left + 2, middle], to: [box.left + 60, middle] };
}
"""
AT_REST = "() => new Promise((done) => setTimeout(done, 250))"
REDRAW = """
(claim) => document.dispatchEvent(new CustomEvent("claim:changed", { detail: { claim } }))
"""
SWAP = """
() => {
  window.heldUntilLater = [];
  window.swapped = new Promise((done) => document.addEventListener("text:changed", () => done(), { once: true }));
}
"""
LATER = """
() => {
  const held = window.heldUntilLater;
  window.heldUntilLater = null;
  held.forEach((work) => work());
}
"""
MARKED_AND_REMOVED = """
async (count) => {
  const until = async (look) => { while (!look()) await new Promise(requestAnimationFrame); };
  const links = () => document.querySelectorAll("#text .no").length;
  const before = links();
  for (let number = 0; number < count; number++) window.markAt(3000 + number * 437);
  await until(() => links() === before + count);
  const undo = { key: "z", code: "KeyZ", ctrlKey: true, bubbles: true, cancelable: true };
  for (let number = 0; number < count; number++) document.body.dispatchEvent(new KeyboardEvent("keydown", undo));
  await until(() => links() === before);
}
"""
LISTED = """
async () => {
  const atRest = async () => {
    for (let frames = 0; frames < 30; frames++) {
      await new Promise(requestAnimationFrame);
      if (document.querySelector(".htmx-request")) frames = 0;
    }
  };
  await atRest();
  document.activeElement.blur();
  scrollTo({ top: 0, behavior: "instant" });
  delete document.querySelector("claim-panel").dataset.before;
  await atRest();
  const shown = new Promise((done) => document.addEventListener("claim:shown", done, { once: true }));
  document.dispatchEvent(new CustomEvent("claim:wanted", { detail: { claim: "" } }));
  await shown;
  await atRest();
  document.getElementById("messages").replaceChildren();
}
"""
SCROLLED = """
async () => {
  const times = [];
  let before = 0, still = 0;
  await new Promise((done) => requestAnimationFrame(function look(now) {
    times.push(now);
    still = scrollY === before ? still + 1 : 0;
    before = scrollY;
    if (still > 60) done(); else requestAnimationFrame(look);
  }));
  return times.slice(1, -60).map((time, i) => time - times[i]);
}
"""


@dataclass(frozen=True)
class Article:
    by: Membership
    version: ArticleVersion
    marks: list[tuple[int, int]]

    @property
    def url(self) -> str:
        url = reverse("articles:workbench", args=[self.version.desk.slug, self.version.article_id])
        return f"{url}?wanted={len(self.marks)}"


class Held(NamedTuple):
    """What a tab has in its memory: bytes of JavaScript, and objects."""

    heap: float
    nodes: float
    listeners: float


class Tab:
    """A tab of the browser, and what its main thread has done so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def painted(self, article: Article) -> float:
        """Milliseconds from the start of the navigation, which finds the browser at rest."""
        return self._until("() => window.allPainted", article)

    def marked(self, article: Article) -> float:
        """The same, until every highlight is an element."""
        return self._until("() => window.whenMarked()", article)

    def work(self, act: Callable[[], object]) -> float:
        """Milliseconds of the main thread for something and the two frames after it."""
        self.page.evaluate(TWO_FRAMES)
        before = self._worked()
        act()
        self.page.evaluate(TWO_FRAMES)
        return self._worked() - before

    def held(self) -> Held:
        """The least of some looks: what is let go is collected at a moment of the browser's own."""
        looks = []
        for _ in range(LOOKS):
            self.page.wait_for_timeout(BETWEEN_LOOKS)
            # Also what would come again by itself, such as code that was made quicker.
            self.cdp.send("Memory.simulatePressureNotification", {"level": "critical"})
            self.cdp.send("HeapProfiler.collectGarbage")
            counted = self.cdp.send("Memory.getDOMCounters")
            heap = self.cdp.send("Runtime.getHeapUsage")["usedSize"]
            looks.append(Held(heap, counted["nodes"], counted["jsEventListeners"]))
        return Held(*(min(values) for values in zip(*looks, strict=True)))

    def _until(self, moment: str, article: Article) -> float:
        self.page.goto("about:blank")
        self.page.evaluate(AT_REST)
        self.page.goto(article.url)
        milliseconds: float = self.page.evaluate(moment)
        return milliseconds

    def _worked(self) -> float:
        metrics = self.cdp.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration")) * 1000


def run(bench: Bench) -> Iterator[Figure]:
    articles = {count: (_article(length, 0), _article(length, count)) for count, length in SIZES.items()}
    analyse()
    alice = make_desk(slug="painting").alice.person
    with site() as url, chromium() as browser:
        tab = _tab(signed_in(bench, browser, url, alice, viewport=WINDOW))
        for count, (floor, full) in articles.items():
            yield from _opened(bench, tab, floor, full)
            # What nothing answered is kept, and sent again by every page of the same browser.
            with signed_in(bench, browser, url, alice, viewport=WINDOW) as apart:
                yield from _marked(bench, _tab(apart), full, bar={1_000: 6, 5_000: 10}[count])
            if count == min(SIZES):
                yield from _swapped(bench, tab, full)
                yield from _scrolled(bench, tab, floor, full)
    # Code that a browser makes quicker is kept, too, and grows for as long as one watches.
    with site() as url, chromium("--js-flags=--jitless") as browser:
        tab = _tab(signed_in(bench, browser, url, alice, viewport=WINDOW))
        yield from _remembered(tab, articles[min(SIZES)][1])


def _tab(context: BrowserContext) -> Tab:
    context.add_init_script(WATCH + IDLE + RANGES)
    return Tab(context.new_page())


def _article(length: int, count: int) -> Article:
    """One of so many highlights, on a desk of its own: the same text stands on a desk once."""
    by = make_desk(slug=f"desk-{length}-{count}").alice
    version = make_version(by=by, text=long_text(length, seed=length))
    marks = spans(version.text, count) if count else []
    for start, end in marks:
        marking.mark(by=by, version=version, start=start, end=end, quote=version.text[start:end])
    return Article(by, version, marks)


def _opened(bench: Bench, tab: Tab, floor: Article, full: Article) -> Iterator[Figure]:
    pairs = [_pair(tab, floor, full, number) for number in range(_rounds(bench, full) + 3)][3:]
    name = f"open {len(full.version.text):,} characters with {len(full.marks):,} highlights"
    if len(full.marks) == min(SIZES):
        beyond = [mine - other for other, mine in pairs]
        yield at_most(f"{name}: beyond the floor", beyond, bar=round(FRAME), unit="ms")
        marked = [tab.marked(full) for _ in range(bench.runs)]
        yield at_most(f"{name}: until the last is an element", marked, bar=500, unit="ms")
    yield at_most(f"{name}: until painted", [mine for _, mine in pairs], bar=500, unit="ms")


def _pair(tab: Tab, floor: Article, full: Article, number: int) -> tuple[float, float]:
    if number % 2:
        mine = tab.painted(full)
        return tab.painted(floor), mine
    return tab.painted(floor), tab.painted(full)


def _rounds(bench: Bench, full: Article) -> int:
    """The larger an article is, the longer is a round, and the less do rounds differ."""
    return max(bench.runs, PAIRS) * min(SIZES) // len(full.marks)


def _marked(bench: Bench, tab: Tab, full: Article, *, bar: float) -> Iterator[Figure]:
    """A mouse is released, first after selecting and then on the button; nothing answers."""
    page = tab.page
    tab.painted(full)
    page.route("**/mark/", lambda route: None)
    page.evaluate("""() => {
      const button = Object.assign(document.createElement("button"), { id: "empty" });
      Object.assign(button.style, { position: "fixed", top: 0, right: 0, zIndex: 99, width: "40px", height: "40px" });
      button.addEventListener("click", () => {});
      document.body.append(button);
    }""")
    selected, marked = [], []
    text = full.version.text
    within = [start for start in range(1_000, len(text) // 2, 37) if "\n" not in text[start : start + 12]]
    for start in within[: max(bench.runs, RELEASES)]:
        beside = _dragged(tab, page.evaluate(BESIDE))
        place = page.evaluate(SPAN, start)
        selected.append(_dragged(tab, place) - beside)
        button = page.locator("button[data-act=mark]").bounding_box()
        marked.append(_released(tab, button) - _released(tab, page.locator("#empty").bounding_box()))
    page.unroute("**/mark/")
    count = f"{len(full.marks):,}"
    yield at_most(f"mouse-up after selecting, until the bar is painted, at {count}", selected, bar=bar, unit="ms")
    yield at_most(f"mouse-up on Claim, until it is painted, at {count}", marked, bar=bar, unit="ms")


def _dragged(tab: Tab, place: Any) -> float:
    """The work of a release, with all that follows from it until the browser is at rest."""
    mouse = tab.page.mouse
    # What follows a scroll, such as the list of the claims, or the mark before, is no work of this mouse.
    tab.page.evaluate(AT_REST)
    mouse.move(*place["from"])
    mouse.down()
    mouse.move(*place["to"], steps=3)

    def release() -> None:
        mouse.up()
        tab.page.evaluate(AT_REST)

    return tab.work(release)


def _released(tab: Tab, box: Any) -> float:
    mouse = tab.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    return tab.work(mouse.up)


def _swapped(bench: Bench, tab: Tab, full: Article) -> Iterator[Figure]:
    """One paragraph, from when its answer comes until it is painted; what two frames cost by themselves is taken off.

    The answer is that to a mark, and that to a claim whose status changed, which brings what is left and what can be
    undone as well. The panel, which asks for a new claim by itself, is not answered, and what waits until the browser
    is idle waits until all was measured.
    """
    page = tab.page
    tab.marked(full)
    held: list[Route] = []
    for address in ("**/mark/", "**/blocks/?*"):
        page.route(address, lambda route: held.append(route))  # noqa: PLW0108  # its parameters are counted
    page.route("**/articles/*/?*", lambda route: None)
    claims = page.evaluate("() => [...document.querySelectorAll('.no')].map(({ dataset }) => dataset.claim)")
    marked, redrawn = [], []
    # Towards the end of the text a new claim moves few numbers; one block does not get all of them.
    places = sorted(full.marks)[::-4]
    for claim, (_, end) in zip(claims[len(claims) // 2 :][: bench.runs], places, strict=False):
        page.evaluate("(start) => window.markAt(start)", end + 1)
        marked.append(_swap(tab, held))
        checking.start(by=full.by, claim=Claim.objects.get(pk=claim))
        page.evaluate(REDRAW, claim)
        redrawn.append(_swap(tab, held))
    page.unroute_all()
    count = f"{len(full.marks):,}"
    yield at_most(f"a paragraph is swapped after a mark, at {count}", marked, bar=10, unit="ms")
    yield at_most(f"a paragraph is swapped after a change, at {count}", redrawn, bar=10, unit="ms")


def _swap(tab: Tab, held: list[Route]) -> float:
    page = tab.page
    while not held:
        page.wait_for_timeout(5)
    route = held.pop()
    answer = partial(route.fulfill, response=route.fetch())
    page.evaluate(SWAP)
    worked = tab.work(partial(_answered, page, answer)) - tab.work(partial(page.evaluate, "() => 1"))
    page.evaluate(LATER)
    page.evaluate(AT_REST)
    return worked


def _answered(page: Page, answer: Callable[[], None]) -> None:
    answer()
    page.evaluate("() => window.swapped")


def _scrolled(bench: Bench, tab: Tab, floor: Article, full: Article) -> Iterator[Figure]:
    """Of the frames that a screen would show; what the browser misses without any highlights is no fault of theirs."""
    pairs = [(_missed(tab, floor), _missed(tab, full)) for _ in range(SCROLLS)]
    count = f"{len(full.marks):,}"
    for name, shares in (("the floor", [one for one, _ in pairs]), (count, [other for _, other in pairs])):
        yield at_most(f"frames missed while scrolling through, at {name}", shares, bar=1, unit="%")
    beyond = [other - one for one, other in pairs]
    yield at_most(f"frames missed beyond the floor's, at {count}", beyond, bar=1, unit="%")


def _missed(tab: Tab, article: Article) -> float:
    """The share of the frames that were missed while all of it was scrolled through, in per cent."""
    tab.painted(article)
    tab.page.evaluate(TWO_FRAMES)
    height = tab.page.evaluate("() => document.documentElement.scrollHeight - innerHeight")
    tab.cdp.send("Runtime.evaluate", {"expression": f"window.frames = ({SCROLLED})()"})
    tab.cdp.send("Input.synthesizeScrollGesture", {"x": 600, "y": 500, "yDistance": -height, "speed": 3_000})
    gaps: list[float] = tab.page.evaluate("() => window.frames")
    missed = sum(max(0, round(gap / FRAME) - 1) for gap in gaps)
    return 100 * missed / (len(gaps) + missed)


def _remembered(tab: Tab, full: Article) -> Iterator[Figure]:
    """Words are marked, and the marks taken back by key: lines through what the tab then holds, with the list shown.

    It is asked for at the beginning of the text, once all else was answered: what it holds depends on where it begins,
    which else is at the row of the claim that was in hand before, or of what is seen.
    """
    tab.marked(full)
    held = []
    for first in range(-WARM_UP, CYCLES + 1, AT_ONCE):
        if first >= 0 and first % EVERY == 0:
            tab.page.evaluate(LISTED)
            held.append(tab.held())
        if first < CYCLES:
            tab.page.evaluate(MARKED_AND_REMOVED, AT_ONCE)
    for name, sizes in zip(Held._fields, zip(*held, strict=True), strict=True):
        line = statistics.linear_regression(range(0, CYCLES + 1, EVERY), sizes)
        growth = 100 * line.slope * CYCLES / line.intercept
        yield at_most(f"growth over {CYCLES} marks and removals: {name}", [growth], bar=2, unit="%")
