/** The two handles of each highlight in hand: drawn over the text, which they do not move, and dragged. */

import { borderAt, drawnAt } from "./borders.js";
import { rangeOf } from "./offsets.js";
import { seen } from "./view.js";

/** Pixels at the edges of what is seen in which a drag scrolls, and how far it scrolls with each movement. */
const MARGIN = 40;
const SCROLLED = 12;

export class Handles {
  #drawn = new Map();
  #drag = null;

  /** The id of the highlight that was touched last, or else of the first one that is seen. */
  inHand = "";

  /**
   * @param {HTMLElement} element holds the handles and their templates, positioned like its parent
   * @param {Element} root holds the blocks
   * @param {(state: object, edge: string, offset: number | undefined) => boolean} want
   */
  constructor(element, root, want) {
    Object.assign(this, { element, root, want });
  }

  /** @param {Iterable<import("./sent-borders.js").State>} states */
  show(states) {
    const all = [...states];
    // Without a highlight in hand nothing is measured.
    if (!all.length && !this.#drawn.size) return;
    const frame = this.element.parentElement.getBoundingClientRect();
    const kept = new Set();
    for (const state of all) {
      const range = rangeOf(this.root, state.wanted.start, state.wanted.end);
      for (const edge of ["start", "end"]) kept.add(this.#draw(state, edge, drawnAt(range, edge), frame));
    }
    for (const [name, handle] of this.#drawn) if (!kept.has(name)) this.#remove(name, handle);
    if (!all.some(({ id }) => id === this.inHand)) this.inHand = all.find(({ id }) => this.#isSeen(id))?.id ?? all[0]?.id ?? "";
  }

  take({ id }) {
    this.inHand = id;
  }

  /** Which border an event is about, and whether its text runs from right to left. */
  of({ target }, states) {
    const { highlight, edge, side } = target.closest?.(".span-handle")?.dataset ?? {};
    return { state: states.get(highlight), edge, isReversed: (edge === "start") !== (side === "left") };
  }

  drag(event, state, edge) {
    const { type, target, pointerId, clientX, clientY, altKey } = event;
    if (type === "mousedown") event.preventDefault();
    if (type === "pointerdown" && event.button === 0) {
      const { x, top, bottom } = drawnAt(rangeOf(this.root, state.wanted.start, state.wanted.end), edge);
      const by = { x: clientX - x, y: clientY - (top + bottom) / 2 };
      this.#drag = { state, by, before: state.wanted, handle: target.closest(".span-handle"), pointerId };
      this.#drag.handle.setPointerCapture(pointerId);
      for (const held of [this.#drag.handle, this.element]) held.dataset.held = "";
      // As when a mouse selects: nothing may move meanwhile.
      this.root.parentElement.dataset.held = "";
    } else if (type === "pointermove" && this.#drag?.state === state) {
      this.#scroll(clientY);
      const [x, y] = [clientX - this.#drag.by.x, clientY - this.#drag.by.y];
      this.want(state, edge, borderAt(this.root, x, y, edge, altKey));
    } else if (type === "pointercancel") this.cancel(event);
  }

  /** @returns {boolean} whether something was dragged */
  drop() {
    const { handle } = this.#drag ?? {};
    if (handle) for (const held of [handle, this.element]) delete held.dataset.held;
    this.#drag = null;
    return Boolean(handle);
  }

  cancel(event) {
    if (!this.#drag) return;
    const { state, before, handle, pointerId } = this.#drag;
    event.preventDefault();
    handle.releasePointerCapture(pointerId);
    this.drop();
    state.wanted = before;
    this.want(state, "start", before.start);
  }

  #draw({ id, wanted }, edge, place, frame) {
    const name = `${edge}-${id}`;
    const handle = this.#drawn.get(name) ?? this.#made(name, id, edge);
    handle.hidden = !place;
    if (!place) return name;
    Object.assign(handle.style, { left: `${place.x - frame.left}px`, top: `${place.bottom - frame.top}px` });
    handle.style.setProperty("--line-height", `${place.bottom - place.top}px`);
    handle.dataset.side = place.side;
    handle.ariaValueNow = wanted[edge];
    const range = rangeOf(this.root, wanted.start, wanted.end).toString().trim().split(/\s+/);
    handle.ariaValueText = edge === "start" ? range[0] : range.at(-1);
    return name;
  }

  #made(name, id, edge) {
    const handle = this.element.querySelector(`template[data-for=${edge}]`).content.firstElementChild.cloneNode(true);
    handle.dataset.highlight = id;
    this.element.append(handle);
    this.#drawn.set(name, handle);
    return handle;
  }

  #remove(name, handle) {
    handle.remove();
    this.#drawn.delete(name);
  }

  #isSeen(id) {
    const { top } = this.#drawn.get(`start-${id}`).getBoundingClientRect();
    return top > seen().top && top < seen().bottom;
  }

  #scroll(y) {
    const view = seen();
    if (y < view.top + MARGIN) scrollBy(0, -SCROLLED);
    else if (y > view.bottom - MARGIN) scrollBy(0, SCROLLED);
  }
}
