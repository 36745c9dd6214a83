/** Sends what is kept, in order and one at a time, and tells what became of it. */

import { alone } from "./tabs.js";

/** Seconds until the next try, the last of them again and again. */
const PAUSES = [1, 1, 2, 2, 4, 8, 15, 30];

/** Where htmx leads the page. */
const REDIRECT = "HX-Redirect";

/**
 * @typedef {object} Answer
 * @property {number} status 0 when there was none
 * @property {string} text
 * @property {boolean} [isElsewhere] whether it leads to what has to be done first, such as giving a second factor
 * @property {boolean} [isShown] whether the page shows what it says
 * @property {boolean} [isAway] whether it was to change this page, and had no place there
 */

/** Whether the server did not deal with the request. */
export function isUnanswered({ status, isElsewhere }) {
  return status === 0 || status === 401 || status === 429 || status >= 500 || Boolean(isElsewhere);
}

/** Whether it is not this person's to do, or the token with which it was sent is not that of the session any more. */
export function isRefused({ status, isElsewhere }) {
  return status === 403 && !isElsewhere;
}

/** @returns {Answer} what a request of htmx was answered */
export function answerIn(xhr) {
  return answerOf(xhr.status, xhr.responseText, xhr.getResponseHeader(REDIRECT));
}

function answerOf(status, text, redirect) {
  return { status, text, isElsewhere: status >= 400 && redirect !== null };
}

/** The panel of the claim in which an entry was made, where this page shows it. */
export function regionOf({ claim }) {
  return claim && document.querySelector(`#claim-panel[data-claim="${CSS.escape(claim)}"]`);
}

export class Sender {
  #box;
  #unsent;
  #tab;
  #running = null;
  #isWanted = false;
  #tries = 0;
  #timer;

  /**
   * @param {HTMLElement} box sends, and says with `settle(entry, answer)` whether there was an answer
   * @param {import("./unsent.js").Unsent} unsent
   * @param {import("./tabs.js").Tab} tab
   */
  constructor(box, unsent, tab) {
    this.#box = box;
    this.#unsent = unsent;
    this.#tab = tab;
  }

  /** At once, whatever pause there was. */
  async send() {
    this.stop();
    this.#isWanted = true;
    if (this.#running) return this.#running;
    this.#running = this.#whileWanted().finally(() => (this.#running = null));
    await this.#running;
  }

  /** After a pause, which only what was tried in vain makes longer: many a change may come to nothing meanwhile. */
  later() {
    this.#timer ??= setTimeout(() => this.send(), 1000 * PAUSES[Math.min(this.#tries, PAUSES.length - 1)]);
  }

  /** The server has answered something else. */
  again() {
    if (this.#timer !== undefined) this.send();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #whileWanted() {
    while (this.#isWanted) {
      this.#isWanted = false;
      await alone("outbox", () => this.#all());
    }
  }

  async #all() {
    for (let entry; (entry = await this.#next()); ) {
      if (!this.#box.settle(entry, await this.#one(entry))) return this.#wait();
      this.#tries = 0;
    }
    if (this.#tab.mustListen(this.#unsent.all())) this.#wait();
  }

  /** What comes after it waits as well, and says so; words can still be added to it, because it was never sent. */
  #wait() {
    const next = this.#unsent.all().filter(({ state, tab }) => state === "ready" && tab === this.#tab.id);
    next.forEach((entry) => this.#box.delay(entry));
    this.#tries++;
    this.later();
  }

  /** What this page sends by a form of its own is on its way; what another living page minds is that page's. */
  async #next() {
    const free = await this.#tab.free(this.#unsent.all());
    // They may have changed while that was asked.
    return free.map(({ id }) => this.#unsent.find(id)).find((entry) => entry && this.#isDue(entry));
  }

  #isDue({ state, tab, saves, claim }) {
    const isOpen = state === "ready" || state === "waiting" || (tab !== this.#tab.id && state !== "refused");
    return isOpen && !(saves && this.#isAsked(claim));
  }

  /** What is asked of a claim has its answer before words about it are sent: the answer brings their form anew. */
  #isAsked(claim) {
    const isAsked = (entry) => entry.state === "sent" && entry.claim === claim && !entry.saves && entry.tab === this.#tab.id;
    return this.#unsent.all().some(isAsked);
  }

  #one(entry) {
    Object.assign(entry, { state: "sent", tab: this.#tab.id });
    this.#unsent.put(entry);
    const isHere = new URL(entry.page).pathname === location.pathname;
    return isHere && (!entry.claim || regionOf(entry)) ? this.#here(entry) : this.#away(entry);
  }

  /** As its own form would have, so that the page changes as the answer says. */
  async #here(entry) {
    const values = new FormData();
    entry.fields.forEach(([name, value]) => values.append(name, value));
    const own = entry.target && !entry.saves && document.getElementById(entry.target);
    // The form of words may be replaced while they are under way, and nothing would be heard of an answer to it.
    const [target, swap] = own ? [own, entry.swap] : [this.#box, "none"];
    const headers = { "HX-Target": entry.target };
    let answer = { status: 0, text: "" };
    const isShown = Boolean(own);
    const onAnswer = ({ detail: { xhr } }) => (answer = { ...answerIn(xhr), isShown });
    this.#box.addEventListener("htmx:afterRequest", onAnswer, { once: true });
    // A request that is not answered is told by the event.
    await htmx.ajax("POST", entry.path, { source: this.#box, target, swap, values, headers }).catch(() => {});
    this.#box.removeEventListener("htmx:afterRequest", onAnswer);
    return answer;
  }

  /** Of another page than this: the answer has no place here. */
  async #away(entry) {
    try {
      const answer = await post(entry);
      const isAway = new URL(entry.page).pathname === location.pathname;
      return { ...answerOf(answer.status, await answer.text(), answer.headers.get(REDIRECT)), isAway };
    } catch {
      return { status: 0, text: "" };
    }
  }
}

/**
 * As htmx would, without a place for the answer.
 * @param {import("./unsent.js").Entry} entry
 * @param {RequestInit} [how]
 */
export function post({ path, page, target, fields }, how) {
  const asked = { ...tokenHeader(), "HX-Request": "true", "HX-Current-URL": page, "HX-Target": target };
  return fetch(path, { ...how, method: "POST", headers: asked, body: new URLSearchParams(fields) });
}

function tokenHeader() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
}
