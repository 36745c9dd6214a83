/** A browser may refuse to keep anything, or to say what it has kept: then there is nothing. */
export function tryStorage(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
