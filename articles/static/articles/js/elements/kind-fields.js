/**
 * Fields of a source of which not every kind has all. `data-matters` says, as JSON, which fields matter for which kind; a
 * field that no kind names matters for all, and one that was filled in is never hidden.
 */
class KindFields extends HTMLElement {
  #life;
  #matters;

  connectedCallback() {
    this.#life = new AbortController();
    this.#matters = JSON.parse(this.dataset.matters);
    this.#kind.addEventListener("change", () => this.#show(), { signal: this.#life.signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #kind() {
    return this.querySelector("[name=source_kind]");
  }

  #show() {
    const special = new Set(Object.values(this.#matters).flat());
    const needed = new Set(this.#matters[this.#kind.value]);
    for (const control of this.querySelectorAll("[name]")) {
      const isWanted = !special.has(control.name) || needed.has(control.name) || control.value !== "";
      control.closest(".field").hidden = !isWanted;
    }
    for (const group of this.querySelectorAll("fieldset.group")) {
      group.hidden = !group.querySelector(".field:not([hidden])");
    }
  }
}

customElements.define("kind-fields", KindFields);
