/**
 * Spans that were sent and are not yet answered, painted by the CSS Custom Highlight API: nothing in the document
 * changes, so offsets stay what they are. A browser without it shows the mark when the answer comes.
 */

const NAME = "pending";

/** @param {Range} range */
export function paint(range) {
  if (!CSS.highlights) return;
  if (!CSS.highlights.has(NAME)) CSS.highlights.set(NAME, new Highlight());
  CSS.highlights.get(NAME).add(range);
}

/** @param {Range} range */
export function erase(range) {
  CSS.highlights?.get(NAME)?.delete(range);
}
