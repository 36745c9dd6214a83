const WORDS = "What you typed is not saved. Leave it?";

/** Inside a form: asks before typed words are left behind, by leaving the page or by a swap that replaces the form. */
class UnsavedGuard extends HTMLElement {
  #life;
  #form;
  #unsaved = false;

  connectedCallback() {
    this.#form = this.closest("form");
    this.#unsaved = "unsaved" in this.dataset;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#form.addEventListener("input", () => (this.#unsaved = true), { signal });
    this.#form.addEventListener("submit", () => (this.#unsaved = false), { signal });
    this.#form.addEventListener("htmx:afterRequest", (event) => this.#onAnswer(event), { signal });
    document.addEventListener("htmx:confirm", (event) => this.#onSwap(event), { signal });
    window.addEventListener("beforeunload", (event) => this.#unsaved && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Only the form's own sending counts; a field may ask the server for suggestions meanwhile. */
  #onAnswer({ detail }) {
    if (detail.requestConfig.verb !== "get") this.#unsaved = !detail.successful;
  }

  #onSwap(event) {
    const { target, elt } = event.detail;
    if (!this.#unsaved || this.#form.contains(elt) || !target?.contains(this.#form)) return;
    if (this.#form.closest(":has(> kept-words)")?.contains(elt)) return; // They go over into what replaces this form.
    event.preventDefault();
    if (confirm(WORDS)) event.detail.issueRequest(true);
  }
}

customElements.define("unsaved-guard", UnsavedGuard);
