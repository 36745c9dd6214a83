import { whenIdle } from "../dom/idle.js";
import { spanOf } from "../dom/offsets.js";
import { erase, paint } from "../dom/pending.js";
import { snapToGraphemes } from "../text/quote.js";
import { snapToWords } from "../text/words.js";

/** A mouse is done when it is released; keys and the handles of a touch screen are when they rest for a moment. */
const AFTER_MOUSE = 10;
const AFTER_OTHERS = 180;

/** The keys that with shift select. */
const MOVES = /^(Arrow|Page|Home|End)/;

/**
 * Around the text: fires `span:selected` with the span when a selection comes to rest, and `span:cleared` after it.
 * While a mouse is held down on the text, `isHeld` is true: nothing may move then, and `span:released` ends it.
 * What a mouse or a finger selects is whole words, unless Alt is held at the end of it or `data-words` is off: the
 * selection stays as it was made, and the span is painted. Keys select what they say.
 */
class TextSelection extends HTMLElement {
  // No attribute: a browser would look at every element of the text for what is styled by one of that name.
  isHeld = false;
  #life;
  #resting = 0;
  #span = null;
  #by = "keys";
  #isExact = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
    // A drag that becomes more than a selection is cancelled, and never released.
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, (event) => this.#onRelease(event), { signal });
    document.addEventListener("selectionchange", () => this.isHeld || this.#wait(AFTER_OTHERS), { signal });
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    // What tells words apart is made with the first of them, and takes longer than the end of a selection may.
    this.addEventListener("pointerdown", () => whenIdle(() => snapToWords("word", 0, 1)), { signal, once: true });
    // Words can be selected before the scripts have come.
    this.#wait(AFTER_OTHERS);
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#resting);
  }

  #onPress({ pointerType }) {
    this.#by = pointerType;
    this.#isExact = false;
    if (pointerType !== "mouse") return;
    clearTimeout(this.#resting);
    this.#resting = 0;
    this.isHeld = true;
  }

  #onRelease({ altKey }) {
    if (!this.isHeld) return;
    this.#isExact = altKey;
    this.#wait(AFTER_MOUSE);
  }

  /** What is pressed is meant for what is selected by then. */
  #onKey({ key, shiftKey }) {
    if (shiftKey && MOVES.test(key)) this.#by = "keys";
    if (key.length > 1 || (this.isHeld && !this.#resting)) return;
    clearTimeout(this.#resting);
    this.#rest();
  }

  #wait(milliseconds) {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), milliseconds);
  }

  #rest() {
    this.#resting = 0;
    this.look();
    if (!this.isHeld) return;
    this.isHeld = false;
    this.dispatchEvent(new CustomEvent("span:released", { bubbles: true }));
  }

  /** What is selected now, without waiting for it to rest; whoever selected it says by what. */
  look(by = this.#by) {
    this.#by = by;
    const span = this.#selected();
    if (span?.start === this.#span?.start && span?.end === this.#span?.end) return;
    if (this.#span) erase(this.#span.range, "snapped");
    if (span) paint(span.range, "snapped");
    this.#span = span;
    const type = span ? "span:selected" : "span:cleared";
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: span && { ...span, by: this.#by } }));
  }

  #selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return range.intersectsNode(this) ? spanOf(range, this, this.#grow) : null;
  }

  get #grow() {
    return this.#by === "keys" || this.#isExact || this.dataset.words === "off" ? snapToGraphemes : snapToWords;
  }
}

customElements.define("text-selection", TextSelection);
