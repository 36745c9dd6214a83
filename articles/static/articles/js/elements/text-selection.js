import { spanOf } from "../dom/offsets.js";

/** A mouse is done when it is released; keys and the handles of a touch screen are when they rest for a moment. */
const AFTER_MOUSE = 10;
const AFTER_OTHERS = 180;

/** Around the text: fires `span:selected` with the span when a selection comes to rest, and `span:cleared` after it. */
class TextSelection extends HTMLElement {
  #life;
  #resting;
  #held = false;
  #span = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("pointerdown", (event) => (this.#held = event.pointerType === "mouse"), { signal });
    document.addEventListener("pointerup", () => this.#onRelease(), { signal });
    document.addEventListener("selectionchange", () => this.#held || this.#wait(AFTER_OTHERS), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#resting);
  }

  #onRelease() {
    if (this.#held) this.#wait(AFTER_MOUSE);
    this.#held = false;
  }

  #wait(milliseconds) {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.look(), milliseconds);
  }

  /** What is selected now, without waiting for it to rest. */
  look() {
    clearTimeout(this.#resting);
    const span = this.#selected();
    if (span?.start === this.#span?.start && span?.end === this.#span?.end) return;
    this.#span = span;
    const type = span ? "span:selected" : "span:cleared";
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: span }));
  }

  #selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return range.intersectsNode(this) ? spanOf(range, this) : null;
  }
}

customElements.define("text-selection", TextSelection);
