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
