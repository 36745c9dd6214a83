/** The article as its overview shows it: how high it is, where its highlights are, what of it is seen. */

import { remembering } from "./contents.js";
import { placesIn } from "./marks.js";
import { seen } from "./view.js";

/** Milliseconds that no frame has to wait for. */
const MOMENT = 5;

/**
 * Where the highlights are, in text order. Within a block it is told from the place in its words: a bar of a screen's
 * height shows no more than that, and nothing has to be laid out for it. What is folded away is where its fold is.
 * @param {Element} article
 * @param {Measured | null} before in an article of the same size only a block that has changed since is looked at
 * @returns {Measured} `isAlike`: nothing is anywhere else than before, as after most changes of a claim's words
 * @typedef {{width: number, height: number, blocks: Map<Element, {parts: object[], places: import("../text/overview.js").Seen[]}>, isAlike: boolean}} Measured
 */
export function measured(article, before = null) {
  const { top, width, height } = article.getBoundingClientRect();
  const isSame = width === before?.width && height === before.height;
  const blocks = Array.from(article.querySelectorAll("[data-o]"), (block) => {
    const [parts, known] = [partsOf(block), isSame ? before.blocks.get(block) : null];
    return [block, known?.parts === parts ? known : { parts, places: placesOn(block, parts, top) }];
  });
  const known = isSame ? [...before.blocks.values()] : [];
  const isAlike = known.length === blocks.length && blocks.every(([, { places }], i) => areAlike(places, known[i].places));
  return { width, height, blocks: new Map(blocks), isAlike };
}

/**
 * Reads for a moment what `measured` wants to know of the blocks: of a long article all at once would hold up a frame.
 * @param {Element} article
 * @returns {boolean} whether all of it is read
 */
export function readOn(article) {
  const end = performance.now() + MOMENT;
  return Array.from(article.querySelectorAll("[data-o]")).every((block) => partsOf(block) && performance.now() < end);
}

function areAlike(places, others) {
  if (places === others) return true;
  const isAlike = ({ claim, look, y }, i) => claim === others[i].claim && look === others[i].look && y === others[i].y;
  return places.length === others.length && places.every(isAlike);
}

function placesOn(block, parts, top) {
  if (!parts.length) return parts;
  const fold = block.closest("details:not([open])");
  const box = (fold ?? block).getBoundingClientRect();
  return parts.map(({ claim, look, part }) => ({ claim, look, y: box.top - top + (fold ? 0.5 : part) * box.height }));
}

/** How far down a block each of its highlights begins, from 0 to 1. */
const partsOf = remembering((block) => {
  const [first, length] = [Number(block.dataset.o), block.textContent.length || 1];
  return placesIn(block).map(({ claim, look, start }) => ({ claim, look, part: Math.min(1, Math.max(0, start - first) / length) }));
});

/**
 * What is seen of the article, in its own pixels.
 * @param {Element} article
 * @returns {{top: number, bottom: number, height: number}}
 */
export function seenOf(article) {
  const [box, view] = [article.getBoundingClientRect(), seen()];
  const within = (y) => Math.min(box.height, Math.max(0, y - box.top));
  return { top: within(view.top), bottom: within(view.bottom), height: box.height };
}

/**
 * Scroll so that a height of the article is in the middle of what is seen.
 * @param {Element} article
 * @param {number} y
 * @param {boolean} isHeld by a hand: then nothing may lag behind it
 */
export function scrollToHeight(article, y, isHeld) {
  const view = seen();
  const top = article.getBoundingClientRect().top + y - (view.top + view.bottom) / 2;
  const calm = isHeld || matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top, behavior: calm ? "instant" : "smooth" });
}
