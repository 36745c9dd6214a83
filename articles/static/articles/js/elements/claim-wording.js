/** In the form of a claim that is still in the article's words: the hand goes where they end, to put them into more. */
class ClaimWording extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const words = this.closest("form").elements.text;
    words.addEventListener("focus", () => this.#goToEnd(words), { signal, once: true });
    document.addEventListener("htmx:afterRequest", (event) => this.#onClosed(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Only from where the browser puts it by itself; what is pressed or selected stays. */
  #goToEnd(words) {
    if (!words.matches(":active") && words.selectionEnd === 0) words.setSelectionRange(words.value.length, words.value.length);
  }

  #onClosed({ target, detail }) {
    if (target.id !== "checklist-close" || !detail.successful) return;
    this.querySelector("details").open = false;
    this.querySelector("button").remove();
  }
}

customElements.define("claim-wording", ClaimWording);
