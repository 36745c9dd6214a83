import { rangeOf } from "../dom/offsets.js";
import { erase, paint } from "../dom/pending.js";
import { lastLine, select } from "../dom/ranges.js";

/** Offers what can be done with the selected words, fills the form for it and sends it. */
class WorkbenchBar extends HTMLElement {
  #life;
  #span = null;
  #sent = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("span:selected", ({ detail }) => this.#offer(detail), { signal });
    document.addEventListener("span:cleared", () => this.#card || this.#close(), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#onEscape(event), { signal });
    this.addEventListener("mousedown", (event) => this.#keepSelection(event), { signal });
    this.addEventListener("click", ({ target }) => this.#act(target.closest("[data-act]")?.dataset.act), { signal });
    this.addEventListener("change", ({ target }) => this.#onClaim(target), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
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
    const { range } = this.#span;
    const asked = this.#card;
    this.#close();
    getSelection().removeAllRanges();
    if (asked) select(range);
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
    const form = this.#formFor(span);
    this.#close();
    paint(span.range);
    getSelection().removeAllRanges();
    form.requestSubmit();
  }

  /** A form for each marking, so that the next can be sent before the first is answered; a retry is the same request. */
  #formFor(span) {
    const again = [...this.#sent].find(([, sent]) => sent.start === span.start && sent.end === span.end);
    const form = again?.[0] ?? this.querySelector("template").content.firstElementChild.cloneNode(true);
    this.#sent.set(form, span);
    if (!again) {
      this.append(form);
      htmx.process(form);
      fill(form, span);
    }
    return form;
  }

  #ask(card) {
    const span = this.#span;
    this.#close();
    card.hidden = false;
    this.#button(card).ariaExpanded = "true";
    this.#show(span);
    paint(span.range);
    fill(card, span);
    card.elements.claim.value = card.id === "evidence" ? document.querySelector("#panel .at").dataset.claim : "";
    card.querySelector("input:not([type=hidden])").focus({ preventScroll: true });
  }

  #onClaim({ name, value, form }) {
    if (name === "claim" && value) form.requestSubmit();
  }

  /** A form that is gone by then tells its answer a second time, through its parent. */
  #onAnswer({ elt, xhr, requestConfig }) {
    if (elt === this || requestConfig.verb !== "post") return;
    const span = this.#sent.get(elt);
    if (span) erase(span.range);
    if (isDone(xhr)) this.#done(elt);
    else if (span) this.#offerAgain(span);
  }

  #offerAgain({ start, end, quote }) {
    const range = rangeOf(this.parentElement, start, end);
    select(range);
    this.#offer({ start, end, quote, range });
  }

  #done(form) {
    if (this.#sent.delete(form)) form.remove();
    else this.#close();
    this.dispatchEvent(new CustomEvent("span:placed", { bubbles: true, detail: form.dataset.act }));
  }

  #show(span) {
    this.#span = span;
    this.dataset.open = "";
    const [line, frame] = [lastLine(span.range), this.parentElement.getBoundingClientRect()];
    const left = Math.min(line.left - frame.left, frame.width - this.offsetWidth - 8);
    Object.assign(this.style, { top: `${line.bottom - frame.top}px`, left: `${Math.max(left, 8)}px` });
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

/** A refusal is swapped in like a success, and is none. */
function isDone({ status }) {
  return status >= 200 && status < 400;
}

/** The event tells the form that it is another request now. */
function fill(form, { start, end, quote }) {
  Object.entries({ start, end, quote }).forEach(([name, value]) => (form.elements[name].value = value));
  form.elements.start.dispatchEvent(new Event("change", { bubbles: true }));
}

customElements.define("workbench-bar", WorkbenchBar);
