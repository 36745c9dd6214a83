/** Which pages of this browser still live: each holds a lock of its own while it does. */

import { pageId } from "./ids.js";

/** Without locks (a plain address, not HTTPS) a page that did not say goodbye is taken for dead after this long. */
const PATIENCE = 60_000;

export class Tab {
  id = pageId();

  /** @param {AbortSignal} signal ends this page's life early */
  constructor(signal) {
    navigator.locks?.request(nameOf(this.id), { signal }, () => new Promise(() => {})).catch(() => {});
  }

  /**
   * Those of the entries that no other living page minds.
   * @param {import("./unsent.js").Entry[]} entries
   */
  async free(entries) {
    const held = await navigator.locks?.query();
    const living = new Set(held?.held.map(({ name }) => name));
    const isOrphan = ({ tab, at }) => (held ? !living.has(nameOf(tab)) : !tab || Date.now() - at > PATIENCE);
    return entries.filter((entry) => entry.tab === this.id || isOrphan(entry));
  }

  /** Without locks another page is known to be gone by its silence alone. */
  mustListen(entries) {
    return !navigator.locks && entries.some(({ tab, state }) => tab !== this.id && state !== "refused");
  }
}

/**
 * Do something while no other page does it; without locks it is done anyway, and the request id makes it happen once.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export function alone(name, work) {
  return navigator.locks ? navigator.locks.request(`factcheck:${name}`, work) : work();
}

function nameOf(id) {
  return `factcheck:tab:${id}`;
}
