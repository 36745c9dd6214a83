import { become } from "../dom/contents.js";
import { whenOpened } from "../dom/idle.js";
import { isSeen } from "../dom/view.js";

/** Blocks that are marked before the browser may do something else: fewer while somebody scrolls, who would see it falter. */
const BLOCKS_AT_REST = 30;
const BLOCKS_IN_A_SCROLL = 3;

/** For so long nobody has begun to scroll who does so at once, in milliseconds. */
const PAUSE = 300;

/** By these somebody begins to do something with the text, or something comes for it: then it has to be whole. */
const NEEDS = ["pointerdown", "keydown", "click", "beforeprint", "htmx:beforeSwap"];

/** What comes for these is not for the text, and comes by itself while the page opens. */
const APART = "claim-list, #live-beat";

/** Stands between the blocks in a `noscript`. */
const BETWEEN = "<!---->";
const RUNS = "#text noscript";

/**
 * Puts the highlights into the blocks that came without, because the page has very many: what is read first is painted
 * first, and the rest when there is time. Before each run of such blocks a `noscript` holds them as they are to be.
 */
class LateMarks extends HTMLElement {
  #life;
  #late = new Set();
  #htmlOf;
  #step = BLOCKS_AT_REST;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#late = new Set(document.querySelectorAll("#text [data-late]"));
    if (!this.#late.size) return;
    // A page that is loaded again, or opened at a place of it, begins further down.
    requestAnimationFrame(() => this.#mark([...this.#late].filter(isSeen)));
    const pause = setTimeout(() => this.#markLater(), PAUSE);
    signal.addEventListener("abort", () => clearTimeout(pause), { once: true });
    addEventListener("scroll", () => (this.#step = BLOCKS_IN_A_SCROLL), { signal, once: true });
    for (const sign of NEEDS) addEventListener(sign, (event) => this.#onNeed(event), { signal, capture: true });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onNeed({ detail }) {
    if (!detail?.requestConfig?.elt.matches(APART)) this.#mark([...this.#late]);
  }

  /** Most of the work is that of the frame that follows, and no frame gets that of two steps. */
  #markLater() {
    whenOpened(() => this.#markNext(), this.#life.signal);
  }

  #markNext() {
    this.#mark([...this.#late].slice(0, this.#step));
    if (this.#late.size) this.#markLater();
  }

  #mark(blocks) {
    if (!blocks.length) return;
    this.#htmlOf ??= new Map([...document.querySelectorAll(RUNS)].flatMap(sourcesIn));
    for (const block of blocks) {
      complete(block, this.#htmlOf.get(block));
      this.#late.delete(block);
    }
    if (this.#late.size) return;
    this.#life.abort();
    document.querySelectorAll(RUNS).forEach((run) => run.remove());
    this.dispatchEvent(new CustomEvent("text:changed", { bubbles: true }));
  }
}

/** @returns {[Element, string][]} each block of a run, and its HTML */
function sourcesIn(run) {
  let block = run;
  return run.textContent.split(BETWEEN).map((html) => [(block = block.nextElementSibling), html]);
}

function complete(block, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  become(block, made.content.firstElementChild);
}

customElements.define("late-marks", LateMarks);
