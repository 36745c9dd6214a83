/**
 * The highlights that are in the text, whichever way it holds them: as `mark` elements, or, in an article with very many,
 * as `data-spans` of a block, which are painted without elements. A block is an element with `data-o`.
 */

import { codePointOffset, countCodePoints, utf16Offset } from "../text/code-points.js";
import { readSpans, shortestFirst, STANCES } from "../text/spans.js";
import { rangeBetween } from "./ranges.js";

/**
 * What of a claim stands in one block: `[start, end)` in code points of the version's text.
 * @typedef {import("../text/spans.js").Place} Place
 */

/**
 * Whether the article holds its highlights as data.
 * @param {Element} root holds the article, or is it
 */
export function isFlat(root) {
  return root.matches("[data-flat]") || root.querySelector("article[data-flat]") !== null;
}

/**
 * What stands in a block, in text order, the longer before the shorter.
 * @param {HTMLElement} block
 * @returns {Place[]}
 */
export function placesIn(block) {
  if ("spans" in block.dataset) return readSpans(block.dataset.spans);
  const own = looksOf(block);
  // What began in a block before has its link there.
  const lookOf = (claim) => own.get(claim) ?? lookOfLink(block.closest("article")?.querySelector(`.no[data-claim="${claim}"]`));
  return placesOfMarks(block, lookOf);
}

/**
 * Every place of every claim, block by block. Blocks without any are left out.
 * @param {Element} root
 * @returns {{block: HTMLElement, places: Place[]}[]}
 */
export function placesByBlock(root) {
  if (isFlat(root)) return Array.from(root.querySelectorAll("[data-spans]"), (block) => ({ block, places: placesIn(block) }));
  const looks = looksOf(root);
  return blocksOf(root.querySelectorAll("mark")).map((block) => ({ block, places: placesOfMarks(block, (claim) => looks.get(claim)) }));
}

/**
 * Where a claim stands, as ranges of the page, each within one block.
 * @param {Element} root
 * @param {string} claim
 * @returns {Range[]}
 */
export function rangesOf(root, claim) {
  const isWanted = (place) => place.claim === claim;
  const blocks = isFlat(root)
    ? [...root.querySelectorAll(`[data-spans*="${claim}"]`)]
    : blocksOf(root.querySelectorAll(`mark[data-claims~="${claim}"]`));
  return blocks.flatMap((block) => placesIn(block).filter(isWanted).map((place) => rangeIn(block, place)));
}

/**
 * What is to be said of each claim in the text, in the order in which they stand there; evidence has no number.
 * @param {Element} root
 * @returns {Map<string, {number: number | null, look: string, quote: () => string}>}
 */
export function claimsOf(root) {
  const [found, numbers] = [new Map(), new Map()];
  for (const { block, places } of placesByBlock(root))
    for (const { claim, look, start, end } of places) {
      if (!STANCES.has(look) && !numbers.has(claim)) numbers.set(claim, numbers.size + 1);
      if (!found.has(claim)) found.set(claim, { look, quote: () => rangeIn(block, { start, end }).toString() });
    }
  for (const [claim, said] of found) said.number = numbers.get(claim) ?? null;
  return found;
}

/**
 * The claims at a place of the mouse or a finger, the shortest first; none beside the words.
 * @param {MouseEvent} event
 * @returns {string[]}
 */
export function claimsAt({ target, clientX, clientY }) {
  const block = target.closest?.("[data-o]");
  if (!block) return [];
  if (!("spans" in block.dataset)) return claimsOn(target.closest("mark"));
  const place = characterAt(block, clientX, clientY);
  return place === null ? [] : claimsAtOffset(block, place);
}

/**
 * The claims at a place of the caret, the shortest first: those that the character after it has, else the one before.
 * @param {Node} node
 * @param {number} index
 * @returns {string[]}
 */
export function claimsAtCaret(node, index) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-o]");
  if (!block) return [];
  const offset = offsetIn(block, node, index);
  const after = claimsAtOffset(block, offset);
  return after.length ? after : claimsAtOffset(block, offset - 1);
}

/**
 * The claims on the character at an offset of the version's text, the shortest first.
 * @param {HTMLElement} block
 * @param {number} offset
 */
export function claimsAtOffset(block, offset) {
  const here = placesIn(block).filter(({ start, end }) => start <= offset && offset < end);
  return [...new Set(shortestFirst(here).map(({ claim }) => claim))];
}

/**
 * The range of the page for what stands in a block.
 * @param {HTMLElement} block
 * @param {{start: number, end: number}} place cut at the block's edges
 * @returns {Range}
 */
export function rangeIn(block, { start, end }) {
  const [text, first] = [block.textContent, Number(block.dataset.o)];
  const [from, to] = [start - first, end - first].map((offset) => utf16Offset(text, Math.max(0, offset)));
  return rangeBetween(block, from, block, Math.min(to, text.length));
}

/** Of marks in text order; what has no block is no highlight of the article. */
function blocksOf(marks) {
  const blocks = new Set(Array.from(marks, (mark) => mark.closest("[data-o]")));
  blocks.delete(null);
  return [...blocks];
}

/** Two highlights of one claim that touch are one place. */
function placesOfMarks(block, lookOf) {
  const [walker, found, last] = [document.createTreeWalker(block, NodeFilter.SHOW_TEXT), [], new Map()];
  let at = Number(block.dataset.o);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + countCodePoints(node.data);
    for (const claim of claimsOn(markOf(node, block))) {
      if (last.get(claim)?.end === at) last.get(claim).end = end;
      else last.set(claim, found[found.push({ start: at, end, claim, look: lookOf(claim) ?? "" }) - 1]);
    }
    at = end;
  }
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** The claims of a mark, the shortest first. */
function claimsOn(mark) {
  return mark ? mark.getAttribute("data-claims").split(" ") : [];
}

function markOf(node, block) {
  const parent = node.parentElement;
  return parent === block ? null : parent.closest("mark");
}

/** A mark has the look of its shortest claim; each other claim's own is that of its link, where it begins. */
function looksOf(root) {
  return new Map(Array.from(root.querySelectorAll(".no"), (link) => [link.getAttribute("data-claim"), lookOfLink(link)]));
}

function lookOfLink(link) {
  const own = link?.getAttribute("data-status") ?? link?.getAttribute("data-stance");
  return own ?? link?.parentElement.getAttribute("data-status");
}

function characterAt(block, x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (!caret || !block.contains(caret.offsetNode) || caret.offsetNode.nodeType !== Node.TEXT_NODE) return null;
  // The caret is beside the character that was met, and also at the end of a line when the paper beside it was.
  const { offsetNode: node, offset } = caret;
  const index = [offset, offset - 1].find((one) => isMet(node, one, x, y));
  return index === undefined ? null : offsetIn(block, node, index);
}

function isMet(node, index, x, y) {
  if (index < 0 || index >= node.length) return false;
  const character = new Range();
  character.setStart(node, index);
  character.setEnd(node, index + 1);
  // The place of a click is in whole pixels, rounded down.
  return Array.from(character.getClientRects()).some((box) => x >= box.left - 1 && x <= box.right && y >= box.top - 1 && y <= box.bottom);
}

function offsetIn(block, node, index) {
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(node, index);
  return Number(block.dataset.o) + codePointOffset(block.textContent, before.toString().length);
}
