/** Highlights as data: what a block says of them, and flat runs of the overlapping ones. */

/** What evidence says, where a claim's own place has its status. */
export const STANCES = new Set(["supports", "refutes", "context", "question"]);

/**
 * `look` is the status of the claim, or the stance of a passage that is evidence for it. What a filter leaves out is faint.
 * @typedef {{start: number, end: number, claim: string, look: string, isFaint?: boolean}} Place
 */

/**
 * From what the server writes into a block: "12 45 open 0198…;40 60 refutes 0198… faint".
 * @param {string} data
 * @returns {Place[]}
 */
export function readSpans(data) {
  if (!data) return [];
  return data.split(";").map((one) => {
    const [start, end, look, claim, faint] = one.split(" ");
    return { start: Number(start), end: Number(end), claim, look, ...(faint && { isFaint: true }) };
  });
}

/**
 * The same back again.
 * @param {Place[]} places
 * @returns {string}
 */
export function writeSpans(places) {
  return places.map(({ start, end, look, claim, isFaint }) => `${start} ${end} ${look} ${claim}${isFaint ? " faint" : ""}`).join(";");
}

/**
 * Overlapping places cut into runs that the same places cover: the look is the shortest one's, which a click takes too.
 * @param {Place[]} places
 * @returns {{start: number, end: number, look: string, isFaint: boolean, claims: number}[]} in order; `claims` is how many stand there
 */
export function runs(places) {
  const edges = [...new Set(places.flatMap(({ start, end }) => [start, end]))].sort((one, other) => one - other);
  return edges.slice(0, -1).flatMap((start, i) => {
    const here = places.filter((place) => place.start <= start && place.end > start);
    if (!here.length) return [];
    const { look, isFaint = false } = shortestFirst(here)[0];
    return { start, end: edges[i + 1], look, isFaint, claims: new Set(here.map(({ claim }) => claim)).size };
  });
}

/**
 * In the order in which a click takes them: what is faint after what is not.
 * @param {Place[]} places
 * @returns {Place[]}
 */
export function shortestFirst(places) {
  const length = ({ start, end, isFaint }) => end - start + (isFaint ? 1e9 : 0);
  return places.toSorted((one, other) => length(one) - length(other));
}
