import { fieldsOf, putBack, reveal, typedIn } from "../dom/forms.js";
import { newRequestId } from "../dom/ids.js";
import { plain, takeIn, valuesOf } from "../dom/stored.js";
import { isAllKept, Unsent } from "../dom/unsent.js";

const REST = 1000;
const SAVING = "Saving…";
const WAITS = "Not saved, will retry. ";
const KEPT = "What you typed is kept in this browser.";
const NOT_KEPT = "This browser keeps no more: leave this page open.";

/**
 * Inside a form: keeps what is typed in the browser at once and has it saved when the hand rests or goes elsewhere, one
 * request at a time, the newest words after it. The form stays as it is; only what is said beside it changes.
 */
class SavedWords extends HTMLElement {
  #life;
  #form;
  #box;
  #unsent;
  #entry = null;
  #resting;

  async connectedCallback() {
    this.#form = this.closest("form");
    this.#box = document.querySelector("out-box");
    if (!this.#box) return;
    this.#unsent = new Unsent(this.#box.dataset.person);
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#form.addEventListener("input", (event) => this.#onInput(event), { signal });
    this.#form.addEventListener("change", () => this.#flush(), { signal });
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    document.addEventListener("words:wanted", () => this.#flush(), { signal });
    document.addEventListener("outbox:waits", ({ detail }) => this.#isOurs(detail) && this.#sayItWaits(), { signal });
    document.addEventListener("outbox:answered", ({ detail }) => this.#isOurs(detail) && this.#onAnswer(detail), { signal });
    this.#catchUp();
    const free = await this.#box.tab.free(this.#unsent.wordsFor(this.#path));
    this.#restore(free.map(({ id }) => this.#unsent.find(id)).filter(Boolean));
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#flush();
  }

  get #path() {
    return this.#form.getAttribute("action");
  }

  get #claim() {
    return this.#form.dataset.saves;
  }

  get #base() {
    return JSON.parse(this.#form.elements.base.value);
  }

  get #state() {
    return this.#form.querySelector("#claim-state");
  }

  #isOurs({ entry }) {
    return entry.saves && entry.path === this.#path;
  }

  /** A name that is half typed is no name yet. */
  #onInput({ target }) {
    this.#keep({ by_itself: "on" });
    clearTimeout(this.#resting);
    if (target.name !== "claimant") this.#resting = setTimeout(() => this.#flush(), REST);
  }

  #onSubmit(event) {
    event.preventDefault();
    this.#keep({});
    this.#flush();
  }

  /** Into the entry that is not sent yet; one that is on its way stays as it is, and the next stands on it. */
  #keep(how) {
    const known = this.#entry && this.#unsent.find(this.#entry.id);
    const isOpen = known && (known.state === "typed" || known.state === "ready");
    this.#entry = isOpen ? known : this.#newEntry();
    const { base } = Object.fromEntries(this.#entry.fields);
    const own = { request_id: this.#entry.id, base, ...how };
    const others = fieldsOf(this.#form).filter(([name]) => !(name in own) && name !== "by_itself");
    Object.assign(this.#entry, { state: "typed", fields: [...others, ...Object.entries(own)] });
    this.#unsent.put(this.#entry);
    this.#say(SAVING, "saving");
  }

  #newEntry() {
    const earlier = this.#unsent.wordsFor(this.#path);
    const before = earlier.find(({ state, tab }) => tab === this.#box.tab.id && state !== "refused");
    const base = before ? { ...this.#base, ...valuesOf(before.fields, this.#base) } : this.#base;
    earlier.filter(({ state }) => state === "refused").forEach((entry) => this.#unsent.remove(entry));
    return {
      id: newRequestId(),
      at: Date.now(),
      tab: this.#box.tab.id,
      page: location.href,
      path: this.#path,
      claim: this.#claim,
      target: this.#form.id,
      swap: "none",
      saves: true,
      what: this.#form.dataset.what,
      fields: [["base", JSON.stringify(base)]],
    };
  }

  #flush() {
    clearTimeout(this.#resting);
    const entry = this.#entry && this.#unsent.find(this.#entry.id);
    if (entry?.state !== "typed") return;
    this.#unsent.put({ ...entry, state: "ready" });
    this.#box.dispatchEvent(new CustomEvent("outbox:ready", { bubbles: true }));
  }

  #onAnswer({ entry, isDone }) {
    this.#markInvalid();
    if (isDone) this.#take(entry);
    const isAhead = isDone && Object.entries(valuesOf(fieldsOf(this.#form), this.#base)).some(([name, value]) => plain(value) !== plain(this.#base[name]));
    if (isAhead) this.#onInput({ target: this.#form });
  }

  /** What is stored by now is what the next words stand on. */
  #take({ fields }) {
    const { revision, stored } = this.#state.dataset;
    const base = takeIn(this.#form, valuesOf(fields, this.#base), JSON.parse(stored));
    this.#standOn(Number(revision), base);
    this.dispatchEvent(new CustomEvent("claim:saved", { bubbles: true, detail: { claim: this.#claim, revision } }));
  }

  /** A verdict that is being written is about these words too, when no one else changed the claim. */
  #standOn(revision, base) {
    const verdict = document.getElementById("verdict-revision");
    if (verdict && Number(verdict.value) === revision - 1) verdict.value = revision;
    this.#form.elements.revision.value = revision;
    this.#form.elements.base.value = JSON.stringify(base);
    this.#box.known.set(this.#claim, { revision, base, said: this.#state.textContent });
  }

  /** A page that was written before the last answer came after it. */
  #catchUp() {
    const known = this.#box.known.get(this.#claim);
    if (known && known.revision > Number(this.#form.elements.revision.value)) {
      putBack(this.#form, Object.entries(known.base));
      this.#form.elements.revision.value = known.revision;
      this.#form.elements.base.value = JSON.stringify(known.base);
    }
    if (!this.#state.textContent.trim()) this.#state.textContent = known?.said ?? "Saves by itself";
  }

  /** What this person typed before the page was left, or the claim. */
  #restore(entries) {
    const entry = entries.at(-1);
    if (!entry || this.#entry || !this.isConnected) return;
    this.#entry = entry;
    putBack(this.#form, entry.fields);
    typedIn(this.#form).filter((field) => field.value !== this.#base[field.name]).forEach(reveal);
    if (entry.state === "waiting") this.#sayItWaits();
    else this.#say(SAVING, entry.state);
    if (entry.state === "sent" || entry.state === "waiting") return;
    this.#unsent.put({ ...entry, state: "typed" });
    this.#flush();
  }

  #markInvalid() {
    for (const field of typedIn(this.#form)) {
      const errors = document.getElementById(`${field.id}_error`);
      field.toggleAttribute("aria-invalid", false);
      if (errors?.children.length) field.setAttribute("aria-invalid", "true");
      if (errors?.children.length) reveal(field);
    }
  }

  #sayItWaits() {
    this.#say(WAITS + (isAllKept() ? KEPT : NOT_KEPT), "waits");
  }

  #say(words, state) {
    this.#state.textContent = words;
    this.#state.dataset.state = state;
  }
}

customElements.define("saved-words", SavedWords);
