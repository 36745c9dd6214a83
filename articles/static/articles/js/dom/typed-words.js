/** What is typed into a form that saves by itself, as an entry of the outbox: the newest words that are not sent yet. */

import { fieldsOf } from "./forms.js";
import { newRequestId } from "./ids.js";
import { baseOf, valuesOf } from "./stored.js";

export class TypedWords {
  #form;
  #unsent;
  #tab;
  #entry = null;

  /**
   * @param {HTMLFormElement} form
   * @param {import("./unsent.js").Unsent} unsent
   * @param {import("./tabs.js").Tab} tab
   */
  constructor(form, unsent, tab) {
    this.#form = form;
    this.#unsent = unsent;
    this.#tab = tab;
  }

  get path() {
    return this.#form.getAttribute("action");
  }

  get isBegun() {
    return this.#entry !== null;
  }

  /** Into the entry that is not sent yet; one that is on its way stays as it is, and the next stands on it. */
  keep(how) {
    const known = this.#entry && this.#unsent.find(this.#entry.id);
    const isOpen = known && (known.state === "typed" || known.state === "ready");
    this.#entry = isOpen ? known : this.#newEntry();
    const { base } = Object.fromEntries(this.#entry.fields);
    const own = { request_id: this.#entry.id, base, ...how };
    const others = fieldsOf(this.#form).filter(([name]) => !(name in own) && name !== "by_itself");
    Object.assign(this.#entry, { state: "typed", fields: [...others, ...Object.entries(own)] });
    this.#unsent.put(this.#entry);
  }

  /** @returns {boolean} whether there is something to send */
  makeReady() {
    const entry = this.#entry && this.#unsent.find(this.#entry.id);
    if (entry?.state !== "typed") return false;
    this.#unsent.put({ ...entry, state: "ready" });
    return true;
  }

  /** What this page has of this form, from before the form was replaced. */
  own() {
    return this.#unsent.wordsFor(this.path).findLast(({ tab }) => tab === this.#tab.id);
  }

  /** The same of this page or of one that is gone. */
  async left() {
    const free = await this.#tab.free(this.#unsent.wordsFor(this.path));
    return free.map(({ id }) => this.#unsent.find(id)).findLast(Boolean);
  }

  /** @returns {boolean} whether it is still to be sent, as words of this form */
  take(entry) {
    this.#entry = entry;
    if (entry.state === "sent" || entry.state === "waiting") return false;
    this.#unsent.put({ ...entry, state: "typed" });
    return true;
  }

  #newEntry() {
    const [earlier, stored] = [this.#unsent.wordsFor(this.path), baseOf(this.#form)];
    const before = earlier.findLast(({ state, tab }) => tab === this.#tab.id && state !== "refused");
    const base = before ? { ...stored, ...valuesOf(before.fields, stored) } : stored;
    earlier.filter(({ state }) => state === "refused").forEach((entry) => this.#unsent.remove(entry));
    return {
      id: newRequestId(),
      at: Date.now(),
      tab: this.#tab.id,
      page: location.href,
      path: this.path,
      claim: this.#form.dataset.saves,
      target: this.#form.id,
      swap: "none",
      saves: true,
      what: this.#form.dataset.what,
      fields: [["base", JSON.stringify(base)]],
    };
  }
}
