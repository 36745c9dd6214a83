/** Sentences of the text as ranges, for selecting without a mouse; shift and the arrow keys then adjust the ends. */

import { sentencesIn } from "../text/sentences.js";
import { readBlocks } from "./blocks.js";
import { rangeBetween } from "./ranges.js";
import { seen } from "./view.js";

/**
 * The sentence that begins next after a range, or the one before it. A range of nothing is a caret, and the sentence in
 * which it stands is the next one.
 * @param {Element} root holds the blocks
 * @param {Range | null} from null: the first sentence that is on the screen
 * @param {1 | -1} step
 * @returns {Range | undefined}
 */
export function sentenceFrom(root, from, step) {
  const all = readBlocks(root).flatMap((block) => sentences(block, root.lang));
  if (!from) return all.find((range) => range.getBoundingClientRect().bottom > seen().top);
  if (from.collapsed && step > 0) return all.find((range) => range.compareBoundaryPoints(Range.START_TO_END, from) > 0);
  const beyond = (range) => range.compareBoundaryPoints(Range.START_TO_START, from) === step;
  return step > 0 ? all.find(beyond) : all.findLast(beyond);
}

function sentences(block, language) {
  return sentencesIn(block.textContent, language).map(([start, end]) => rangeBetween(block, start, block, end));
}
