import { whenOpened } from "../dom/idle.js";
import { keepOnly, RowStore } from "../dom/row-store.js";
import { scrollWithin } from "../dom/view.js";

/** Rows above and below those in view that are in the document. */
const SPARE = 8;

/** The text is at rest when nobody has scrolled for so long, in milliseconds. */
const AT_REST = 300;

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

/**
 * The claims of the article: one tab stop, arrow keys between them. Of a long list only what is in view is in the
 * document. The row of what is seen in the text stays in view, as long as nobody is at the list.
 */
class ClaimList extends HTMLElement {
  #life;
  #resized;
  #store;
  #current = 0;
  #shown = "";

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#store = new RowStore(this.#list, this.querySelectorAll("[data-rows]"), Number(this.dataset.count));
    this.#list.toggleAttribute("data-windowed", this.#store.isLong);
    this.#resized = new ResizeObserver(() => this.#render());
    if (this.#store.isLong) {
      this.#list.style.setProperty("--rows", String(this.#store.count));
      this.#resized.observe(this.#panel);
    }
    this.#panel.addEventListener("scroll", () => this.#render(), { signal, passive: true });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("focusin", ({ target }) => this.#stopAt(this.#indexOf(target)), { signal });
    document.addEventListener("claim:pointed", ({ detail }) => this.#onPointed(detail), { signal });
    document.addEventListener("text:seen", ({ detail }) => this.#follow(detail.claims), { signal });
    this.#begin();
    this.#askForRest(signal);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#resized.disconnect();
  }

  get #list() {
    return this.querySelector(".claims");
  }

  get #panel() {
    return this.closest(".panel");
  }

  /** The way back from a claim leads to its row. Else the list begins with what is seen, as if it had been there. */
  #begin() {
    const { dataset, seen = [] } = this.closest("claim-panel");
    const index = this.#store.indexOf(dataset.before);
    if (!this.#store.isLong) for (const link of this.#list.querySelectorAll("a")) link.tabIndex = -1;
    // It renders, too: a second time it would lay out what the first has put in.
    if (this.#store.count) this.#stopAt(Math.max(0, index));
    if (index >= 0) this.#reveal(index, "center");
    else this.#follow(seen);
  }

  /**
   * The page came with the beginning of a long list, so that the text is painted first. The rest takes a few frames, which
   * whoever scrolls would see falter: it waits until the text is at rest, or somebody comes to the list.
   */
  #askForRest(signal) {
    if (!this.querySelector(".rest")) return;
    const asked = new AbortController();
    const until = AbortSignal.any([signal, asked.signal]);
    const ask = () => whenOpened(() => this.#ask(asked), until);
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, AT_REST);
    };
    until.addEventListener("abort", () => clearTimeout(timer));
    document.addEventListener("scroll", wait, { signal: until, passive: true });
    for (const near of ["pointerenter", "focusin"]) this.#panel.addEventListener(near, ask, { signal: until, once: true });
    wait();
  }

  #ask(asked) {
    asked.abort();
    this.dispatchEvent(new Event("list:wanted"));
  }

  #render() {
    if (!this.#store.isLong) return;
    const [panel, list] = [this.#panel.getBoundingClientRect(), this.#list.getBoundingClientRect()];
    const height = list.height / this.#store.count;
    const first = Math.max(0, Math.floor((panel.top - list.top) / height) - SPARE);
    const last = Math.min(this.#store.count, Math.ceil((panel.bottom - list.top) / height) + SPARE);
    const indexes = new Set([this.#current]);
    for (let index = first; index < last; index++) indexes.add(index);
    const shown = `${first} ${last} ${this.#current}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const inOrder = [...indexes].sort((one, other) => one - other);
    keepOnly(this.#list, inOrder.map((index) => this.#row(index)));
  }

  #row(index) {
    const row = this.#store.row(index);
    row.firstElementChild.tabIndex = index === this.#current ? 0 : -1;
    return row;
  }

  #onKey(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const index = Math.min(this.#store.count - 1, Math.max(0, this.#current + step));
    this.#stopAt(index);
    this.#reveal(index, "nearest");
    this.#row(index).firstElementChild.focus({ preventScroll: true });
  }

  #indexOf(element) {
    return this.#store.indexOf(element.closest("li")?.dataset.claim);
  }

  #stopAt(index) {
    if (index < 0 || index >= this.#store.count) return;
    const before = this.#store.row(this.#current)?.firstElementChild;
    if (before) before.tabIndex = -1;
    this.#current = index;
    this.#row(index);
    this.#render();
  }

  #reveal(index, block) {
    this.#render();
    const row = this.#row(index);
    if (!row.isConnected) this.#list.append(row);
    scrollWithin(this.#panel, row, block);
  }

  #onPointed({ claim, byKey, from }) {
    this.#list.querySelector("[data-pointed]")?.removeAttribute("data-pointed");
    const index = this.#store.indexOf(claim);
    if (index < 0) return;
    this.#row(index).toggleAttribute("data-pointed", true);
    if (byKey && from === "text") this.#reveal(index, "nearest");
  }

  /** Whose hand or focus is at the list moves it, and nobody else. */
  #follow(claims) {
    if (!claims.length || this.#panel.matches(":hover, :focus-within") || !this.checkVisibility()) return;
    const index = this.#store.indexOf(claims.find((claim) => this.#store.indexOf(claim) >= 0));
    if (index === 0) this.#panel.scrollTo({ top: 0, behavior: "instant" });
    else if (index > 0) this.#reveal(index, "start");
  }
}

customElements.define("claim-list", ClaimList);
