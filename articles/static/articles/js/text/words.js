/** Words of one block's text, in UTF-16 indexes. The twin of the words in articles/text/offsets.py. */

import { snapToGraphemes } from "./quote.js";

// Unicode's UAX 29 without its dictionaries, which differ from browser to browser: an ideograph or a
// hiragana is a word of its own, letters and digits run together, "don't" and "80,000" are single words.
const IDEOGRAPH = "[\\p{Script=Han}\\p{Script=Hiragana}]";
const PART = `(?:(?!${IDEOGRAPH})[\\p{L}\\p{M}\\p{N}\\p{Pc}\\u00ad\\u200c\\u200d])`;
const JOINT = "(?:['’.·׳״](?=\\p{L})|(?<=\\p{N})['’.,](?=\\p{N}))";
const WORD = new RegExp(
  `${IDEOGRAPH}[\\p{M}\\u200d]*|(?!${IDEOGRAPH})[\\p{L}\\p{N}_]${PART}*(?:${JOINT}${PART}+)*`,
  "gu",
);

/**
 * @param {string} text
 * @returns {[number, number][]}
 */
export function words(text) {
  return Array.from(text.matchAll(WORD), (word) => [word.index, word.index + word[0].length]);
}

/**
 * The range grown to whole words and whole grapheme clusters.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function snapToWords(text, start, end) {
  const [from, to] = snapToGraphemes(text, start, end);
  return snapToGraphemes(text, wordAround(text, from)[0], wordAround(text, to)[1]);
}

/** The word that an index is inside of; else nothing, at the index. Spaces, which no word has, bound where it is sought. */
function wordAround(text, index) {
  const from = text.lastIndexOf(" ", index - 1) + 1;
  const near = words(text.slice(from, `${text} `.indexOf(" ", index)));
  const [start, end] = near.find(([a, b]) => from + a < index && index < from + b) ?? [index - from, index - from];
  return [from + start, from + end];
}
