import { rangeOf, spanOf } from "../dom/offsets.js";
import { erase, paint } from "../dom/pending.js";
import { fill } from "../dom/spans.js";
import { personHere, Unsent } from "../dom/unsent.js";

/**
 * Sends each marking in a form of its own, so that the next can be sent before the first is answered. The words stay
 * painted until there is an answer, also when the page is loaded again meanwhile.
 */
class TextMarker extends HTMLElement {
  #life;
  #sent = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("span:mark", ({ detail }) => this.#mark(detail), { signal });
    document.addEventListener("click", (event) => this.#onSentence(event), { signal });
    document.addEventListener("outbox:answered", ({ detail }) => this.#onAnswer(detail), { signal });
    this.#paintUnsent();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #text() {
    return this.parentElement.querySelector("article");
  }

  /** One form for all sentences would hold back the second press until the first is answered, and then send the last. */
  #onSentence(event) {
    const button = event.target.closest("button.whole");
    if (!button) return;
    event.preventDefault();
    if (event.detail > 1) return; // The second press of a double click.
    this.#mark(this.#spanAt(...button.value.split("-").map(Number)));
  }

  #mark(span) {
    const { form } = this.#again(span) ?? { form: this.#formFor(span) };
    this.#sent.set(form.elements.request_id.value, { form, span });
    paint(span.range);
    form.requestSubmit();
  }

  /** What was not answered is sent again as the same request: it may have arrived. */
  #again({ start, end }) {
    return [...this.#sent.values()].find(({ form, span }) => form && span.start === start && span.end === end);
  }

  #formFor(span) {
    const form = this.querySelector("template").content.firstElementChild.cloneNode(true);
    this.append(form);
    htmx.process(form);
    fill(form, span);
    return form;
  }

  /** Of the version that is shown; another has other words at these places. */
  #paintUnsent() {
    const form = this.querySelector("template").content.querySelector("form");
    const isOurs = ({ path, state }) => path === form.getAttribute("action") && state !== "refused";
    const unsent = new Unsent(personHere()).all().filter(isOurs);
    for (const { id, fields } of unsent) {
      const { version, start, end } = Object.fromEntries(fields);
      if (version !== form.elements.version.value) continue;
      const span = this.#spanAt(Number(start), Number(end));
      this.#sent.set(id, { span });
      paint(span.range);
    }
  }

  #spanAt(start, end) {
    return spanOf(rangeOf(this.#text, start, end), this.#text);
  }

  #onAnswer({ entry, isDone }) {
    const sent = this.#sent.get(entry.id);
    if (!sent) return;
    erase(sent.span.range);
    this.#sent.delete(entry.id);
    sent.form?.remove();
    if (!isDone) this.dispatchEvent(new CustomEvent("span:refused", { bubbles: true, detail: sent.span }));
  }
}

customElements.define("text-marker", TextMarker);
