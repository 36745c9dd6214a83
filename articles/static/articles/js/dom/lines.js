/** The lines that a block is broken into on the screen, and where on them a caret stands. */

import { characterEdges, characterStep, isOfRightToLeft, isRightToLeft } from "../text/steps.js";
import { rangeBetween } from "./ranges.js";

/**
 * Where a caret stands: between two characters it is at the edge of the second.
 * @param {import("./blocks.js").Place} place
 * @returns {{x: number, top: number, bottom: number}} in pixels of the window
 */
export function caretBox({ block, index }) {
  const text = block.textContent;
  const isAfter = index >= text.length;
  const start = isAfter ? (characterStep(text, text.length, -1) ?? 0) : index;
  return edgeOfCharacter(block, text, start, characterStep(text, start, 1) ?? start, isAfter);
}

/**
 * The beginning and the end of the line on which a place is; the white space at which it is broken comes after its end.
 * @param {import("./blocks.js").Place} place
 * @returns {[number, number]}
 */
export function lineAround({ block, index }) {
  const [start, next] = boundsOf(block, index);
  const text = block.textContent;
  return [start, next < text.length && /\s/u.test(text[next - 1]) ? next - 1 : next];
}

/**
 * The place one line further or one before, as near to `x` as there is one; null beyond the blocks.
 * @param {HTMLElement[]} blocks
 * @param {import("./blocks.js").Place} place
 * @param {1 | -1} step
 * @param {number} x
 * @returns {import("./blocks.js").Place | null}
 */
export function lineStep(blocks, { block, index }, step, x) {
  const [start, next] = boundsOf(block, index);
  const length = block.textContent.length;
  if (step > 0 && next < length) return nearest(block, next, x);
  if (step < 0 && start > 0) return nearest(block, start - 1, x);
  const other = blocks[blocks.indexOf(block) + step];
  return other ? nearest(other, step > 0 ? 0 : other.textContent.length, x) : null;
}

/** Of the places of the line that holds an index, the one nearest to x. */
function nearest(block, index, x) {
  const [text, [start, end]] = [block.textContent, lineAround({ block, index })];
  const edges = characterEdges(text).filter((edge) => edge >= start && edge <= end);
  let [best, least] = [start, Infinity];
  edges.forEach((edge, i) => {
    const next = edges[i + 1] ?? characterStep(text, edge, 1);
    const box = next === null ? caretBox({ block, index: edge }) : edgeOfCharacter(block, text, edge, next, false);
    const distance = Math.abs(box.x - x);
    if (distance < least) [best, least] = [edge, distance];
  });
  return { block, index: best };
}

/** Where the line of an index begins, and where the next one does. Lines follow one another in the order of the text. */
function boundsOf(block, index) {
  const edges = characterEdges(block.textContent);
  const at = edges.findLastIndex((edge) => edge <= Math.min(index, edges.at(-2) ?? 0));
  const boxAt = (i) => boxOf(block, edges[i], edges[i + 1] ?? edges[i]);
  const own = boxAt(at);
  const middle = (own.top + own.bottom) / 2;
  const half = (own.bottom - own.top) / 2;
  const middleAt = (i) => (boxAt(i).top + boxAt(i).bottom) / 2;
  const first = firstWhere(0, at, (i) => middleAt(i) > middle - half);
  const beyond = firstWhere(at + 1, edges.length - 1, (i) => middleAt(i) > middle + half);
  return [edges[first], edges[beyond] ?? edges.at(-1)];
}

/** The first index from low to high, high excluded, of which something holds that holds of all after it; else high. */
function firstWhere(low, high, holds) {
  let [first, end] = [low, high];
  while (first < end) {
    const half = (first + end) >> 1;
    if (holds(half)) end = half;
    else first = half + 1;
  }
  return first;
}

function edgeOfCharacter(block, text, start, end, isAfter) {
  const box = boxOf(block, start, end);
  const letter = text.slice(start, end);
  const isRtl = /^\p{L}/u.test(letter) ? isOfRightToLeft(letter) : isRightToLeft(text) && !/^\p{N}/u.test(letter);
  return { x: isRtl === isAfter ? box.left : box.right, top: box.top, bottom: box.bottom };
}

function boxOf(block, start, end) {
  const range = rangeBetween(block, start, block, end);
  const boxes = Array.from(range.getClientRects()).filter((box) => box.height > 0);
  // The white space at which a line is broken has no width.
  return boxes.find((box) => box.width > 0) ?? boxes[0] ?? range.getBoundingClientRect();
}
