/** Sentences of one block's text, in UTF-16 indexes, as the browser tells them apart. */

import { trim } from "./quote.js";

/**
 * @param {string} text
 * @param {string} [language] of the text, as in its `lang`
 * @returns {[number, number][]} without the white space between them
 */
export function sentencesIn(text, language) {
  const segmenter = new Intl.Segmenter(language || undefined, { granularity: "sentence" });
  const pieces = Array.from(segmenter.segment(text), ({ index, segment }) => trim(text, index, index + segment.length));
  return pieces.filter(([start, end]) => start < end);
}
