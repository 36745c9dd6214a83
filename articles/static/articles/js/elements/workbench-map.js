import { drawing } from "../dom/drawing.js";
import { whenIdle } from "../dom/idle.js";
import { measured, readOn, scrollToHeight, seenOf } from "../dom/overview.js";
import { claimsBetween, strokes } from "../text/overview.js";

const TOWARDS = { ArrowDown: 1, ArrowUp: -1 };

/** Milliseconds without a scroll after which the text is at rest. */
const REST = 100;

/** Pixels by which a hand trembles. */
const STILL = 3;

/**
 * The whole article at a glance, in its margin: a line for each highlight where it stands, a frame for what is seen, and
 * an arrow at the claim in hand. It is a scroll bar: dragged, clicked, and by arrow keys from highlight to highlight.
 */
class WorkbenchMap extends HTMLElement {
  #life;
  #resized;
  #measured = null;
  #size = "";
  #places = [];
  #fitting = null;
  #claim = "";
  #seen = "";
  /** Not part of the drawing, which would be painted again with every step of a scroll. */
  #seenFrame = Object.assign(document.createElement("div"), { className: "frame" });
  #grip = null;
  #pressedAt = 0;
  #frameAsked = 0;
  #resting = 0;
  #cancel = () => {};

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#name();
    this.#resized = new ResizeObserver(() => this.#measureLater());
    for (const one of [this.#article, this]) this.#resized.observe(one);
    document.addEventListener("text:changed", () => this.#measureLater(), { signal });
    document.addEventListener("claims:narrowed", ({ detail }) => this.#narrow(detail.fitting), { signal });
    document.addEventListener("claim:shown", ({ detail }) => this.#point(detail.claim), { signal });
    document.addEventListener("scroll", () => this.#frameSoon(), { signal, passive: true });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
    this.addEventListener("pointermove", (event) => this.#drag(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) this.addEventListener(end, () => this.#letGo(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#resized.disconnect();
    this.#cancel();
    cancelAnimationFrame(this.#frameAsked);
    clearTimeout(this.#resting);
  }

  get #article() {
    return document.querySelector("#text article");
  }

  get #scale() {
    return this.clientHeight / (this.#article.clientHeight || 1);
  }

  /** Without scripts there is nothing here, and nothing is said of it. */
  #name() {
    this.removeAttribute("aria-hidden");
    this.tabIndex = 0;
    const said = { role: "scrollbar", ariaOrientation: "vertical", ariaValueMin: "0", ariaValueMax: "100", ariaValueNow: "0" };
    Object.assign(this, said, { ariaLabel: "Overview of the article, by highlights" });
    this.setAttribute("aria-controls", "text");
    const claim = document.querySelector("#panel .at")?.dataset.claim ?? "";
    [this.#claim, this.#fitting] = [claim, fittingOf(document.querySelector("#fitting"))];
    this.#frameSoon();
  }

  /** While highlights are still to come, each step makes the article higher; `text:changed` says when all are there. */
  #measureLater() {
    this.#cancel();
    this.#cancel = whenIdle(() => {
      if (this.#article.querySelector("[data-late]")) return;
      if (readOn(this.#article)) this.#measure();
      else this.#measureLater();
    });
  }

  #measure() {
    this.#measured = measured(this.#article, this.#measured);
    const size = `${this.clientWidth} ${this.clientHeight}`;
    if (this.#measured.isAlike && size === this.#size) return;
    this.#size = size;
    this.#places = [...this.#measured.blocks.values()].flatMap(({ places }) => places);
    this.#draw();
  }

  #narrow(fitting) {
    this.#fitting = fitting;
    this.#draw();
  }

  #point(claim) {
    if (claim === this.#claim) return;
    this.#claim = claim;
    this.#draw();
  }

  #draw() {
    const [width, height, scale] = [this.clientWidth, this.clientHeight, this.#scale];
    const lines = strokes(this.#places, { scale, width, fitting: this.#fitting });
    const at = this.#places.find(({ claim }) => claim === this.#claim);
    this.replaceChildren(this.#seenFrame, drawing(width, height, lines, at && at.y * scale));
    this.#frame();
  }

  #frameSoon() {
    cancelAnimationFrame(this.#frameAsked);
    this.#frameAsked = requestAnimationFrame(() => this.#frame());
  }

  /** A frame around what is seen goes along with a scroll; what is said of it waits until the text is at rest. */
  #frame() {
    const { top, bottom } = seenOf(this.#article);
    const scale = this.#scale;
    const { style } = this.#seenFrame;
    style.transform = `translateY(${top * scale}px)`;
    style.blockSize = `${Math.max(6, (bottom - top) * scale)}px`;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#say(), REST);
  }

  /** Also to who shows the same elsewhere: with every step of a scroll it would make the scroll falter. */
  #say() {
    const { top, bottom, height } = seenOf(this.#article);
    const claims = claimsBetween(this.#places, top, bottom);
    this.ariaValueNow = String(Math.round((100 * top) / (height || 1)));
    this.ariaValueText = `${this.ariaValueNow} % read, ${claims.length} ${claims.length === 1 ? "claim" : "claims"} in view`;
    if (claims.join() === this.#seen) return;
    this.#seen = claims.join();
    this.dispatchEvent(new CustomEvent("text:seen", { bubbles: true, detail: { claims } }));
  }

  #onKey(event) {
    const { top, bottom, height } = seenOf(this.#article);
    const middle = (top + bottom) / 2;
    const page = bottom - top;
    const ends = { Home: 0, End: height, PageDown: middle + page, PageUp: middle - page };
    const to = ends[event.key] ?? this.#next(middle, TOWARDS[event.key]);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    scrollToHeight(this.#article, to, true);
  }

  /** The height of the highlight that comes next; two on one line are one. */
  #next(from, step) {
    if (step > 0) return this.#places.find(({ y }) => y > from + 12)?.y;
    return step < 0 ? this.#places.findLast(({ y }) => y < from - 12)?.y : undefined;
  }

  /** The frame is held where it was taken; anywhere else is a place to go to. */
  #onPress(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.focus({ preventScroll: true });
    const { top, bottom } = seenOf(this.#article);
    const at = this.#heightAt(event);
    const isOnFrame = at >= top && at <= bottom;
    this.#grip = isOnFrame ? (top + bottom) / 2 - at : 0;
    this.#pressedAt = event.clientY;
    this.setPointerCapture(event.pointerId);
    this.toggleAttribute("data-held", true);
    if (!isOnFrame) scrollToHeight(this.#article, at, false);
  }

  #drag(event) {
    if (this.#grip === null || Math.abs(event.clientY - this.#pressedAt) < STILL) return;
    this.#pressedAt = -STILL;
    scrollToHeight(this.#article, this.#heightAt(event) + this.#grip, true);
  }

  #letGo() {
    this.#grip = null;
    this.removeAttribute("data-held");
  }

  #heightAt({ clientY }) {
    return (clientY - this.getBoundingClientRect().top) / this.#scale;
  }
}

function fittingOf(said) {
  return said ? new Set(said.value.split(" ")) : null;
}

customElements.define("workbench-map", WorkbenchMap);
