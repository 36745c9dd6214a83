/** Sentences of one block's text, in UTF-16 indexes, as the browser tells them apart. */

import { trim } from "./quote.js";

/** Made once for each language: making one takes longer than cutting a paragraph. */
const segmenters = new Map();

/**
 * @param {string} text
 * @param {string} [language] of the text, as in its `lang`
 * @returns {[number, number][]} without the white space between them
 */
export function sentencesIn(text, language) {
  const pieces = Array.from(segmenterOf(language).segment(text), ({ index, segment }) => trim(text, index, index + segment.length));
  return pieces.filter(([start, end]) => start < end);
}

function segmenterOf(language = "") {
  if (!segmenters.has(language)) segmenters.set(language, new Intl.Segmenter(language || undefined, { granularity: "sentence" }));
  return segmenters.get(language);
}
