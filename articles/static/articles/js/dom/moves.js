/** Where the keys of a caret lead: from one place of the text to another. */

import { characterStep, isRightToLeft, sentenceStep, wordStep } from "../text/steps.js";
import { caretBox, lineAround, lineStep } from "./lines.js";
import { seen } from "./view.js";

/** @typedef {import("./blocks.js").Place} Place */

const SIDEWAYS = { ArrowLeft: -1, ArrowRight: 1 };
const BY_LINE = { ArrowUp: -1, ArrowDown: 1 };
const BY_PAGE = { PageUp: -1, PageDown: 1 };

/** Whether a key moves a caret. */
export function isMove({ key }) {
  return key in SIDEWAYS || key in BY_LINE || key in BY_PAGE || key === "Home" || key === "End";
}

/**
 * @param {HTMLElement[]} blocks that can be read, in text order
 * @param {Place} place
 * @param {KeyboardEvent} event
 * @param {number} x to which moves by lines keep
 * @returns {Place} the same when there is nothing further
 */
export function moved(blocks, place, event, x) {
  const { key } = event;
  if (key in SIDEWAYS) return byArrow(blocks, place, event);
  if (key in BY_LINE) return lineStep(blocks, place, BY_LINE[key], x) ?? edgeOf(blocks, BY_LINE[key]);
  if (key in BY_PAGE) return byPage(blocks, place, BY_PAGE[key], x);
  if (event.ctrlKey || event.metaKey) return edgeOf(blocks, key === "End" ? 1 : -1);
  const [start, end] = lineAround(place);
  return { block: place.block, index: key === "End" ? end : start };
}

/** What a move passed over or came to, for who cannot see it: a character, a word, a sentence, a line. */
export function wordsAt(place, { key, ctrlKey, metaKey, altKey }, language) {
  const text = place.block.textContent;
  if (!(key in SIDEWAYS)) return text.slice(...lineAround(place));
  if (altKey) return text.slice(place.index, sentenceStep(text, place.index, 1, true, language) ?? text.length);
  const next = ctrlKey || metaKey ? wordStep(text, place.index, 1) : characterStep(text, place.index, 1);
  return text.slice(place.index, next ?? text.length).trim() || (place.index < text.length ? "space" : "end of paragraph");
}

function byArrow(blocks, place, { key, ctrlKey, metaKey, altKey, shiftKey }) {
  const step = SIDEWAYS[key] * (isRightToLeft(place.block.textContent) ? -1 : 1);
  const language = place.block.closest("[lang]")?.lang;
  if (altKey) return across(blocks, place, step, (text, index) => sentenceStep(text, index, step, shiftKey, language));
  if (ctrlKey || metaKey) return across(blocks, place, step, (text, index) => wordStep(text, index, step));
  return across(blocks, place, step, (text, index) => {
    if (index < 0) return 0;
    return index > text.length ? text.length : characterStep(text, index, step);
  });
}

/** In the block of the place, else in the first beyond it that has such a place. */
function across(blocks, { block, index }, step, find) {
  for (let i = blocks.indexOf(block); blocks[i]; i += step) {
    const found = find(blocks[i].textContent, index);
    if (found !== null) return { block: blocks[i], index: found };
    index = step > 0 ? -1 : Infinity;
  }
  return edgeOf(blocks, step);
}

function byPage(blocks, place, step, x) {
  const { top, bottom } = seen();
  const goal = caretBox(place).top + step * Math.max(0, bottom - top - 2 * lineHeight(place));
  let [at, next] = [place, lineStep(blocks, place, step, x)];
  while (next && step * (caretBox(next).top - goal) <= 0) [at, next] = [next, lineStep(blocks, next, step, x)];
  return at === place ? (next ?? edgeOf(blocks, step)) : at;
}

function lineHeight(place) {
  const { top, bottom } = caretBox(place);
  return bottom - top;
}

function edgeOf(blocks, step) {
  const block = step > 0 ? blocks.at(-1) : blocks[0];
  return { block, index: step > 0 ? block.textContent.length : 0 };
}
