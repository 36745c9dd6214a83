/** The caret in a text that is read and not typed in: where it was clicked, or where a selection begins. */

import { codePointOffset } from "../text/code-points.js";

/**
 * Code points of the element's text before the caret; 0 when there is no caret inside.
 * @param {Element} element
 * @returns {number}
 */
export function caretIn(element) {
  const selection = getSelection();
  if (!selection.rangeCount) return 0;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!element.contains(startContainer)) return 0;
  const before = new Range();
  before.setStart(element, 0);
  before.setEnd(startContainer, startOffset);
  return codePointOffset(element.textContent, before.toString().length);
}
