/** The numbers of claims: 1 for the claim that stands first in the text, and so on. */

/**
 * Each link whose number is not that of its claim, with the number that is.
 * @param {Iterable<HTMLElement>} links in text order; a claim has a link at each of its places
 * @returns {[HTMLElement, string][]}
 */
export function changedNumbers(links) {
  // After each change all links of the article are asked, and a `dataset` is slow to ask.
  const [numbers, changed] = [new Map(), []];
  for (const link of links) {
    const claim = link.getAttribute("data-claim");
    if (!numbers.has(claim)) numbers.set(claim, String(numbers.size + 1));
    if (link.getAttribute("data-no") !== numbers.get(claim)) changed.push([link, numbers.get(claim)]);
  }
  return changed;
}
