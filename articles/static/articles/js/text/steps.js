/**
 * Steps of a caret in one block's text, in UTF-16 indexes: to the next place, or to the one before with a step of -1;
 * null where the block has none. An index of -1 is before the text, and one beyond its length is after it.
 */

import { clustersOf } from "./clusters.js";
import { sentencesIn } from "./sentences.js";
import { words } from "./words.js";

/**
 * @param {string} text
 * @param {number} index
 * @param {1 | -1} step
 * @returns {number | null}
 */
export function characterStep(text, index, step) {
  const at = step > 0 ? index : index - 1;
  if (at < 0 || at >= text.length) return null;
  const cluster = clustersOf(text).containing(at);
  return step > 0 ? cluster.index + cluster.segment.length : cluster.index;
}

/**
 * Where the characters of a text begin, and its end.
 * @param {string} text
 * @returns {number[]}
 */
export function characterEdges(text) {
  return [...Array.from(clustersOf(text), ({ index }) => index), text.length];
}

/**
 * On to the end of a word, back to the beginning of one: what is passed with shift held is whole words.
 * @param {string} text
 * @param {number} index
 * @param {1 | -1} step
 * @returns {number | null}
 */
export function wordStep(text, index, step) {
  return beyond(words(text).map(([start, end]) => (step > 0 ? end : start)), index, step);
}

/**
 * On to the beginning of a sentence or, with shift held, to the end of one; back to the beginning of one.
 * @param {string} text
 * @param {number} index
 * @param {1 | -1} step
 * @param {boolean} extends_
 * @param {string} [language]
 * @returns {number | null}
 */
export function sentenceStep(text, index, step, extends_, language) {
  const edges = sentencesIn(text, language).map(([start, end]) => (step > 0 && extends_ ? end : start));
  return beyond(edges, index, step);
}

/** Whether a text is read from right to left: its first letter says so, as `unicode-bidi: plaintext` has it. */
export function isRightToLeft(text) {
  const [letter] = text.match(/\p{L}/u) ?? [""];
  return isOfRightToLeft(letter);
}

/** Whether a character is of a script that runs from right to left. */
export function isOfRightToLeft(character) {
  return /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u.test(character);
}

function beyond(edges, index, step) {
  const found = step > 0 ? edges.find((edge) => edge > index) : edges.findLast((edge) => edge < index);
  return found ?? null;
}
