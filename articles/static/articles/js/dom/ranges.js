/** Ranges of the page from places in blocks. */

/** Pixels kept free at the edges of the column. */
const EDGE = 8;

/**
 * @param {Element} first
 * @param {number} from UTF-16 index in the text of `first`
 * @param {Element} last
 * @param {number} to UTF-16 index in the text of `last`
 * @returns {Range}
 */
export function rangeBetween(first, from, last, to) {
  const range = new Range();
  range.setStart(...pointAt(first, from, true));
  range.setEnd(...pointAt(last, to, false));
  return range;
}

/** The text node and the place in it; between two nodes it is the beginning of the second or the end of the first. */
function pointAt(block, index, beginning) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && (index > node.length || (beginning && index === node.length))) {
    index -= node.length;
    node = walker.nextNode() ?? null;
  }
  return node ? [node, index] : [block, block.childNodes.length];
}

/**
 * Put an element under the last line of a range, where the hand is after selecting, within its parent's width.
 * @param {HTMLElement} element positioned at its parent's beginning, from which it is moved: nothing is laid out for that
 * @param {Range} range
 */
export function placeUnder(element, range) {
  const [line, frame] = [lastLine(range), element.parentElement.getBoundingClientRect()];
  const left = Math.min(line.left - frame.left, frame.width - element.offsetWidth - EDGE);
  element.style.translate = `${Math.max(left, EDGE)}px ${line.bottom - frame.top}px`;
}

/** Whether a mouse is held down on the text: the next thing it does may be to select, from where it is. */
export function isHeld() {
  return document.querySelector("text-selection")?.isHeld ?? false;
}

/**
 * The selected words; null when there are none. A browser lays the page out to tell.
 * @returns {Range | null}
 */
export function selected() {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  return range?.collapsed ? null : range;
}

/**
 * Select from start to end; a selection with a direction is extended at its end.
 * @param {Range} range
 */
export function select({ startContainer, startOffset, endContainer, endOffset }) {
  getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

function lastLine(range) {
  const boxes = Array.from(range.getClientRects()).filter((box) => box.width > 0);
  return boxes.at(-1) ?? range.getBoundingClientRect();
}
