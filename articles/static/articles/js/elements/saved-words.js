import { putBack, reveal, typedIn } from "../dom/forms.js";
import { baseOf, isAhead, standOn, takeIn, valuesOf } from "../dom/stored.js";
import { TypedWords } from "../dom/typed-words.js";
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
  #words;
  #resting;

  async connectedCallback() {
    this.#form = this.closest("form");
    this.#box = document.querySelector("out-box");
    if (!this.#box) return;
    this.#words = new TypedWords(this.#form, new Unsent(this.#box.dataset.person), this.#box.tab);
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#form.addEventListener("input", (event) => this.#onInput(event), { signal });
    this.#form.addEventListener("change", () => this.#flush(), { signal });
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    document.addEventListener("words:wanted", () => this.#flush(), { signal });
    document.addEventListener("outbox:waits", ({ detail }) => this.#isOurs(detail) && this.#sayItWaits(), { signal });
    document.addEventListener("outbox:answered", ({ detail }) => this.#isOurs(detail) && this.#onAnswer(detail), { signal });
    this.#catchUp();
    // A key that is pressed before another page can be asked for must not meet the words of before.
    this.#restore(this.#words.own());
    this.#restore(await this.#words.left());
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#flush();
  }

  get #claim() {
    return this.#form.dataset.saves;
  }

  get #state() {
    return this.#form.querySelector("#claim-state");
  }

  /** It came with the answer to the words that are on their way. */
  get #isAnswer() {
    return this.#state.querySelector("time") !== null;
  }

  #isOurs({ entry }) {
    return entry.saves && entry.path === this.#words.path;
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

  #keep(how) {
    this.#words.keep(how);
    this.#say(SAVING, "saving");
  }

  #flush() {
    clearTimeout(this.#resting);
    if (this.#words?.makeReady()) this.#box.dispatchEvent(new CustomEvent("outbox:ready", { bubbles: true }));
  }

  #onAnswer({ entry, isDone }) {
    this.#markInvalid();
    if (isDone) this.#take(entry);
    if (isDone && isAhead(this.#form)) this.#onInput({ target: this.#form });
  }

  /** What is stored by now is what the next words stand on. */
  #take({ fields }) {
    const { revision, stored } = this.#state.dataset;
    const base = takeIn(this.#form, valuesOf(fields, baseOf(this.#form)), JSON.parse(stored));
    this.#standOn(Number(revision), base);
    this.dispatchEvent(new CustomEvent("claim:saved", { bubbles: true, detail: { claim: this.#claim, revision } }));
  }

  /** A verdict that is being written is about these words too, when no one else changed the claim. */
  #standOn(revision, base) {
    const verdict = document.getElementById("verdict-revision");
    if (verdict && Number(verdict.value) === revision - 1) verdict.value = revision;
    standOn(this.#form, revision, base);
    this.#box.known.set(this.#claim, { revision, base, said: this.#state.textContent });
  }

  /** A page that was written before the last answer came after it. */
  #catchUp() {
    const known = this.#box.known.get(this.#claim);
    if (!this.#state.textContent.trim()) this.#state.textContent = known?.said ?? "Saves by itself";
    if (!known || known.revision <= Number(this.#form.elements.revision.value)) return;
    putBack(this.#form, Object.entries(known.base));
    this.#standOn(known.revision, known.base);
  }

  /** What this person typed before the page was left, or the claim. */
  #restore(entry) {
    if (!entry || this.#words.isBegun || !this.isConnected) return;
    const isToBeSent = this.#words.take(entry);
    putBack(this.#form, entry.fields);
    const base = baseOf(this.#form);
    typedIn(this.#form).filter((field) => field.value !== base[field.name]).forEach(reveal);
    if (entry.state === "waiting") this.#sayItWaits();
    else if (isToBeSent || !this.#isAnswer) this.#say(SAVING, entry.state);
    if (isToBeSent) this.#flush();
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
