import { rangesOf } from "../dom/marks.js";
import { select } from "../dom/ranges.js";
import { sentenceFrom } from "../dom/sentences.js";
import { bringIntoView } from "../dom/view.js";

/** Selects sentence after sentence, where no caret can be set: the start of every selection by keys. */
class TextSentences extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    this.addEventListener("click", ({ target }) => this.#step(target.closest("[data-step]")), { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #step(button) {
    const root = this.closest("text-marks").querySelector("article");
    const step = Number(button?.dataset.step);
    const sentence = button && sentenceFrom(root, this.#selected(root) ?? besideFocus(root, step), step);
    if (!sentence) return;
    // The arrow keys belong to a focused link before they belong to the selection.
    document.activeElement.blur();
    select(sentence);
    bringIntoView(sentence.startContainer.parentElement, sentence);
  }

  #selected(root) {
    const selection = getSelection();
    const hasCaret = document.querySelector("text-caret[data-at]") !== null;
    if (!selection.rangeCount || (selection.isCollapsed && !hasCaret)) return null;
    const range = selection.getRangeAt(0);
    return range.intersectsNode(root) ? range : null;
  }
}

/** What was marked last has the focus, and the next sentence is the one after it. */
function besideFocus(root, step) {
  const claim = document.activeElement.closest("a.no")?.dataset.claim;
  return claim ? rangesOf(root, claim).at(step > 0 ? -1 : 0) : null;
}

customElements.define("text-sentences", TextSentences);
