import { readSpans, writeSpans } from "../text/spans.js";

/**
 * Let the highlights step back that do not fit a filter. The page came like that; this is for what changes later.
 * @param {Element} root
 * @param {Set<string> | null} fitting null: there is no filter
 */
export function stepBack(root, fitting) {
  const isFaint = (claims) => fitting !== null && !claims.some((claim) => fitting.has(claim));
  for (const mark of root.querySelectorAll("mark")) setFaint(mark, isFaint(mark.dataset.claims.split(" ")));
  for (const block of root.querySelectorAll("[data-spans]")) {
    const places = readSpans(block.dataset.spans).map((place) => ({ ...place, isFaint: isFaint([place.claim]) }));
    block.dataset.spans = writeSpans(places);
  }
  for (const link of root.querySelectorAll(".no")) setFaint(link, isFaint([link.dataset.claim]));
}

function setFaint(element, faint) {
  if ("faint" in element.dataset !== faint) element.toggleAttribute("data-faint", faint);
}
