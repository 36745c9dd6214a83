import { rangeOf, spanOf } from "../dom/offsets.js";
import { erase, paint } from "../dom/pending.js";
import { fill, isDone } from "../dom/spans.js";

/** Sends each marking in a form of its own, so that the next can be sent before the first is answered. */
class TextMarker extends HTMLElement {
  #life;
  #sent = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("span:mark", ({ detail }) => this.#mark(detail), { signal });
    document.addEventListener("click", (event) => this.#onSentence(event), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** One form for all sentences would hold back the second press until the first is answered, and then send the last. */
  #onSentence(event) {
    const button = event.target.closest("button.whole");
    if (!button) return;
    event.preventDefault();
    if (event.detail > 1) return; // The second press of a double click.
    const text = this.parentElement.querySelector("article");
    this.#mark(spanOf(rangeOf(text, ...button.value.split("-").map(Number)), text));
  }

  #mark(span) {
    const form = this.#again(span) ?? this.#formFor(span);
    this.#sent.set(form, span);
    paint(span.range);
    form.requestSubmit();
  }

  /** What was not answered is sent again as the same request: it may have arrived. */
  #again({ start, end }) {
    return [...this.#sent].find(([, sent]) => sent.start === start && sent.end === end)?.[0];
  }

  #formFor(span) {
    const form = this.querySelector("template").content.firstElementChild.cloneNode(true);
    this.append(form);
    htmx.process(form);
    fill(form, span);
    return form;
  }

  #onAnswer({ elt, xhr }) {
    const span = this.#sent.get(elt);
    // A form that is gone by then tells its answer a second time, through its parent.
    if (!span) return;
    erase(span.range);
    if (isDone(xhr)) this.#forget(elt);
    else this.dispatchEvent(new CustomEvent("span:refused", { bubbles: true, detail: span }));
  }

  #forget(form) {
    this.#sent.delete(form);
    form.remove();
  }
}

customElements.define("text-marker", TextMarker);
