/** The keys of the account, which come with the page and can change while it is open. */

import { pressedFor } from "../text/keys.js";

/** @returns {import("../text/keys.js").Chosen} */
export function chosenKeys() {
  return JSON.parse(document.querySelector("page-keys")?.dataset.keys || "{}");
}

/** @param {import("../text/keys.js").Chosen} chosen */
export function choose(chosen) {
  document.querySelector("page-keys").dataset.keys = JSON.stringify(chosen);
  sayKeys(document.body);
}

/**
 * Write the keys as they are by now where the page shows them: in a `kbd` of what has the key, or beside it.
 * @param {Element} root
 */
export function sayKeys(root) {
  const chosen = chosenKeys();
  for (const shown of root.querySelectorAll("[data-key] kbd, [data-key] + kbd")) {
    const owner = shown.closest("[data-key]") ?? shown.previousElementSibling;
    const { key } = owner.dataset;
    if (key.length === 1) shown.textContent = pressedFor(key, chosen);
  }
}
