/**
 * What was typed or done and is not yet on the server, kept in the browser's storage under the person's id: requests
 * that are to be sent (`Unsent`), and words that wait for a button (`Drafts`). Each is an item of its own, so that two
 * tabs never write over each other's. Where the browser refuses to keep anything, the page itself does while it lasts.
 */

import { forgetKnown } from "./known-words.js";
import { tryStorage } from "./storage.js";

const STORED = "factcheck";
const inMemory = new Map();

/**
 * @typedef {object} Entry a request as it is sent, again if need be
 * @property {string} id the request id
 * @property {string} key the item in the storage; keys are in the order in which people did things
 * @property {number} at when it was first kept, in milliseconds
 * @property {string} tab the page that minds it
 * @property {"typed" | "ready" | "held" | "sent" | "waiting" | "refused"} state
 * @property {string} page the address of the page it comes from
 * @property {string} path where it is posted
 * @property {[string, string][]} fields
 * @property {string} target the id of what its answer replaces
 * @property {string} swap how
 * @property {string} claim the claim in whose panel it was made
 * @property {boolean} saves whether it holds the words of a form that saves by itself: the newest replace the others
 * @property {string} what for people
 * @property {string} [said] why the server refused it
 */

/** The person of this page; empty where nobody is signed in. */
export function personHere() {
  return document.querySelector("out-box")?.dataset.person ?? "";
}

export class Unsent {
  #prefix;

  /** @param {string} person */
  constructor(person) {
    this.#prefix = `${STORED}:unsent:${person}:`;
  }

  /** @returns {Entry[]} in the order in which they were made */
  all() {
    return readItems(this.#prefix);
  }

  /** @returns {Entry | undefined} */
  find(id) {
    return this.all().find((entry) => entry.id === id);
  }

  /** @returns {Entry[]} those that hold the words of a form that saves by itself */
  wordsFor(path) {
    return this.all().filter((entry) => entry.saves && entry.path === path);
  }

  /** Keep a new entry, or what has changed of one; one that was answered meanwhile does not come back. */
  put(entry) {
    if (entry.key && !hasItem(entry.key)) return false;
    entry.key ??= `${this.#prefix}${String(entry.at).padStart(15, "0")}:${entry.id}`;
    return keepItem(entry.key, entry);
  }

  remove(entry) {
    forgetItem(entry.key);
  }
}

export class Drafts {
  #prefix;

  /** @param {string} person */
  constructor(person) {
    this.#prefix = `${STORED}:draft:${person}:`;
  }

  at(path) {
    return parseItem(getItem(this.#prefix + path));
  }

  put(path, draft) {
    return keepItem(this.#prefix + path, draft);
  }

  remove(path) {
    forgetItem(this.#prefix + path);
  }

  /** @returns {number} how many there are */
  get count() {
    return keysUnder(this.#prefix).length;
  }
}

/** All that is kept for a person goes; it must not stay behind on a browser that others use. */
export function forgetAll(person) {
  for (const kind of ["unsent", "draft"]) keysUnder(`${STORED}:${kind}:${person}:`).forEach(forgetItem);
  forgetKnown(person);
}

/** Whether all of it would survive this page. */
export function isAllKept() {
  return inMemory.size === 0;
}

function readItems(prefix) {
  return keysUnder(prefix)
    .sort()
    .map((key) => parseItem(getItem(key)))
    .filter(Boolean);
}

function keysUnder(prefix) {
  const stored = tryStorage(() => Object.keys(localStorage)) ?? [];
  return [...new Set([...stored, ...inMemory.keys()])].filter((key) => key.startsWith(prefix));
}

function keepItem(key, value) {
  const text = JSON.stringify(value);
  const isKept = tryStorage(() => (localStorage.setItem(key, text), true)) ?? false;
  if (isKept) inMemory.delete(key);
  else inMemory.set(key, text);
  return isKept;
}

function hasItem(key) {
  return getItem(key) !== null;
}

function getItem(key) {
  // The storage may hold what there was before it was full.
  return inMemory.get(key) ?? tryStorage(() => localStorage.getItem(key)) ?? null;
}

function forgetItem(key) {
  tryStorage(() => localStorage.removeItem(key));
  inMemory.delete(key);
}

function parseItem(text) {
  return tryStorage(() => JSON.parse(text)) ?? null;
}
