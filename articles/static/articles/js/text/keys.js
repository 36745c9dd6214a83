/** Keys that a person changed, by what they are at first: "m" stands for marking even where "M" is pressed for it. */

/**
 * @typedef {Record<string, string>} Chosen from a key as it is at first to the key that is pressed instead
 */

/**
 * What is pressed for a key or a sequence by now. Only single keys change.
 * @param {string} key
 * @param {Chosen} chosen
 * @returns {string}
 */
export function pressedFor(key, chosen) {
  return Object.hasOwn(chosen, key) ? chosen[key] : key;
}

/**
 * What a pressed key stands for; "" when it stands for nothing any more.
 * @param {string} pressed
 * @param {Chosen} chosen
 * @returns {string}
 */
export function meaningOf(pressed, chosen) {
  const found = Object.keys(chosen).find((key) => chosen[key] === pressed);
  return found ?? (Object.hasOwn(chosen, pressed) ? "" : pressed);
}
