import { whenIdle } from "../dom/idle.js";
import { styled } from "../dom/styled.js";

/** By these somebody shows that they begin to do something on the page. */
const SIGNS = ["pointermove", "pointerdown", "wheel", "keydown", "focusin"];
const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";
const HELD = /^(.|Arrow.*|Page.*|Home|End|Enter|Escape|Backspace)$/u;

/**
 * Brings scripts (`data-src`), and the stylesheet for what they make (`data-style`), that nobody misses until somebody
 * begins to do something, or at once (`data-now`). `data-for` names the controls that need them, which are shown by now.
 * What is pressed there before they have come waits for them, with the keys after it, and is pressed again in its order.
 * If they cannot be had, `part:missed` says so, and the next press tries again.
 */
class LatePart extends HTMLElement {
  #life;
  #coming = null;
  #tries = 0;
  #held = [];
  #place;
  #isBegun = false;

  connectedCallback() {
    this.#life = new AbortController();
    const options = { signal: this.#life.signal, capture: true };
    for (const sign of SIGNS) window.addEventListener(sign, (event) => this.#onSign(event), { ...options, passive: true });
    window.addEventListener("click", (event) => this.#onClick(event), options);
    window.addEventListener("keydown", (event) => this.#onKey(event), options);
    window.addEventListener("claims:offered", (event) => this.#onOffer(event), options);
    for (const control of document.querySelectorAll(this.dataset.for)) control.closest("[data-scripted]")?.removeAttribute("hidden");
    if ("now" in this.dataset) this.#bring();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** A page that comes under a mouse is told of it, though nobody moves it. */
  #onSign({ type, screenX, screenY }) {
    const place = `${screenX} ${screenY}`;
    const isStill = type === "pointermove" && place === (this.#place ??= place);
    if (isStill || this.#isBegun) return;
    this.#isBegun = true;
    whenIdle(() => this.#bring());
  }

  #onClick(event) {
    const control = event.target.closest?.(this.dataset.for);
    if (control && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#hold(event, () => control.click());
  }

  #onKey(event) {
    const isCommand = (event.ctrlKey || event.metaKey) && event.key.length === 1;
    if (!this.#held.length || isCommand || !HELD.test(event.key) || event.target.matches?.(WRITTEN_IN)) return;
    this.#hold(event, () => press(event));
  }

  #onOffer(event) {
    const { target, detail } = event;
    if ("offers" in this.dataset) this.#hold(event, () => target.dispatchEvent(new CustomEvent(event.type, { bubbles: true, detail })));
  }

  #hold(event, again) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#held.push(again);
    this.#bring();
  }

  #bring() {
    this.#coming ??= this.#style().then(() => this.#import()).then(() => this.#onCome(), () => this.#onMissed());
  }

  /** Before the scripts, so that nothing they make is seen without its looks. */
  async #style() {
    if (this.dataset.style) await styled(this.dataset.style);
    delete this.dataset.style;
  }

  /** A browser may remember of an address that it could not be had. */
  #import() {
    const { src } = this.dataset;
    this.#tries += 1;
    return import(this.#tries > 1 ? `${src}?${this.#tries}` : src);
  }

  #onCome() {
    this.#life.abort();
    this.#held.splice(0).forEach((again) => again());
  }

  /** What was pressed is dropped: a key may mean something else without the part that it was meant for. */
  #onMissed() {
    this.#coming = null;
    if (this.#held.splice(0).length) this.dispatchEvent(new CustomEvent("part:missed", { bubbles: true }));
  }
}

/** A key that is made by a script writes nothing. */
function press(event) {
  const target = document.activeElement ?? document.body;
  const isTaken = !target.dispatchEvent(new KeyboardEvent("keydown", event));
  if (isTaken || !target.matches(WRITTEN_IN)) return;
  if (event.key === "Backspace") document.execCommand("delete");
  else if (event.key.length === 1) document.execCommand("insertText", false, event.key);
}

customElements.define("late-part", LatePart);
