/** Highlights as data: what a block says of them, and flat runs of the overlapping ones. */

/**
 * `look` is the status of the claim, or the stance of a passage that is evidence for it.
 * @typedef {{start: number, end: number, claim: string, look: string}} Place
 */

/**
 * From what the server writes into a block: "12 45 open 0198…;40 60 refutes 0198…".
 * @param {string} data
 * @returns {Place[]}
 */
export function readSpans(data) {
  if (!data) return [];
  return data.split(";").map((one) => {
    const [start, end, look, claim] = one.split(" ");
    return { start: Number(start), end: Number(end), claim, look };
  });
}

/**
 * Overlapping places cut into runs that the same places cover: the look is the shortest one's, which a click takes too.
 * @param {Place[]} places
 * @returns {{start: number, end: number, look: string, claims: number}[]} in order; `claims` is how many stand there
 */
export function runs(places) {
  const edges = [...new Set(places.flatMap(({ start, end }) => [start, end]))].sort((one, other) => one - other);
  return edges.slice(0, -1).flatMap((start, i) => {
    const here = places.filter((place) => place.start <= start && place.end > start);
    if (!here.length) return [];
    const shortest = here.reduce((best, place) => (place.end - place.start < best.end - best.start ? place : best));
    return { start, end: edges[i + 1], look: shortest.look, claims: new Set(here.map(({ claim }) => claim)).size };
  });
}
