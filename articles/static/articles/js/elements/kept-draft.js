import { fieldsOf, putBack, reveal, typedIn } from "../dom/forms.js";
import { isDone } from "../dom/spans.js";
import { Drafts, personHere } from "../dom/unsent.js";

/** Inside a form: keeps what is typed in the browser until it is sent by its button, and brings it back. */
class KeptDraft extends HTMLElement {
  #life;
  #form;
  #drafts;
  #first;
  #sent;

  connectedCallback() {
    const person = personHere();
    if (!person) return;
    this.#form = this.closest("form");
    this.#drafts = new Drafts(person);
    this.#first = JSON.stringify(this.#typed());
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const change of ["input", "change"]) this.#form.addEventListener(change, () => this.#keep(), { signal });
    this.addEventListener("click", ({ target }) => target.closest("button") && this.#throwAway(), { signal });
    this.#form.addEventListener("htmx:beforeRequest", ({ detail }) => detail.elt === this.#form && this.#onSend(), { signal });
    this.#form.addEventListener("htmx:beforeOnLoad", ({ detail }) => detail.elt === this.#form && this.#onLoad(detail.xhr), { signal });
    document.addEventListener("outbox:answered", ({ detail }) => this.#onAnswer(detail), { signal });
    this.#restore();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  get #path() {
    return this.#form.getAttribute("action");
  }

  #typed() {
    const names = new Set(typedIn(this.#form).map(({ name }) => name));
    return fieldsOf(this.#form).filter(([name]) => names.has(name));
  }

  #keep() {
    const fields = this.#typed();
    if (JSON.stringify(fields) === this.#first) return this.#forget();
    const draft = { at: Date.now(), id: this.#form.elements.request_id.value, fields };
    this.#say(draft, this.#drafts.put(this.#path, draft));
  }

  #restore() {
    const draft = this.#drafts.at(this.#path);
    if (!draft) return;
    putBack(this.#form, draft.fields);
    reveal(this.#form);
    typedIn(this.#form).filter(({ value, type }) => value && type !== "radio").forEach(reveal);
    this.#say(draft, true);
  }

  /** It is known by the request that carries it: one that was brought back was typed into another form. */
  #onSend() {
    const draft = this.#drafts.at(this.#path);
    this.#sent = JSON.stringify(this.#typed());
    if (draft) this.#drafts.put(this.#path, { ...draft, id: this.#form.elements.request_id.value });
  }

  /** Before the answer replaces the form, and what comes with it looks for drafts. */
  #onLoad(xhr) {
    if (isDone(xhr) && JSON.stringify(this.#typed()) === this.#sent) this.#forget();
  }

  #onAnswer({ entry, isDone }) {
    if (!isDone || entry.path !== this.#path) return;
    // What was typed since is another draft.
    if (this.#drafts.at(this.#path)?.id === entry.id) this.#forget();
  }

  #throwAway() {
    this.#form.reset();
    this.#forget();
  }

  #forget() {
    this.#drafts.remove(this.#path);
    delete this.dataset.kept;
  }

  #say({ at }, isKept) {
    this.dataset.kept = isKept ? "yes" : "no";
    const time = this.querySelector("time");
    const kept = new Date(at);
    time.dateTime = kept.toISOString();
    time.textContent = kept.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
}

customElements.define("kept-draft", KeptDraft);
