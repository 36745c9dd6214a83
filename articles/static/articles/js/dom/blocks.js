/** The blocks of a text and places in them: a block is an element with `data-o`, the offset of its first character. */

import { codePointOffset, utf16Offset } from "../text/code-points.js";

/**
 * A place between two characters; `index` is UTF-16 in the text of the block.
 * @typedef {{block: HTMLElement, index: number}} Place
 */

/**
 * The blocks that can be read: what is folded away is left out.
 * @param {Element} root
 * @returns {HTMLElement[]} in text order
 */
export function readBlocks(root) {
  return Array.from(root.querySelectorAll("[data-o]")).filter((block) => !block.closest("details:not([open])"));
}

/**
 * @param {HTMLElement[]} blocks
 * @param {number} offset code points in the version's text
 * @returns {Place} in the block that holds the offset, or at the end of the one before it
 */
export function placeAt(blocks, offset) {
  const block = blocks.findLast((one) => Number(one.dataset.o) <= offset) ?? blocks[0];
  const text = block.textContent;
  const index = utf16Offset(text, Math.max(0, offset - Number(block.dataset.o)));
  return { block, index: Math.min(index, text.length) };
}

/**
 * @param {Place} place
 * @returns {number} code points in the version's text
 */
export function offsetOf({ block, index }) {
  return Number(block.dataset.o) + codePointOffset(block.textContent, index);
}

/**
 * The place of a boundary point of the page; null when it is in no block.
 * @param {Node | null} node
 * @param {number} offset
 * @returns {Place | null}
 */
export function placeOf(node, offset) {
  const block = blockAround(node);
  if (!block) return null;
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return { block, index: before.toString().length };
}

/**
 * @param {Node | null} node
 * @returns {HTMLElement | null | undefined}
 */
export function blockAround(node) {
  return (node instanceof Element ? node : node?.parentElement)?.closest("[data-o]");
}
