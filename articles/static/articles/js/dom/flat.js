/**
 * Paints highlights that their blocks hold as data, by the CSS Custom Highlight API: a name for each look and none for
 * a single highlight, which would be a hundred times slower. Only blocks in view or near it are painted: after whatever
 * change of a page, a browser looks at all that is painted so, which for 5,000 takes it 10 ms.
 */

import { utf16Offset } from "../text/code-points.js";
import { runs } from "../text/spans.js";
import { remembering } from "./contents.js";
import { placesIn } from "./marks.js";

/** What is painted over something else. */
const PRIORITY = { "claim-overlap": 1, "claim-active": 2 };
const PAIRS = /[\ud800-\udfff]/;

/** How far from what is seen, in screens. */
const NEAR = 0.5;

/** Another one for every contents of a block. */
const contentsOf = remembering(() => ({}));

export class FlatPaint {
  /** @type {Map<HTMLElement, object>} and the contents that were taken of it */
  #blocks = new Map();
  /** @type {Map<HTMLElement, [string, StaticRange][]>} by block, under the names of the stylesheet */
  #painted = new Map();
  #near = new IntersectionObserver((entries) => this.#onMoved(entries), { rootMargin: `${NEAR * 100}% 0px` });

  /**
   * Paint what has changed in the text since the last time, and forget what is gone from it.
   * @param {Element} root
   */
  renew(root) {
    const blocks = new Map(Array.from(root.querySelectorAll("[data-spans]"), (block) => [block, contentsOf(block)]));
    for (const [block, contents] of this.#blocks) if (blocks.get(block) !== contents) this.#forget(block);
    for (const [block, contents] of blocks) if (this.#blocks.get(block) !== contents) this.#take(block);
    this.#blocks = blocks;
  }

  /** As paper wants it: whatever is in view. */
  paintAll() {
    for (const block of this.#blocks.keys()) this.#paint(block);
  }

  clear() {
    for (const block of this.#blocks.keys()) this.#forget(block);
    this.#blocks = new Map();
  }

  /** What is near is painted at once: an observer tells of it a frame later. */
  #take(block) {
    this.#near.observe(block);
    const { top, bottom } = block.getBoundingClientRect();
    if (bottom > -NEAR * innerHeight && top < (1 + NEAR) * innerHeight) this.#paint(block);
  }

  #forget(block) {
    this.#near.unobserve(block);
    this.#erase(block);
  }

  #onMoved(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) this.#erase(target);
      else if (this.#blocks.has(target)) this.#paint(target);
    }
  }

  #paint(block) {
    if (this.#painted.has(block)) return;
    const at = placesOfOffsets(block);
    const painted = [];
    for (const { start, end, look, isFaint, claims } of runs(placesIn(block))) {
      const range = new StaticRange({ ...at(start, "start"), ...at(end, "end") });
      painted.push([isFaint ? "claim-faint" : `claim-${look}`, range]);
      if (claims > 1 && !isFaint) painted.push(["claim-overlap", range]);
    }
    for (const [name, range] of painted) registered(name).add(range);
    this.#painted.set(block, painted);
  }

  #erase(block) {
    for (const [name, range] of this.#painted.get(block) ?? []) registered(name).delete(range);
    this.#painted.delete(block);
  }
}

/**
 * Show where the claim in hand stands.
 * @param {Range[]} ranges
 */
export function paintActive(ranges) {
  const active = registered("claim-active");
  active.clear();
  for (const range of ranges) active.add(range);
}

function registered(name) {
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, Object.assign(new Highlight(), { priority: PRIORITY[name] ?? 0 }));
  return CSS.highlights.get(name);
}

/** From an offset to the text node and the index in it, as the start or the end of a range. */
function placesOfOffsets(block) {
  const [nodes, text, first] = [textNodes(block), block.textContent, Number(block.dataset.o)];
  const index = PAIRS.test(text) ? (offset) => utf16Offset(text, offset - first) : (offset) => offset - first;
  return (offset, edge) => {
    const wanted = index(offset);
    const isAt = ([before]) => before < wanted || before === 0 || (edge === "start" && before === wanted);
    const [from, node] = nodes.findLast(isAt);
    return { [`${edge}Container`]: node, [`${edge}Offset`]: wanted - from };
  };
}

function textNodes(block) {
  const [walker, nodes] = [document.createTreeWalker(block, NodeFilter.SHOW_TEXT), []];
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([before, node]);
    before += node.length;
  }
  return nodes;
}
