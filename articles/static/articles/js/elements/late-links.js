import { whenOpened } from "../dom/idle.js";

/** Blocks whose links are shown before the browser may do something else. */
const BLOCKS_AT_ONCE = 10;

/** Shows the links of the blocks that were painted without theirs, because the page has very many. */
class LateLinks extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const late = [...document.querySelectorAll("#text [data-late]")];
    if (late.length) whenOpened(() => this.#show(late), this.#life.signal);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #show(late) {
    for (const block of late.splice(0, BLOCKS_AT_ONCE)) block.removeAttribute("data-late");
    if (late.length) whenOpened(() => this.#show(late), this.#life.signal);
  }
}

customElements.define("late-links", LateLinks);
