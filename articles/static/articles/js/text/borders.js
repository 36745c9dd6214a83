/** Where the borders of a span can stand in one block's text, in UTF-16 indexes. The twin of articles/text/borders.py. */

import { clustersOf } from "./clusters.js";
import { snapToGraphemes } from "./quote.js";
import { words } from "./words.js";

const RUN = /[^\t\n \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;

/**
 * Where a span may begin: at words, and at what stands before them without a space.
 * @param {string} text
 * @returns {number[]}
 */
export function startsIn(text) {
  return edges(text, [...words(text), ...stretches(text)].map(([start]) => start));
}

/**
 * Where a span may end: at words, and after what follows them without a space.
 * @param {string} text
 * @returns {number[]}
 */
export function endsIn(text) {
  return edges(text, [...words(text), ...stretches(text)].map(([, end]) => end));
}

/**
 * Every place between two characters, as a reader counts them, at which no white space is the outermost of the span.
 * @param {string} text
 * @param {"start" | "end"} edge
 * @returns {number[]}
 */
export function bordersAtCharacters(text, edge) {
  const all = Array.from(clustersOf(text), ({ index, segment }) => [index, segment]).filter(([, segment]) => /\S/.test(segment));
  return all.map(([index, segment]) => (edge === "start" ? index : index + segment.length));
}

/**
 * The first place beyond another in a direction.
 * @param {number[]} places in order
 * @param {number} from
 * @param {number} direction 1 or -1
 * @returns {number | undefined}
 */
export function nextIn(places, from, direction) {
  return direction > 0 ? places.find((place) => place > from) : places.findLast((place) => place < from);
}

/**
 * @param {number[]} places
 * @param {number} index
 * @returns {number | undefined}
 */
export function nearestIn(places, index) {
  return places.toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];
}

/** @returns {[number, number][]} */
function stretches(text) {
  return Array.from(text.matchAll(RUN), (run) => [run.index, run.index + run[0].length]);
}

function edges(text, found) {
  return [...new Set(found)].filter((index) => snapToGraphemes(text, index, index)[0] === index).sort((a, b) => a - b);
}
