/**
 * How a highlight will be, painted by the CSS Custom Highlight API while its borders move: what it has then, and what it
 * has no more. A browser without it shows the handles alone.
 */

const NAMES = ["borders-kept", "borders-dropped"];

/**
 * @param {Range[]} kept
 * @param {Range[]} dropped
 */
export function preview(kept, dropped) {
  [kept, dropped].forEach((ranges, i) => {
    if (ranges.length) CSS.highlights?.set(NAMES[i], new Highlight(...ranges));
    else CSS.highlights?.delete(NAMES[i]);
  });
}
