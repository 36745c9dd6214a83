/** What a click or Enter in the text means: one claim, some to choose from, or both. */

import { claimsAt, placesIn } from "./marks.js";

/** Pixels under a click at which a menu leaves its line readable. */
const BELOW_CLICK = 14;

/**
 * A click takes the shortest claim, and offers the others beside it. By key the choice comes first, because afterwards the
 * focus is in the panel; and the link of a paragraph means no claim before another.
 * @param {MouseEvent} event
 * @returns {{claim?: string, offer?: {claims: string[], taken: string, label: string, x: number, y: number}}}
 */
export function meant(event) {
  const link = event.target.closest("a[data-claim], a[data-several]");
  const claims = link ? claimsOfLink(link, event) : claimsAt(event);
  if (claims.length < 2 && !isOfParagraph(link)) return { claim: claims[0] };
  const asks = isOfParagraph(link) || event.detail === 0;
  const label = isOfParagraph(link) ? link.ariaLabel : `${claims.length} claims on these words`;
  const offer = { claims, label, taken: asks ? "" : claims[0], ...cornerOf(link, event) };
  return { claim: asks ? undefined : claims[0], offer };
}

function isOfParagraph(link) {
  return link !== null && "several" in link.dataset;
}

/** In the text the link of a claim stands also for those that share its first words; elsewhere for its own alone. */
function claimsOfLink(link, event) {
  const { claim, others } = link.dataset;
  if (isOfParagraph(link)) return [...new Set(placesIn(link.closest("[data-o]")).map((place) => place.claim))];
  return [claim, ...(others ? claimsAt(event).filter((other) => other !== claim) : [])];
}

function cornerOf(link, { clientX, clientY }) {
  if (!link) return { x: clientX, y: clientY + BELOW_CLICK };
  const { left, bottom } = link.getBoundingClientRect();
  return { x: left, y: bottom };
}
