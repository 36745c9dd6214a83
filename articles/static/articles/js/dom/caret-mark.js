/** The caret as it is seen: drawn at its place, and kept on the screen. */

import { caretBox } from "./lines.js";
import { rangeBetween } from "./ranges.js";
import { seen } from "./view.js";

/** Pixels of text kept in view above and below the caret, where the screen is high enough. */
const AROUND = 72;

/**
 * Put the drawn caret at a place of the text.
 * @param {HTMLElement} mark positioned in `frame`
 * @param {HTMLElement} frame
 * @param {import("./blocks.js").Place} place
 */
export function draw(mark, frame, place) {
  const [box, outer] = [caretBox(place), frame.getBoundingClientRect()];
  Object.assign(mark.style, {
    insetBlockStart: `${box.top - outer.top}px`,
    left: `${box.x - outer.left}px`,
    blockSize: `${box.bottom - box.top}px`,
  });
}

/**
 * Scroll until a place is clear of what covers the edges of the screen.
 * @param {import("./blocks.js").Place} place
 */
export function keepInView(place) {
  const [{ top, bottom }, view] = [caretBox(place), seen()];
  const around = Math.max(0, Math.min(AROUND, (view.bottom - view.top) / 2 - (bottom - top)));
  const above = top - view.top - around;
  const below = bottom - view.bottom + around;
  if (above < 0) scrollBy({ top: above, behavior: "instant" });
  else if (below > 0) scrollBy({ top: below, behavior: "instant" });
}

/**
 * Give the browser's own selection the same ends, in the same direction: what is done with selected words asks for it.
 * @param {import("./blocks.js").Place} from
 * @param {import("./blocks.js").Place} to
 * @param {boolean} isBack whether the caret is at its beginning
 */
export function selectBetween(from, to, isBack) {
  const { startContainer, startOffset, endContainer, endOffset } = isBack
    ? rangeBetween(to.block, to.index, from.block, from.index)
    : rangeBetween(from.block, from.index, to.block, to.index);
  if (isBack) getSelection().setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
  else getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}
