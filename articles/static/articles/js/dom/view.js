/** What is seen of the page: without its fixed head, and without the sheet at the foot of a narrow screen. */

/** @returns {{top: number, bottom: number}} in pixels of the window */
export function seen() {
  const { scrollPaddingBlockStart: head, scrollPaddingBlockEnd: foot } = getComputedStyle(document.documentElement);
  return { top: parseFloat(head) || 0, bottom: innerHeight - (parseFloat(foot) || 0) };
}

/** @param {Element} element */
export function isSeen(element) {
  const [box, view] = [element.getBoundingClientRect(), seen()];
  return box.bottom > view.top && box.top < view.bottom;
}

/**
 * Bring something to the middle of what is seen, unless it is there already.
 * @param {Element | undefined} element
 * @param {Element | Range} [part] of it, that is meant
 */
export function bringIntoView(element, part = element) {
  if (!element) return;
  element.closest("details")?.setAttribute("open", "");
  const [box, view] = [part.getBoundingClientRect(), seen()];
  if (box.top < view.top || box.bottom > view.bottom) element.scrollIntoView({ block: "center" });
}

/**
 * Bring something to a place of what scrolls it, and move nothing else: `scrollIntoView` moves the page as well, and with
 * it the text under whoever reads it.
 * @param {Element} scroller
 * @param {Element} element
 * @param {"start" | "center" | "nearest"} place
 */
export function scrollWithin(scroller, element, place) {
  const { scrollPaddingBlockStart: head, scrollPaddingBlockEnd: foot } = getComputedStyle(scroller);
  const [box, view] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const above = box.top - view.top - (parseFloat(head) || 0);
  const below = box.bottom - view.bottom + (parseFloat(foot) || 0);
  const nearest = above < 0 ? above : Math.max(0, Math.min(above, below));
  scroller.scrollBy({ top: { start: above, center: (above + below) / 2, nearest }[place], behavior: "instant" });
}
