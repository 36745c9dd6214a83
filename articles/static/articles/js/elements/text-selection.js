import { spanOf } from "../dom/offsets.js";

/** A mouse is done when it is released; keys and the handles of a touch screen are when they rest for a moment. */
const AFTER_MOUSE = 10;
const AFTER_OTHERS = 180;

/**
 * Around the text: fires `span:selected` with the span when a selection comes to rest, and `span:cleared` after it.
 * While a mouse is held down on the text it has `data-held`: nothing may move then, and `span:released` ends it.
 */
class TextSelection extends HTMLElement {
  #life;
  #resting = 0;
  #span = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
    // A drag that becomes more than a selection is cancelled, and never released.
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.#isHeld && this.#wait(AFTER_MOUSE), { signal });
    // What is pressed is meant for what is selected by then.
    document.addEventListener("keydown", ({ key }) => key.length === 1 && this.#hurry(), { signal, capture: true });
    document.addEventListener("selectionchange", () => this.#isHeld || this.#wait(AFTER_OTHERS), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#resting);
  }

  get #isHeld() {
    return "held" in this.dataset;
  }

  #onPress({ pointerType }) {
    if (pointerType !== "mouse") return;
    clearTimeout(this.#resting);
    this.#resting = 0;
    this.dataset.held = "";
  }

  #wait(milliseconds) {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), milliseconds);
  }

  #hurry() {
    if (this.#isHeld && !this.#resting) return;
    clearTimeout(this.#resting);
    this.#rest();
  }

  #rest() {
    this.#resting = 0;
    this.look();
    if (!this.#isHeld) return;
    delete this.dataset.held;
    this.dispatchEvent(new CustomEvent("span:released", { bubbles: true }));
  }

  /** What is selected now, without waiting for it to rest. */
  look() {
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
