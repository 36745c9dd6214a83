import { reveal, typedIn } from "../dom/forms.js";
import { Drafts, personHere } from "../dom/unsent.js";

/**
 * In a region that several forms share and that each of their answers replaces: what is being typed in the others, or was
 * refused and stands there again, goes over into the new region, and so does what was typed into the form itself after it
 * was sent. A form is known again by its action; what it carries unseen is that of the new one. The focus goes to the
 * region where it would be lost.
 */
class KeptWords extends HTMLElement {
  #life;
  #touched;
  #sent = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#touched = new Set(this.parentElement.querySelectorAll("form:has(.form-errors,[data-unsaved])"));
    this.parentElement.addEventListener("input", ({ target }) => this.#touched.add(target.form), { signal });
    this.parentElement.addEventListener("htmx:beforeSend", ({ target, detail }) => this.#onSend(target, detail), { signal });
    document.addEventListener("htmx:beforeSwap", (event) => this.#onSwap(event), { signal });
    this.#reopen();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** A form that is only there when it is asked for, and in which something was typed before the page was left. */
  #reopen() {
    const drafts = new Drafts(personHere());
    const links = [...this.parentElement.querySelectorAll("a[hx-get][data-drafts]")];
    const begun = links.filter((link) => drafts.at(new URL(link.href).pathname));
    // htmx has not looked at what was swapped in just now.
    queueMicrotask(() => begun.forEach((link) => (htmx.process(link), htmx.trigger(link, "click"))));
  }

  #onSend(form, { requestConfig }) {
    if (requestConfig.verb !== "get") this.#sent.set(form, valuesIn(form));
  }

  #onSwap({ detail: { target, requestConfig } }) {
    if (target !== this.parentElement) return;
    const forms = [...this.#touched].filter((form) => form?.isConnected);
    const words = forms.map((form) => [form.getAttribute("action"), this.#kept(form, requestConfig), "saves" in form.dataset]);
    // This element is gone by then, so the listener is not bound to its life.
    document.addEventListener("htmx:afterSwap", () => handOver(target.id, words), { once: true });
  }

  /** All that stands in another form; of the form that is answered only what came after its sending. */
  #kept(form, { elt, parameters }) {
    const fields = valuesIn(form);
    // It may have been sent again by another element.
    const isOwn = form.contains(elt) || (parameters.request_id && form.elements.request_id?.value === parameters.request_id);
    if (!isOwn) return fields;
    const sent = this.#sent.get(form);
    return sent ? fields.filter(({ value, checked }, at) => value !== sent[at].value || checked !== sent[at].checked) : [];
  }
}

/** A button that is gone with its answer leaves the focus nowhere, and a screen reader at the top of the page. */
function handOver(id, words) {
  words.forEach(giveBack);
  const isNowhere = document.activeElement === document.body;
  if (isNowhere && getSelection().isCollapsed) document.getElementById(id)?.focus({ preventScroll: true });
}

function valuesIn(form) {
  return typedIn(form).map(({ name, value, type, checked }) => ({ name, value, type, checked }));
}

/** Words that are saved by themselves come back by themselves; only a conflict about them has to be told. */
function giveBack([action, fields, isSaved]) {
  const form = fields.length && document.querySelector(`form[action="${CSS.escape(action)}"]`);
  if (!form || (isSaved && "saves" in form.dataset)) return;
  for (const field of fields) put(form, field);
  reveal(form);
  typedIn(form)[0].dispatchEvent(new Event("input", { bubbles: true }));
}

function put(form, { name, value, type, checked }) {
  const same = typedIn(form).filter((field) => field.name === name);
  if (type === "radio" || type === "checkbox") same.forEach((field) => field.value === value && (field.checked = checked));
  else if (same[0]) same[0].value = value;
}

customElements.define("kept-words", KeptWords);
