/** A text area that is as tall as its words, where CSS cannot do it (`field-sizing: content`). */
class AutoGrow extends HTMLElement {
  #life;

  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#life = new AbortController();
    this.addEventListener("input", () => this.#grow(), { signal: this.#life.signal });
    this.#grow();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  #grow() {
    const area = this.querySelector("textarea");
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }
}

customElements.define("auto-grow", AutoGrow);
