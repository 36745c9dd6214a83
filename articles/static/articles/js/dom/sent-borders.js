/** What is known of the highlights in hand, what is wanted, and what is under way to the server. */

import { dropped } from "./borders.js";
import { rangeOf } from "./offsets.js";
import { preview } from "./previews.js";
import { fill } from "./spans.js";

/**
 * @typedef {object} State
 * @property {string} id
 * @property {string} url
 * @property {number} revision
 * @property {{start: number, end: number}} stored
 * @property {{start: number, end: number, quote?: string}} wanted
 * @property {HTMLFormElement | null} form while a change is under way
 */

export class Sent {
  /** @type {Map<string, State>} */
  states = new Map();

  /**
   * @param {Element} element holds the template of the form
   * @param {Element} root holds the blocks
   */
  constructor(element, root) {
    this.element = element;
    this.root = root;
  }

  /** The panel says which highlights are in hand; it can have been asked for before the last answer came. */
  read(pieces) {
    const known = this.states;
    this.states = new Map([...known].filter(([, state]) => state.form));
    for (const piece of pieces) {
      const told = stateOf(piece);
      const state = known.get(told.id);
      const isNewer = !state || (!state.form && told.revision > state.revision);
      this.states.set(told.id, isNewer ? told : state);
      if (!isNewer) correct(piece, state);
    }
  }

  paint() {
    const moving = [...this.states.values()].filter((state) => !isSame(state.wanted, state.stored));
    const kept = moving.map(({ wanted }) => rangeOf(this.root, wanted.start, wanted.end));
    preview(kept, moving.flatMap(({ stored, wanted }) => dropped(this.root, stored, wanted)));
  }

  /** @param {State} state */
  send(state) {
    if (state.form || isSame(state.wanted, state.stored)) return;
    const form = this.element.querySelector("template[data-for=form]").content.firstElementChild.cloneNode(true);
    form.action = state.url;
    form.setAttribute("hx-post", state.url);
    form.elements.revision.value = state.revision;
    this.element.append(form);
    htmx.process(form);
    fill(form, state.wanted);
    state.form = form;
    form.requestSubmit();
  }

  adjusted({ highlight, start, end, revision }) {
    const state = this.states.get(highlight);
    if (!state) return;
    Object.assign(state, { revision, stored: { start, end } });
    if (!state.form) state.wanted = state.stored;
    const piece = document.getElementById(`borders-${highlight}`);
    if (piece) correct(piece, state);
  }

  /**
   * What was wanted meanwhile is sent now; what the server did not take is not wanted any more.
   * @returns {boolean} whether it was a form of this element
   */
  answered(form, isDone) {
    const state = [...this.states.values()].find((one) => one.form === form);
    if (!state) return false;
    // It is told first that nothing answered, where nothing did.
    queueMicrotask(() => form.remove());
    state.form = null;
    if (isDone) this.send(state);
    else state.wanted = state.stored;
    return true;
  }
}

function stateOf({ dataset }) {
  const borders = { start: Number(dataset.start), end: Number(dataset.end) };
  return { id: dataset.highlight, url: dataset.adjust, revision: Number(dataset.revision), stored: borders, wanted: borders, form: null };
}

/** What the panel says of a highlight, and its forms send, is what is known by now. */
function correct(piece, { revision, stored: { start, end } }) {
  Object.assign(piece.dataset, { revision, start, end });
  Object.assign(piece.closest("li").dataset, { start, end });
  for (const field of piece.querySelectorAll("[name=revision]")) field.value = revision;
}

function isSame(one, other) {
  return one.start === other.start && one.end === other.end;
}
