/**
 * The ids of changes. The last part of each is that of the page it was made on: so the history tells what this page did
 * from what the same person did in another tab, however fast one change follows another.
 */

/** Of this page as long as it is open. It is kept in the document, because more than one module asks for it. */
export function pageId() {
  const { dataset } = document.documentElement;
  dataset.page ??= randomHex(6);
  return dataset.page;
}

/** A UUID. `crypto.randomUUID` exists only over HTTPS and on localhost; a desk may run on a plain address of its own network. */
export function newRequestId() {
  const [time, rest] = [randomHex(6), randomHex(4)];
  const variant = ((parseInt(rest[3], 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-4${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${pageId()}`;
}

function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
