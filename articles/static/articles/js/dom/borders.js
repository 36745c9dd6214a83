/** The borders of a highlight in the page: where they can go next, and where they are drawn. Offsets are code points. */

import { bordersAtCharacters, endsIn, nearestIn, nextIn, startsIn } from "../text/borders.js";
import { utf16Offset } from "../text/code-points.js";
import { isRightToLeft } from "../text/steps.js";
import { offsetOf, placeOf, readBlocks } from "./blocks.js";
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
  const blocks = readBlocks(root);
  const at = blocks.findLastIndex((block) => Number(block.dataset.o) <= (edge === "start" ? borders.start : borders.end - 1));
  for (let i = at; blocks[i]; i += direction) {
    const text = blocks[i].textContent;
    const from = i === at ? utf16Offset(text, borders[edge] - Number(blocks[i].dataset.o)) : direction > 0 ? -1 : text.length + 1;
    const found = nextIn(edgesOf(text, edge, byCharacter), from, direction);
    if (found !== undefined) return offsetOf({ block: blocks[i], index: found });
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
  const point = pointUnder(x, y);
  const place = point && placeOf(point.node, point.offset);
  if (!place || !root.contains(place.block)) return undefined;
  const index = nearestIn(edgesOf(place.block.textContent, edge, byCharacter), place.index);
  return index === undefined ? undefined : offsetOf({ block: place.block, index });
}

/**
 * Where a border stands in the window: the outer side of the first or the last character.
 * @param {Range} range
 * @param {Edge} edge
 * @returns {{x: number, top: number, bottom: number, side: string} | null} null while the words are folded away
 */
export function drawnAt(range, edge) {
  const boxes = Array.from(range.getClientRects()).filter((box) => box.width > 0);
  const box = edge === "start" ? boxes[0] : boxes.at(-1);
  if (!box) return null;
  const node = edge === "start" ? range.startContainer : range.endContainer;
  const isLeft = (edge === "start") !== isRightToLeft(node.parentElement.closest("[data-o]").textContent);
  return { x: isLeft ? box.left : box.right, top: box.top, bottom: box.bottom, side: isLeft ? "left" : "right" };
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
  if (byCharacter) return bordersAtCharacters(text, edge);
  return edge === "start" ? startsIn(text) : endsIn(text);
}

function pointUnder(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint(x, y);
  return found && { node: found.startContainer, offset: found.startOffset };
}
