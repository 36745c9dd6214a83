import { become } from "../dom/contents.js";
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
    document.addEventListener("text:whole", () => this.#numberAll(), { signal });
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

  /**
   * A swap would end the selection, or move the text under the mouse; what it brings comes when that is over. There is
   * nothing for htmx in the text, which would visit each element of what goes and of what comes several times.
   */
  #beforeSwap(detail) {
    const { target, fragment } = detail;
    const element = fragment.firstElementChild;
    detail.shouldSwap = false;
    this.#waiting.delete(target.id);
    if (isHeld() || this.#isSelectedIn(target)) this.#waiting.set(target.id, element);
    else this.#put(target, element);
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
      this.#put(target, element);
    }
  }

  /** Where the same claims stand as before, as after a change of status, no number moves. */
  #put(target, element) {
    if ("o" in target.dataset) this.#isInOrder = takeNumbers(target, element) && this.#isInOrder;
    become(target, element);
    this.#numberOnce();
  }

  /** A block that was swapped before could not tell which claims stand before it. */
  #numberAll() {
    this.#isInOrder = false;
    this.#numberOnce();
  }

  /** htmx tells of one answer many times. */
  #numberOnce() {
    if (this.#numbering) return;
    this.#numbering = true;
    queueMicrotask(() => this.#number());
  }

  /** A claim further up moves the numbers of all that follow; only the changed blocks come from the server, without any. */
  #number() {
    this.#numbering = false;
    if (!this.#isInOrder) {
      this.#cancel();
      const changes = changedNumbers(this.querySelectorAll("[data-o]"));
      const isNew = ([{ number }]) => number === 0;
      const [come, moved] = [changes.filter(isNew), changes.filter((change) => !isNew(change))];
      come.forEach((change) => writeNumber(...change));
      this.#writeLater(moved);
    }
    this.#tell("text:changed");
  }

  /** A thousand numbers at once would be felt. */
  #writeLater(changes) {
    this.#isInOrder = changes.length === 0;
    if (this.#isInOrder) return;
    this.#cancel = whenIdle(() => {
      for (const change of changes.splice(0, AT_ONCE)) writeNumber(...change);
      this.#writeLater(changes);
    });
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
