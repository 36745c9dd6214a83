/** Words with a button that copies them, where the browser lets it. Without this script they can be selected. */
class CopyWords extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    if (!navigator.clipboard) return;
    this.#button.hidden = false;
    this.#button.addEventListener("click", () => this.#copy(), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #button() {
    return this.querySelector("button");
  }

  async #copy() {
    const said = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(this.querySelector("p").textContent.trim());
      said.textContent = "Copied";
    } catch {
      said.textContent = "This browser does not let it be copied. Select the words instead.";
    }
  }
}

customElements.define("copy-words", CopyWords);
