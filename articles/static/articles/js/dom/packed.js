/**
 * What the page holds packed.
 * @param {string} packed deflated, in base64
 * @returns {Promise<string>}
 */
export function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}
