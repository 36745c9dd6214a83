/** Ranges of one block's text, in UTF-16 indexes. The twin of articles/text/offsets.py. */

import { clustersOf } from "./clusters.js";

const WHITE = "[\\t\\n \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]*";
const LEADING = new RegExp(`^${WHITE}`);
const ALL_WHITE = new RegExp(`^${WHITE}$`);

/**
 * The range without white space at both ends; a range of white space becomes empty, at its start.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function trim(text, start, end) {
  const inside = text.slice(start, end);
  if (ALL_WHITE.test(inside)) return [start, start];
  const from = start + LEADING.exec(inside)[0].length;
  let to = end;
  while (ALL_WHITE.test(text[to - 1])) to -= 1;
  return [from, to];
}

/**
 * The range grown to whole grapheme clusters: what a reader takes for one character is never divided.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function snapToGraphemes(text, start, end) {
  const segments = clustersOf(text);
  const first = segments.containing(start);
  const last = segments.containing(end);
  const from = first ? first.index : start;
  const to = last && last.index < end ? last.index + last.segment.length : end;
  return [from, to];
}

/**
 * The quoted words with up to `length` units of the text before and after, cut between clusters.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {number} [length]
 * @returns {{prefix: string, quote: string, suffix: string}}
 */
export function context(text, start, end, length = 32) {
  const [from, to] = snapToGraphemes(text, Math.max(0, start - length), Math.min(text.length, end + length));
  return { prefix: text.slice(from, start), quote: text.slice(start, end), suffix: text.slice(end, to) };
}
