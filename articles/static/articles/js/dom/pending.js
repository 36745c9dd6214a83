/**
 * What is painted by the CSS Custom Highlight API: spans that were sent and are not yet answered ("pending"), words that a
 * selection takes ("snapped"), words that were sought. Nothing in the document changes, so offsets stay what they are. A
 * browser without it shows a mark when the answer comes.
 */

const NAME = "pending";

/**
 * @param {Range} range
 * @param {string} [name] under which the stylesheet knows it
 */
export function paint(range, name = NAME) {
  if (!CSS.highlights) return;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  CSS.highlights.get(name).add(range);
}

/**
 * @param {Range} range
 * @param {string} [name]
 */
export function erase(range, name = NAME) {
  CSS.highlights?.get(name)?.delete(range);
}
