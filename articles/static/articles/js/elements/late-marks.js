import { become } from "../dom/contents.js";
import { whenOpened } from "../dom/idle.js";
import { inflated } from "../dom/packed.js";
import { isSeen } from "../dom/view.js";

/** Blocks that are marked before the browser may do something else: fewer while somebody scrolls, who would see it falter. */
const BLOCKS_AT_REST = 30;
const BLOCKS_IN_A_SCROLL = 3;

/** Milliseconds from the first frame until the browser has shown it. */
const UNTIL_SHOWN = 50;

/** By these somebody begins to do something with the text, or something comes for it: then it has to be whole. */
const NEEDS = ["pointerdown", "keydown", "click", "beforeprint", "htmx:beforeSwap"];

/** What comes for these is not for the text, and comes by itself while the page opens. */
const APART = "claim-list, #live-beat";

/** Stands between the blocks. */
const BETWEEN = "<!---->";

/**
 * Puts the highlights into the blocks that came without (`data-late`), because the page has very many: what is read
 * first is painted first, and the rest when there is time. `data-packed` holds those blocks as they are to be, in text
 * order. Once all are there `text:whole` says so. The list of the claims comes before them, from its template.
 */
class LateMarks extends HTMLElement {
  #life;
  #blocks;
  #html;
  #isNeeded = false;
  #step = BLOCKS_AT_REST;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#blocks = document.querySelectorAll("#text [data-late]");
    addEventListener("scroll", () => (this.#step = BLOCKS_IN_A_SCROLL), { signal, once: true });
    for (const sign of NEEDS) addEventListener(sign, (event) => this.#onNeed(event), { signal, capture: true });
    if (mayBeginFurtherDown()) this.#unpack();
    else requestAnimationFrame(() => setTimeout(() => this.#unpack(), UNTIL_SHOWN));
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  async #unpack() {
    const { packed } = this.dataset;
    if (!packed || this.#life.signal.aborted) return;
    delete this.dataset.packed;
    bringList();
    const html = (await inflated(packed)).split(BETWEEN);
    this.#html = new Map(Array.from(this.#blocks, (block, i) => [block, html[i]]));
    if (this.#isNeeded) this.#mark(this.#late);
    else requestAnimationFrame(() => this.#mark(this.#late.filter(isSeen)));
    this.#markLater();
  }

  get #late() {
    return [...this.#html.keys()];
  }

  #onNeed({ detail }) {
    if (detail?.requestConfig?.elt.matches(APART)) return;
    this.#isNeeded = true;
    if (this.#html) this.#mark(this.#late);
    else this.#unpack();
  }

  /** Most of the work is that of the frame that follows, and no frame gets that of two steps. */
  #markLater() {
    whenOpened(() => this.#markNext(), this.#life.signal);
  }

  #markNext() {
    this.#mark(this.#late.slice(0, this.#step));
    this.#markLater();
  }

  /** One that was swapped meanwhile is whole already. */
  #mark(blocks) {
    if (!blocks.length) return;
    for (const block of blocks) {
      if ("late" in block.dataset) complete(block, this.#html.get(block));
      this.#html.delete(block);
    }
    if (this.#html.size) return;
    this.#life.abort();
    this.dispatchEvent(new CustomEvent("text:whole", { bubbles: true }));
  }
}

/** A page that is loaded again, or opened at a place of it; to ask how far it is scrolled would lay it out. */
function mayBeginFurtherDown() {
  return Boolean(location.hash) || performance.getEntriesByType("navigation")[0]?.type !== "navigate";
}

/** To lay it out takes as long as the highlights that are seen at first. */
function bringList() {
  const template = document.querySelector("#panel .late");
  const list = template?.content.firstElementChild;
  template?.replaceWith(list);
  if (list) htmx.process(list);
}

function complete(block, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  become(block, made.content.firstElementChild);
}

customElements.define("late-marks", LateMarks);
