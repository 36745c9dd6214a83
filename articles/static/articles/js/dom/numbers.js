/** The numbers of claims: 1 for the claim that stands first in the text, and so on. */

/**
 * Each link whose number is not that of its claim, with the number that is.
 * @param {Iterable<HTMLElement>} links in text order; a claim has a link at each of its places
 * @returns {[HTMLElement, string][]}
 */
export function changedNumbers(links) {
  const numbers = new Map();
  for (const { dataset } of links) if (!numbers.has(dataset.claim)) numbers.set(dataset.claim, String(numbers.size + 1));
  const pairs = Array.from(links, (link) => [link, numbers.get(link.dataset.claim)]);
  return pairs.filter(([link, number]) => link.dataset.no !== number);
}
