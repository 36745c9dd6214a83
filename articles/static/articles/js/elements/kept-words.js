const KEPT = "input:not([type=hidden], [type=file]), input[name=source], textarea, select";

/**
 * In a region that several forms share and that each of their answers replaces: what is being typed in the others goes
 * over into the new region, and so does what was typed into the form itself after it was sent. A form is known again by
 * its action; what it carries unseen is that of the new one. The focus goes to the region where it would be lost.
 */
class KeptWords extends HTMLElement {
  #life;
  #touched = new Set();
  #sent = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.parentElement.addEventListener("input", ({ target }) => this.#touched.add(target.form), { signal });
    this.parentElement.addEventListener("htmx:beforeSend", ({ target, detail }) => this.#onSend(target, detail), { signal });
    document.addEventListener("htmx:beforeSwap", (event) => this.#onSwap(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onSend(form, { requestConfig }) {
    if (requestConfig.verb !== "get") this.#sent.set(form, typedIn(form));
  }

  #onSwap({ detail: { target, requestConfig } }) {
    if (target !== this.parentElement) return;
    const forms = [...this.#touched].filter((form) => form?.isConnected);
    const words = forms.map((form) => [form.getAttribute("action"), this.#kept(form, requestConfig.elt)]);
    // This element is gone by then, so the listener is not bound to its life.
    document.addEventListener("htmx:afterSwap", () => handOver(target.id, words), { once: true });
  }

  /** All that stands in another form; of the form that is answered only what came after its sending. */
  #kept(form, answered) {
    const fields = typedIn(form);
    if (!form.contains(answered)) return fields;
    const sent = this.#sent.get(form);
    return sent ? fields.filter(({ value, checked }, at) => value !== sent[at].value || checked !== sent[at].checked) : [];
  }
}

/** A button that is gone with its answer leaves the focus nowhere, and a screen reader at the top of the page. */
function handOver(id, words) {
  words.forEach(putBack);
  const isLost = document.activeElement === document.body && getSelection().isCollapsed;
  if (isLost) document.getElementById(id)?.focus({ preventScroll: true });
}

function typedIn(form) {
  const fields = [...form.querySelectorAll(KEPT)];
  return fields.map(({ name, value, type, checked }) => ({ name, value, type, checked }));
}

function putBack([action, fields]) {
  const form = fields.length && document.querySelector(`form[action="${CSS.escape(action)}"]`);
  if (!form) return;
  for (const field of fields) put(form, field);
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  form.querySelector(KEPT).dispatchEvent(new Event("input", { bubbles: true }));
}

function put(form, { name, value, type, checked }) {
  const same = [...form.querySelectorAll(KEPT)].filter((field) => field.name === name);
  if (type === "radio" || type === "checkbox") same.forEach((field) => field.value === value && (field.checked = checked));
  else if (same.length) same[0].value = value;
}

customElements.define("kept-words", KeptWords);
