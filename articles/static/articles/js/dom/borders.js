/** The borders of a highlight in the page: where they can go next, and where they are drawn. Offsets are code points. */

import { beyond, characters, ends, nearest, starts } from "../text/borders.js";
import { codePointOffset, utf16Offset } from "../text/code-points.js";
import { rangeOf, spanOf } from "./offsets.js";

/**
 * @typedef {"start" | "end"} Edge
 * @typedef {{start: number, end: number}} Borders
 */

/**
 * The words between two borders; null where there are none.
 * @param {Element} root
 * @param {Borders} borders
 */
export function spanBetween(root, { start, end }) {
  return start < end ? spanOf(rangeOf(root, start, end), root) : null;
}

/**
 * The offset to which a border goes by one step; undefined at the end of the text.
 * @param {Element} root
 * @param {Borders} borders
 * @param {Edge} edge
 * @param {number} direction 1 or -1
 * @param {boolean} [byCharacter] otherwise by word
 */
export function stepped(root, borders, edge, direction, byCharacter = false) {
  const blocks = [...root.querySelectorAll("[data-o]")].filter((block) => !block.closest("details:not([open])"));
  const at = blocks.findLastIndex((block) => Number(block.dataset.o) <= (edge === "start" ? borders.start : borders.end - 1));
  for (let i = at; blocks[i]; i += direction) {
    const text = blocks[i].textContent;
    const from = i === at ? utf16Offset(text, borders[edge] - Number(blocks[i].dataset.o)) : direction > 0 ? -1 : text.length + 1;
    const found = beyond(edgesOf(text, edge, byCharacter), from, direction);
    if (found !== undefined) return offsetOf(blocks[i], found);
  }
  return undefined;
}

/**
 * The offset of the place for a border that is nearest to a point of the window; undefined beside the text.
 * @param {Element} root
 * @param {number} x
 * @param {number} y
 * @param {Edge} edge
 * @param {boolean} byCharacter
 */
export function borderAt(root, x, y, edge, byCharacter) {
  const point = caretAt(x, y);
  const block = point && (point.node.parentElement ?? point.node).closest("[data-o]");
  if (!block || !root.contains(block)) return undefined;
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(point.node, point.offset);
  const found = nearest(edgesOf(block.textContent, edge, byCharacter), before.toString().length);
  return found === undefined ? undefined : offsetOf(block, found);
}

/**
 * Where a border stands in the window: the outer side of the first or the last character.
 * @param {Range} range
 * @param {Edge} edge
 * @returns {{x: number, top: number, bottom: number} | null} null while the words are folded away
 */
export function drawnAt(range, edge) {
  const boxes = Array.from(range.getClientRects()).filter((box) => box.width > 0);
  const box = edge === "start" ? boxes[0] : boxes.at(-1);
  if (!box) return null;
  const node = edge === "start" ? range.startContainer : range.endContainer;
  const isLeft = (edge === "start") !== (getComputedStyle(node.parentElement.closest("[data-o]")).direction === "rtl");
  return { x: isLeft ? box.left : box.right, top: box.top, bottom: box.bottom };
}

/**
 * What a highlight had before and has no more.
 * @param {Element} root
 * @param {Borders} before
 * @param {Borders} after
 * @returns {Range[]}
 */
export function dropped(root, before, after) {
  const parts = [
    [before.start, Math.min(before.end, after.start)],
    [Math.max(before.start, after.end), before.end],
  ];
  return parts.filter(([start, end]) => start < end).map(([start, end]) => rangeOf(root, start, end));
}

function edgesOf(text, edge, byCharacter) {
  if (byCharacter) return characters(text, edge);
  return edge === "start" ? starts(text) : ends(text);
}

function offsetOf(block, index) {
  return Number(block.dataset.o) + codePointOffset(block.textContent, index);
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint(x, y);
  return found && { node: found.startContainer, offset: found.startOffset };
}
