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
    for (const answered of ["htmx:beforeOnLoad", "htmx:afterRequest"]) {
      this.#form.addEventListener(answered, (event) => this.#onAnswer(event), { signal });
    }
    document.addEventListener("htmx:confirm", (event) => this.#onSwap(event), { signal });
    window.addEventListener("beforeunload", (event) => this.#unsaved && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /**
   * Only the form's own sending counts; a field may ask the server for suggestions meanwhile. An answer can lead to
   * another page, to sign in, before htmx says whether it was a success; of a request without an answer the status is 0.
   */
  #onAnswer({ detail: { requestConfig, xhr } }) {
    if (requestConfig.verb !== "get") this.#unsaved = xhr.status === 0 || xhr.status >= 400;
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
