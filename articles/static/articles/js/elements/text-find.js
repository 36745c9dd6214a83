import { readBlocks } from "../dom/blocks.js";
import { erase, paint } from "../dom/pending.js";
import { rangeBetween, select } from "../dom/ranges.js";
import { bringIntoView, seen } from "../dom/view.js";
import { findIn, fold } from "../text/finding.js";
import { sentencesIn } from "../text/sentences.js";

/** Finds words in the text while they are typed. The place that is taken becomes the selection, with all its bar offers. */
class TextFind extends HTMLElement {
  #life;
  #folded = new WeakMap();
  #hits = [];
  #at = -1;
  #before = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.dataset.live = "";
    this.querySelector(".hit-tools").hidden = false;
    this.querySelector(".send").hidden = true;
    document.addEventListener("click", (event) => this.#onClick(event), { signal });
    document.addEventListener("text:changed", () => this.hidden || this.#find(), { signal });
    this.addEventListener("input", () => this.#find(), { signal });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
    if (!this.hidden) this.#find();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #field() {
    return this.querySelector("[type=search]");
  }

  #onClick(event) {
    const found = event.target.closest("[data-find], text-find [data-hit], text-find [data-take]");
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("find" in found.dataset) this.#open();
    else if (found.dataset.hit) this.#show(this.#at + Number(found.dataset.hit));
    else this.#take(found.dataset.take);
  }

  #onKey(event) {
    if (event.key === "Escape") this.#take("nothing");
    else if (event.key === "Enter" && event.target === this.#field && !event.ctrlKey) this.#show(this.#at + (event.shiftKey ? -1 : 1));
    else return;
    event.preventDefault();
  }

  #open() {
    if (this.hidden) this.#before = document.activeElement;
    this.hidden = false;
    this.#field.focus({ preventScroll: true });
    this.#field.select();
    this.#find();
  }

  /** The first place that is on the screen, or comes after it, is the one that is shown. */
  #find() {
    this.#forget();
    const words = this.#field.value;
    this.#hits = readBlocks(document.querySelector("#text article")).flatMap((block) => this.#hitsIn(block, words));
    this.#hits.forEach(({ range }) => paint(range, "found"));
    const ahead = this.#hits.findIndex(({ range }) => range.getBoundingClientRect().bottom > seen().top);
    if (this.#hits.length) this.#show(Math.max(0, ahead));
    else this.#count(words.trim() ? "Not found" : "");
  }

  #hitsIn(block, words) {
    if (!this.#folded.has(block)) this.#folded.set(block, fold(block.textContent));
    const found = findIn(this.#folded.get(block), words);
    return found.map(([start, end]) => ({ block, start, range: rangeBetween(block, start, block, end) }));
  }

  #show(at) {
    if (!this.#hits.length) return;
    if (this.#hits[this.#at]) erase(this.#hits[this.#at].range, "shown");
    this.#at = (at + this.#hits.length) % this.#hits.length;
    const { block, range } = this.#hits[this.#at];
    paint(range, "shown");
    bringIntoView(block, range);
    this.#count(`${this.#at + 1} of ${this.#hits.length}`);
  }

  #count(words) {
    this.querySelector(".count").textContent = words;
  }

  #take(what) {
    const hit = this.#hits[this.#at];
    if (what !== "nothing" && !hit) return;
    this.#forget();
    this.hidden = true;
    if (what === "nothing") return this.#before?.focus({ preventScroll: true });
    this.#field.blur();
    select(what === "words" ? hit.range : sentenceOf(hit));
    document.querySelector("text-selection").look("keys");
    document.querySelector("workbench-bar [role=toolbar] button").focus();
  }

  #forget() {
    this.#hits.forEach(({ range }) => ["found", "shown"].forEach((name) => erase(range, name)));
    [this.#hits, this.#at] = [[], -1];
  }
}

function sentenceOf({ block, start }) {
  const all = sentencesIn(block.textContent, block.closest("[lang]")?.lang);
  const [first, last] = all.findLast((sentence) => sentence[0] <= start) ?? [0, block.textContent.length];
  return rangeBetween(block, first, block, last);
}

customElements.define("text-find", TextFind);
