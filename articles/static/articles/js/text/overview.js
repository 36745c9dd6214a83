/** The overview of an article, as numbers: where its highlights are drawn in a bar beside it, and what is seen of them. */

/** Pixels of the bar for which there is one stroke of each look, however many highlights stand there. */
const ROW = 2;

/** What still needs work is drawn at the left, everything else at the right, so that it is told without colours, too. */
const TO_DO = new Set(["open", "checking", "returned", "reopened"]);

/**
 * @typedef {object} Seen a highlight in the article
 * @property {string} claim
 * @property {string} look its status, or the stance of what is evidence
 * @property {number} y pixels below the top of the article
 */

/**
 * The strokes of each look, as path data; those that do not fit a filter apart.
 * @param {Seen[]} places
 * @param {{scale: number, width: number, fitting: Set<string> | null}} bar `scale`: pixels of the bar for one of the article
 * @returns {{look: string, faint: boolean, data: string}[]}
 */
export function strokes(places, { scale, width, fitting }) {
  const drawn = new Map();
  for (const { claim, look, y } of places) {
    const faint = fitting !== null && !fitting.has(claim);
    const key = `${look} ${faint}`;
    if (!drawn.has(key)) drawn.set(key, { look, faint, rows: new Set() });
    drawn.get(key).rows.add(Math.round((y * scale) / ROW) * ROW + ROW);
  }
  const found = [...drawn.values()].sort((one, other) => Number(other.faint) - Number(one.faint));
  return found.map(({ look, faint, rows }) => ({ look, faint, data: [...rows].map((y) => shape(look, y, width)).join("") }));
}

/**
 * The claims between two heights of the article, each once, in text order.
 * @param {Seen[]} places in text order
 * @param {number} top
 * @param {number} bottom
 * @returns {string[]}
 */
export function claimsBetween(places, top, bottom) {
  const inView = places.filter(({ y }) => y >= top && y <= bottom);
  return [...new Set(inView.map(({ claim }) => claim))];
}

/** A line of the same style as the one under the words. */
function shape(look, y, width) {
  if (width < 20) return `M2 ${y}H${width - 3}`;
  const lane = (width - 10) / 2;
  const [from, to] = TO_DO.has(look) ? [4, 4 + lane - 1] : [width - 5 - lane, width - 6];
  if (look === "open") return dashes(from, to, y, 2.5, 2.5);
  if (look === "checking") return dashes(from, to, y, 5, 2);
  if (look === "in_review") return `M${from} ${y - 1.5}H${to}M${from} ${y + 1.5}H${to}`;
  if (look === "returned") return `M${from} ${y + 1.5}l3-3 3 3 3-3 ${Math.max(1, to - from - 9)} 3`;
  if (look === "reopened") return `M${from} ${y - 1.5}H${to}${dashes(from, to, y + 1.5, 2, 2)}`;
  if (look === "approved" || look === "set_aside") return `M${from} ${y}H${to}`;
  return `M${to - 3} ${y}H${to}`;
}

function dashes(from, to, y, length, gap) {
  let data = "";
  for (let x = from; x < to; x += length + gap) data += `M${x} ${y}H${Math.min(to, x + length)}`;
  return data;
}
