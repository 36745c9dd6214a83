/** The numbers of claims: 1 for the claim that stands first in the text, and so on. */

import { remembering } from "./contents.js";

/**
 * Each link whose number is not that of its claim, with the number that is.
 * @param {Iterable<Element>} blocks in text order; a claim has a link at each of its places
 * @returns {[Link, number][]}
 * @typedef {{link: HTMLElement, claim: string, number: number}} Link
 */
export function changedNumbers(blocks) {
  const [numbers, changed] = [new Map(), []];
  for (const block of blocks) {
    for (const one of linksIn(block)) {
      if (!numbers.has(one.claim)) numbers.set(one.claim, numbers.size + 1);
      if (one.number !== numbers.get(one.claim)) changed.push([one, numbers.get(one.claim)]);
    }
  }
  return changed;
}

/** After each change all links of the article are asked, and attributes are slow to ask; numbers are written only here. */
const linksIn = remembering((block) => Array.from(block.querySelectorAll(".no[data-no]"), readLink));

function readLink(link) {
  return { link, claim: link.dataset.claim, number: Number(link.dataset.no) };
}

/**
 * Give the links of a block the numbers that their claims have in the block in whose place it comes.
 * @param {Element} before
 * @param {Element} after
 * @returns {boolean} whether the same claims stand in both
 */
export function takeNumbers(before, after) {
  const [links, found] = [linksIn(before), linksIn(after)];
  const numbers = new Map(links.map(({ claim, number }) => [claim, number]));
  for (const one of found) if (numbers.has(one.claim)) writeNumber(one, numbers.get(one.claim));
  return links.length === found.length && found.every(({ claim }, i) => claim === links[i].claim);
}

/**
 * @param {Link} one
 * @param {number} number
 */
export function writeNumber(one, number) {
  one.number = number;
  one.link.ariaLabel = one.link.ariaLabel.replace(/\d+/, number);
  one.link.dataset.no = number;
}
