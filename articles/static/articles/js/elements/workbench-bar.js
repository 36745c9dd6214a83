import { rangeOf } from "../dom/offsets.js";
import { erase, paint } from "../dom/pending.js";
import { placeUnder, select } from "../dom/ranges.js";
import { fill, isDone } from "../dom/spans.js";

/** Offers what can be done with the selected words, and asks in a card what else must be known. */
class WorkbenchBar extends HTMLElement {
  #life;
  #span = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("span:selected", ({ detail }) => this.#offer(detail), { signal });
    document.addEventListener("span:refused", ({ detail }) => this.#offerAgain(detail), { signal });
    document.addEventListener("span:cleared", () => this.#card || this.#close(), { signal });
    document.addEventListener("claim:shown", ({ detail }) => (this.#claim = detail.claim), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#onEscape(event), { signal });
    this.addEventListener("mousedown", (event) => this.#keepSelection(event), { signal });
    this.addEventListener("click", ({ target }) => this.#act(target.closest("[data-act]")?.dataset.act), { signal });
    this.addEventListener("change", ({ target }) => this.#onClaim(target), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  set #claim(id) {
    if (id) this.dataset.claim = id;
    else delete this.dataset.claim;
  }

  get #card() {
    return this.querySelector(".card:not([hidden])");
  }

  #offer(span) {
    this.#close();
    this.#show(span);
    this.querySelector("[role=status]").textContent = `Selected: ${span.quote.slice(0, 80)}`;
  }

  #onEscape(event) {
    if (!this.#span || event.defaultPrevented) return;
    const asked = this.#card && this.#span;
    this.#close();
    getSelection().removeAllRanges();
    if (asked) this.#offerAgain(asked);
    event.preventDefault();
  }

  #keepSelection(event) {
    if (event.target.closest("[role=toolbar]")) event.preventDefault();
  }

  #act(act) {
    if (!this.#card) this.parentElement.querySelector("text-selection").look();
    if (act === "mark") this.#mark();
    else if (act === "close") this.#close();
    else if (act) this.#ask(this.querySelector(`#${act}`));
  }

  #mark() {
    const span = this.#span;
    this.#close();
    getSelection().removeAllRanges();
    // The second press of a double click would select the word that the button stood on.
    document.addEventListener("mousedown", (next) => next.detail > 1 && next.preventDefault(), { once: true });
    this.dispatchEvent(new CustomEvent("span:mark", { bubbles: true, detail: span }));
  }

  #ask(card) {
    const span = this.#span;
    this.#close();
    card.hidden = false;
    this.#button(card).ariaExpanded = "true";
    this.#show(span);
    paint(span.range);
    fill(card, span);
    card.elements.claim.value = card.id === "evidence" ? this.dataset.claim : "";
    card.querySelector("input:not([type=hidden]), select").focus({ preventScroll: true });
  }

  #onClaim({ name, value, form }) {
    if (name === "claim" && value) form.requestSubmit();
  }

  #onAnswer({ xhr, requestConfig }) {
    if (requestConfig.verb !== "post" || !isDone(xhr)) return;
    // While words are selected no mark appears on them, and the focus is not handed on.
    if (this.#span) getSelection().removeAllRanges();
    this.#close();
  }

  #offerAgain({ start, end, quote }) {
    const range = rangeOf(this.parentElement, start, end);
    select(range);
    this.#offer({ start, end, quote, range });
  }

  #show(span) {
    this.#span = span;
    // Before anything changes, so that nothing must be laid out to tell where the words are.
    placeUnder(this, span.range);
    this.dataset.open = "";
    this.dataset.by = span.by ?? "";
  }

  #close() {
    if (!this.#span) return;
    erase(this.#span.range);
    this.#span = null;
    delete this.dataset.open;
    for (const card of this.querySelectorAll(".card")) {
      card.hidden = true;
      this.#button(card).ariaExpanded = "false";
    }
  }

  #button(card) {
    return this.querySelector(`[aria-controls="${card.id}"]`);
  }
}

customElements.define("workbench-bar", WorkbenchBar);
