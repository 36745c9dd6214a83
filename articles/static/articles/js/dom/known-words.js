import { tryStorage } from "./storage.js";

/** For how long a page may be under way that was written before the last answer, in milliseconds. */
const UNDER_WAY = 60_000;

/**
 * The newest that this tab has heard of each claim: an answer that was written earlier may come later, and so may a page
 * that was asked for while words were still being sent.
 */
export class KnownWords {
  #name;
  #claims;

  /** @param {string} person */
  constructor(person) {
    this.#name = nameFor(person);
    this.#claims = new Map(this.#recent());
  }

  /** @returns {{revision: number, base: Record<string, string>, said: string} | undefined} */
  get(claim) {
    return this.#claims.get(claim);
  }

  set(claim, state) {
    this.#claims.set(claim, { ...state, at: Date.now() });
    tryStorage(() => sessionStorage.setItem(this.#name, JSON.stringify([...this.#claims].filter(isRecent))));
  }

  #recent() {
    return tryStorage(() => JSON.parse(sessionStorage.getItem(this.#name)).filter(isRecent)) ?? [];
  }
}

export function forgetKnown(person) {
  tryStorage(() => sessionStorage.removeItem(nameFor(person)));
}

function nameFor(person) {
  return `factcheck:known:${person}`;
}

function isRecent([, { at }]) {
  return Date.now() - at < UNDER_WAY;
}
