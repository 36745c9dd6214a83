/**
 * A text field with a list that htmx fills. The chosen option's `data-value` goes into the hidden input, which fires
 * `change`; typing again takes it back. Without this script the typed words are sent and the server finds the row.
 */
class ComboBox extends HTMLElement {
  #life;
  #active = null;
  #isDone = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    Object.assign(this.#field, { role: "combobox", ariaAutoComplete: "list" });
    this.#field.setAttribute("aria-controls", this.#list.id);
    this.#show(false);
    this.#field.addEventListener("input", () => this.#onTyped(), { signal });
    this.#field.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#list.addEventListener("htmx:afterSwap", () => this.#onFilled(), { signal });
    this.#list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.#list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")), { signal });
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.#show(false), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #field() {
    return this.querySelector("input:not([type=hidden])");
  }

  get #value() {
    return this.querySelector("input[type=hidden]");
  }

  get #list() {
    return this.querySelector("[role=listbox]");
  }

  get #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #onTyped() {
    this.#isDone = false;
    this.#choose("");
  }

  /** The last answer may come when one has been chosen or the list was sent away; it opens nothing then. */
  #onFilled() {
    const options = this.#options;
    options.forEach((option, number) => (option.id ||= `${this.#list.id}-${number}`));
    this.#activate(options.find(({ dataset }) => dataset.value === this.#active?.dataset.value) ?? null);
    this.#show(this.#list.childElementCount > 0 && this.contains(document.activeElement) && !this.#isDone);
  }

  #onKey(event) {
    const act = { ArrowDown: () => this.#move(1), ArrowUp: () => this.#move(-1), Enter: () => this.#take(this.#active), Escape: () => this.#close() }[event.key];
    if (act?.()) event.preventDefault();
  }

  #move(step) {
    const options = this.#options;
    if (!options.length) return false;
    this.#show(true);
    const from = options.indexOf(this.#active);
    const start = from < 0 && step < 0 ? 0 : from;
    this.#activate(options[(start + step + options.length) % options.length]);
    return true;
  }

  #close() {
    const open = !this.#list.hidden;
    this.#isDone = true;
    this.#show(false);
    return open;
  }

  #take(option) {
    if (!option || this.#list.hidden) return false;
    this.#field.value = option.dataset.label ?? option.textContent.trim();
    this.#choose(option.dataset.value);
    this.#close();
    return true;
  }

  #choose(value) {
    if (this.#value.value === value) return;
    this.#value.value = value;
    this.#value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #activate(option) {
    this.#active?.removeAttribute("aria-selected");
    this.#active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    this.#field.toggleAttribute("aria-activedescendant", Boolean(option));
    if (option) this.#field.setAttribute("aria-activedescendant", option.id);
  }

  #show(open) {
    this.#list.hidden = !open;
    this.#field.ariaExpanded = String(open);
    if (!open) this.#activate(null);
  }
}

customElements.define("combo-box", ComboBox);
