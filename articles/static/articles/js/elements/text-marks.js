import { whenIdle } from "../dom/idle.js";
import { meant } from "../dom/meant.js";
import { changedNumbers, takeNumbers, writeNumber } from "../dom/numbers.js";
import { isHeld, selected } from "../dom/ranges.js";
import { bringIntoView } from "../dom/view.js";

/** Numbers written before the browser may do something else. */
const AT_ONCE = 100;

/** The marks in the text: opens the claim of one, shows the claim in hand, and lets no swap take words being selected. */
class TextMarks extends HTMLElement {
  #life;
  #waiting = new Map();
  #numbering = false;
  #isInOrder = true;
  #selected;
  #cancel = () => {};

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    bringIntoView(this.querySelector("mark[data-active]"));
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("htmx:oobBeforeSwap", ({ detail }) => this.#beforeSwap(detail), { signal });
    document.addEventListener("htmx:oobAfterSwap", () => this.#numberOnce(), { signal });
    for (const end of ["selectionchange", "span:released"]) document.addEventListener(end, () => this.#swapWaiting(), { signal });
    document.addEventListener("claim:shown", ({ detail }) => this.#show(detail), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#cancel();
  }

  /** Words are selected over marks; a link is pressed by key, too, while words are selected. */
  #onClick(event) {
    const isSelecting = !getSelection().isCollapsed && !event.target.closest("a");
    if (event.ctrlKey || event.metaKey || event.shiftKey || isSelecting) return;
    const { claim, offer } = meant(event);
    if (!claim && !offer) return;
    event.preventDefault();
    const byKey = event.detail === 0;
    if (claim) this.#tell("claim:wanted", { claim, byKey });
    if (offer) this.#tell("claims:offered", { ...offer, byKey });
  }

  /** A swap would end the selection, or move the text under the mouse; the block comes when that is over. */
  #beforeSwap(detail) {
    this.#waiting.delete(detail.target.id);
    const element = detail.fragment.firstElementChild;
    if (!isHeld() && !this.#isSelectedIn(detail.target)) return this.#takeNumbers(detail.target, element);
    detail.shouldSwap = false;
    this.#waiting.set(detail.target.id, element);
  }

  /** One answer swaps many parts, and selects nothing. */
  #isSelectedIn(element) {
    if (this.#selected === undefined) {
      this.#selected = selected();
      queueMicrotask(() => (this.#selected = undefined));
    }
    return this.#selected?.intersectsNode(element) ?? false;
  }

  #swapWaiting() {
    if (!this.#waiting.size || isHeld()) return;
    const range = selected();
    for (const [id, element] of this.#waiting) {
      const target = document.getElementById(id);
      if (range?.intersectsNode(target)) continue;
      this.#waiting.delete(id);
      this.#takeNumbers(target, element);
      target.replaceWith(element);
      this.#numberOnce();
    }
  }

  /** Where the same claims stand as before, as after a change of status, no number moves. */
  #takeNumbers(target, element) {
    if ("o" in target.dataset) this.#isInOrder = takeNumbers(target, element) && this.#isInOrder;
  }

  /** htmx tells of one answer many times. */
  #numberOnce() {
    if (this.#numbering) return;
    this.#numbering = true;
    queueMicrotask(() => this.#number());
  }

  /** A claim further up moves the numbers of all that follow; only the changed blocks come from the server. */
  #number() {
    this.#numbering = false;
    if (!this.#isInOrder) {
      this.#cancel();
      this.#write(changedNumbers(this.querySelectorAll(".no[data-no]")));
    }
    this.#tell("text:changed");
  }

  /** A thousand numbers at once would be felt. */
  #write(changes) {
    for (const [link, number] of changes.splice(0, AT_ONCE)) writeNumber(link, number);
    this.#isInOrder = changes.length === 0;
    if (changes.length) this.#cancel = whenIdle(() => this.#write(changes));
  }

  /** Who marked something may be reading on by now; the text moves only for a claim that was sought. */
  #show({ claim, isSought }) {
    this.querySelectorAll("mark[data-active]").forEach((mark) => mark.removeAttribute("data-active"));
    if (!claim) return;
    const marks = this.querySelectorAll(`mark[data-claims~="${claim}"]`);
    marks.forEach((mark) => mark.setAttribute("data-active", ""));
    if (isSought) bringIntoView(marks[0]);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

customElements.define("text-marks", TextMarks);
