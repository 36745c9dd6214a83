const opened = new Set();

/** Around a `details` with an id: where its piece of the page is swapped, it stays open as a person left it. */
class KeptOpen extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const details = this.querySelector("details");
    if (opened.has(details.id)) details.open = true;
    const { signal } = this.#life;
    details.addEventListener("toggle", () => this.#remember(details), { signal });
    // A choice in it is nothing typed that could be lost.
    this.addEventListener("input", (event) => event.stopPropagation(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #remember({ id, open }) {
    if (open) opened.add(id);
    else opened.delete(id);
  }
}

customElements.define("kept-open", KeptOpen);
