/** Highlights as a caret meets them: whole, also where they run across blocks. */

import { STANCES } from "../text/spans.js";
import { offsetOf, placeOf, readBlocks } from "./blocks.js";
import { claimsAtOffset, isFlat, placesByBlock, placesIn, rangesOf } from "./marks.js";

/**
 * The claims at a place of the caret, the shortest first: those on the character after it, else on the one before.
 * @param {import("./blocks.js").Place} place
 * @returns {string[]}
 */
export function claimsAtPlace(place) {
  const offset = offsetOf(place);
  const after = claimsAtOffset(place.block, offset);
  return after.length ? after : claimsAtOffset(place.block, offset - 1);
}

/**
 * The whole of the claim's highlight that touches an offset; null when none does.
 * @param {Element} root
 * @param {string} claim
 * @param {number} offset
 * @returns {[number, number] | null} code points of the version's text
 */
export function highlightAround(root, claim, offset) {
  const whole = highlights(root, claim);
  return whole.find(([start, end]) => start <= offset && offset < end) ?? whole.find(([, end]) => end === offset) ?? null;
}

/**
 * The claim after another in the text, or before it; from no claim it is the first one, or the last.
 * @param {Element} root
 * @param {string} claim
 * @param {1 | -1} step
 * @returns {{claim: string, start: number} | undefined}
 */
export function claimBeside(root, claim, step) {
  const places = claimPlaces(root);
  const claims = [...new Set(places.map((place) => place.claim))];
  const at = claims.indexOf(claim);
  const ahead = step > 0 ? claims.slice(at + 1) : claims.slice(0, at < 0 ? claims.length : at).reverse();
  const next = ahead.find(fits());
  const found = places.find((place) => place.claim === next);
  return found && { claim: next, start: found.start() };
}

/**
 * The first highlight that begins beyond an offset, in the direction of the step.
 * @param {Element} root
 * @param {number} at
 * @param {1 | -1} step
 * @returns {{claim: string, start: number} | undefined}
 */
export function highlightBeside(root, at, step) {
  const isFitting = fits();
  const places = claimPlaces(root).filter((place) => isFitting(place.claim));
  let [low, high] = [0, places.length];
  while (low < high) {
    const half = (low + high) >> 1;
    if (places[half].start() > (step > 0 ? at : at - 1)) high = half;
    else low = half + 1;
  }
  const found = places[step > 0 ? low : low - 1];
  return found && { claim: found.claim, start: found.start() };
}

/**
 * Where a claim stands first; null when it does not.
 * @param {Element} root
 * @param {string} claim
 * @returns {number | null}
 */
export function firstOffsetOf(root, claim) {
  const [range] = claim ? rangesOf(root, claim) : [];
  return range ? offsetOf(placeOf(range.startContainer, range.startOffset)) : null;
}

/** Of a filtered list only what fits is stepped through; the panel says what that is. */
function fits() {
  const fitting = document.querySelector("#panel .fitting")?.value.split(" ");
  return fitting ? (claim) => fitting.includes(claim) : () => true;
}

/** Every place where a claim begins to stand, in text order; evidence is no place of a claim. */
function claimPlaces(root) {
  if (!isFlat(root)) return Array.from(root.querySelectorAll(".no[data-no]"), placeOfLink);
  const places = placesByBlock(root).flatMap((one) => one.places);
  return places.filter(({ look }) => !STANCES.has(look)).map(({ claim, start }) => ({ claim, start: () => start }));
}

function placeOfLink(link) {
  return { claim: link.dataset.claim, start: () => offsetOf(placeOf(link, 0)) };
}

/** The parts in one block after the other that touch are one highlight. */
function highlights(root, claim) {
  const found = [];
  const blocks = readBlocks(root);
  blocks.forEach((block, i) => {
    for (const { start, end } of placesIn(block).filter((place) => place.claim === claim)) {
      const last = found.at(-1);
      const before = i && lastOffset(blocks[i - 1]);
      if (last && last[1] === before && start === Number(block.dataset.o)) last[1] = end;
      else if (!last || start >= last[1] || end > last[1]) found.push([start, end]);
    }
  });
  return found;
}

function lastOffset(block) {
  return offsetOf({ block, index: block.textContent.length });
}
