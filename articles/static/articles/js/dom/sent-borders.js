/**
 * What is known of the highlights in hand, what is wanted, and what is under way to the server: that is so until the
 * server answers, however often the browser has to send it. Of each highlight one change is under way at a time, and
 * what was wanted last is sent after it, with the revision that its answer tells.
 */

import { dropped } from "./borders.js";
import { rangeOf } from "./offsets.js";
import { preview } from "./previews.js";
import { fill } from "./spans.js";
import { personHere, Unsent } from "./unsent.js";

/**
 * @typedef {object} State
 * @property {string} id
 * @property {string} url
 * @property {number} revision
 * @property {{start: number, end: number}} stored
 * @property {{start: number, end: number, quote?: string}} wanted
 * @property {string} sent the request id of the change that is under way, or empty
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
    this.states = new Map([...known].filter(([, state]) => state.sent));
    for (const piece of pieces) {
      const told = stateOf(piece);
      const state = known.get(told.id);
      const isNewer = !state || (!state.sent && told.revision > state.revision);
      this.states.set(told.id, isNewer ? { ...told, ...unanswered(told) } : state);
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
    if (state.sent || isSame(state.wanted, state.stored)) return;
    const form = this.element.querySelector("template[data-for=form]").content.firstElementChild.cloneNode(true);
    form.action = state.url;
    form.setAttribute("hx-post", state.url);
    form.elements.revision.value = state.revision;
    this.element.append(form);
    htmx.process(form);
    fill(form, state.wanted);
    state.sent = form.elements.request_id.value;
    form.requestSubmit();
  }

  adjusted({ highlight, start, end, revision }) {
    const state = this.states.get(highlight);
    if (!state) return;
    Object.assign(state, { revision, stored: { start, end } });
    if (!state.sent) state.wanted = state.stored;
    const piece = document.getElementById(`borders-${highlight}`);
    if (piece) correct(piece, state);
  }

  /**
   * What was wanted meanwhile is sent now; what the server did not take is not wanted any more.
   * @returns {boolean} whether it was a change of this element
   */
  answered({ id }, isDone) {
    const state = [...this.states.values()].find(({ sent }) => sent === id);
    if (!state) return false;
    state.sent = "";
    if (isDone) this.send(state);
    else state.wanted = state.stored;
    return true;
  }
}

/** A change that was made before the page was loaded, or the claim was in hand, and has no answer yet. */
function unanswered({ url, wanted }) {
  const entry = new Unsent(personHere()).all().findLast(({ path, state }) => path === url && state !== "refused");
  if (!entry) return {};
  const { start = wanted.start, end = wanted.end } = Object.fromEntries(entry.fields);
  return { sent: entry.id, wanted: { start: Number(start), end: Number(end) } };
}

function stateOf({ dataset }) {
  const borders = { start: Number(dataset.start), end: Number(dataset.end) };
  return { id: dataset.highlight, url: dataset.adjust, revision: Number(dataset.revision), stored: borders, wanted: borders, sent: "" };
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
