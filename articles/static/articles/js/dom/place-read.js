/** Which block of the text is being read, as far as the screen tells. */

import { isSeen, seen } from "./view.js";

/** Where in the window a reader's eye may be, from its top: the first place with a block counts. */
const LOOKED_AT = [0.33, 0.4, 0.26, 0.5, 0.2, 0.6, 0.1, 0.8];

/**
 * The block of what is in hand, as long as it is on the screen, or that in the upper part of the screen.
 * @param {Element} text
 * @param {string} claim in hand, or empty
 * @returns {HTMLElement | null}
 */
export function blockRead(text, claim) {
  const mark = claim && text.querySelector(`mark[data-claims~="${claim}"]`);
  if (mark && isSeen(mark)) return mark.closest("[data-o]");
  const [{ top, bottom }, { left, width }] = [seen(), text.getBoundingClientRect()];
  for (const part of LOOKED_AT) {
    const block = at(left + width / 2, top + (bottom - top) * part);
    if (block && text.contains(block)) return block;
  }
  return null;
}

function at(x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-o]");
}
