/**
 * From a range in the page to code points of a version's text. A block is an element with `data-o`, the offset of its
 * first character; its text content is exactly the block's text. `root` holds all the blocks, in text order.
 */

import { codePointOffset, utf16Offset } from "../text/code-points.js";
import { snapToGraphemes, trim } from "../text/quote.js";
import { rangeBetween } from "./ranges.js";

/** What the text has between two blocks. */
const GAP = "\n\n";

/**
 * @typedef {object} Span
 * @property {number} start code points in the version's text
 * @property {number} end
 * @property {string} quote the words from start to end, with a gap between blocks
 * @property {Range} range the same words in the page
 */

/**
 * The words that a range covers, to whole characters and without white space at the ends; null when there are none.
 * @param {Range} range
 * @param {Element} root
 * @param {(text: string, start: number, end: number) => [number, number]} [grow] to whole characters, or to more
 * @returns {Span | null}
 */
export function spanOf(range, root, grow = snapToGraphemes) {
  const blocks = blocksIn(range, root);
  if (!blocks.length) return null;
  const texts = blocks.map((block) => block.textContent);
  const text = texts.join(GAP);
  const last = texts.length - 1;
  const from = indexIn(blocks[0], range.startContainer, range.startOffset) ?? 0;
  const to = text.length - texts[last].length + (indexIn(blocks[last], range.endContainer, range.endOffset) ?? texts[last].length);
  const [start, end] = snapped(text, from, to, grow);
  if (start === end) return null;
  const [first, final] = [place(texts, start), place(texts, end)];
  return {
    start: offsetAt(blocks[first.block], first.index),
    end: offsetAt(blocks[final.block], final.index),
    quote: text.slice(start, end),
    range: rangeBetween(blocks[first.block], first.index, blocks[final.block], final.index),
  };
}

/**
 * The range of the page that shows `[start, end)` of the version's text.
 * @param {Element} root
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(root, start, end) {
  const blocks = [...root.querySelectorAll("[data-o]")];
  const [first, last] = [start, end - 1].map((offset) => blocks.findLast((block) => Number(block.dataset.o) <= offset));
  return rangeBetween(first, indexOf(first, start), last, indexOf(last, end));
}

/** Most ranges are within one block; to look at all takes as long as all else that is done with a selection. */
function blocksIn(range, root) {
  const within = range.commonAncestorContainer;
  const own = (within.closest ? within : within.parentElement).closest("[data-o]");
  if (own) return [own];
  return Array.from(root.querySelectorAll("[data-o]")).filter((block) => range.intersectsNode(block));
}

/** How much of a block's text stands before a boundary point, in UTF-16; undefined when the point is outside. */
function indexIn(block, container, offset) {
  if (!block.contains(container)) return undefined;
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(container, offset);
  return before.toString().length;
}

function snapped(text, from, to, grow) {
  const [start, end] = trim(text, from, to);
  return start === end ? [start, end] : grow(text, start, end);
}

/** The block and the place in it of an index of the joined texts. */
function place(texts, index) {
  let block = 0;
  while (index > texts[block].length) index -= texts[block++].length + GAP.length;
  return { block, index };
}

function offsetAt(block, index) {
  return Number(block.dataset.o) + codePointOffset(block.textContent, index);
}

function indexOf(block, offset) {
  return utf16Offset(block.textContent, offset - Number(block.dataset.o));
}
