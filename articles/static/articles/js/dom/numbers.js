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

/**
 * Give the links of a block the numbers of those in whose place they come.
 * @param {Element} before
 * @param {Element} after
 * @returns {boolean} false, and nothing is done, when other claims stand there than before
 */
export function takeNumbers(before, after) {
  const [links, found] = [before, after].map((block) => [...block.querySelectorAll(".no[data-no]")]);
  const isSame = (link, i) => link.getAttribute("data-claim") === links[i]?.getAttribute("data-claim");
  if (links.length !== found.length || !found.every(isSame)) return false;
  found.forEach((link, i) => writeNumber(link, links[i].getAttribute("data-no")));
  return true;
}

/**
 * @param {HTMLElement} link
 * @param {string} number
 */
export function writeNumber(link, number) {
  link.ariaLabel = link.ariaLabel.replace(/\d+/, number);
  link.dataset.no = number;
}
