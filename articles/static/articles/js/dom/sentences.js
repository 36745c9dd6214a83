/** Sentences of the text as ranges, for selecting without a mouse; shift and the arrow keys then adjust the ends. */

import { sentencesIn } from "../text/sentences.js";
import { blockAround, readBlocks } from "./blocks.js";
import { rangeBetween } from "./ranges.js";
import { seen } from "./view.js";

/**
 * The sentence that begins next after a range, or the one before it. A range of nothing is a caret, and the sentence in
 * which it stands is the next one. Of a long text only the blocks on the way are cut into sentences.
 * @param {Element} root holds the blocks
 * @param {Range | null} from null: the first sentence that is on the screen
 * @param {1 | -1} step
 * @returns {Range | undefined}
 */
export function sentenceFrom(root, from, step) {
  const blocks = readBlocks(root);
  if (!from) return firstOnScreen(blocks, root.lang);
  const at = indexAt(blocks, from);
  if (step < 0) return lastIn(blocks.slice(0, at + 1), root.lang, (one) => one.compareBoundaryPoints(Range.START_TO_START, from) < 0);
  const how = from.collapsed ? Range.START_TO_END : Range.START_TO_START;
  return firstIn(blocks.slice(at), root.lang, (one) => one.compareBoundaryPoints(how, from) > 0);
}

/** Of the block in which a range begins, or of the one after that place. */
function indexAt(blocks, range) {
  const at = blocks.indexOf(blockAround(range.startContainer));
  if (at >= 0) return at;
  const next = blocks.findIndex((block) => range.comparePoint(block, block.childNodes.length) >= 0);
  return next < 0 ? blocks.length : next;
}

function firstIn(blocks, language, isWanted) {
  for (const block of blocks) {
    const found = sentences(block, language).find(isWanted);
    if (found) return found;
  }
}

function lastIn(blocks, language, isWanted) {
  for (const block of blocks.toReversed()) {
    const found = sentences(block, language).findLast(isWanted);
    if (found) return found;
  }
}

function firstOnScreen(blocks, language) {
  const { top } = seen();
  const isBelowTop = (place) => place.getBoundingClientRect().bottom > top;
  return firstIn(blocks.filter(isBelowTop), language, isBelowTop);
}

function sentences(block, language) {
  return sentencesIn(block.textContent, language).map(([start, end]) => rangeBetween(block, start, block, end));
}
