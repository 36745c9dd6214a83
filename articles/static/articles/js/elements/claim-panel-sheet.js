/** On a narrow screen the panel is a sheet at the foot of the page: one line, until it is opened. */
class ClaimPanelSheet extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("click", ({ target }) => target.closest(".handle") && this.#toggle(), { signal });
    document.addEventListener("claim:wanted", ({ detail }) => detail.isPlaced || this.#show(true), { signal });
    this.addEventListener("htmx:afterSettle", () => this.#show("open" in this.dataset), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #toggle() {
    this.#show(!("open" in this.dataset));
  }

  #show(open) {
    this.toggleAttribute("data-open", open);
    document.documentElement.toggleAttribute("data-sheet", open);
    this.querySelector(".handle")?.setAttribute("aria-expanded", String(open));
  }
}

customElements.define("claim-panel-sheet", ClaimPanelSheet);
