import { caretIn } from "../dom/caret.js";
import { isDone } from "../dom/spans.js";
import { bringIntoView } from "../dom/view.js";

/**
 * The blocks of a preview: one of them is current, keys and clicks correct it, and each correction is sent in a form of
 * its own, so that the next can be made before the first is answered.
 */
class ArrivalBlocks extends HTMLElement {
  #life;
  #current = "";

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.querySelector(".block-keys").hidden = false;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("focusin", ({ target }) => this.#choose(target.closest(".block")), { signal });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
    document.addEventListener("htmx:afterSettle", () => this.#chooseAgain(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #block() {
    return this.querySelector(`[id="${this.#current}"]`);
  }

  #onClick(event) {
    const { target } = event;
    const pressed = target.closest("button, a");
    if (pressed?.closest(".block-keys")) this.#act(pressed.dataset);
    else if (pressed?.matches("[form]")) this.#fold(event, pressed.closest(".block"));
    else if (pressed?.matches("[data-tools]")) this.#open(event, pressed.closest(".block"));
    else if (pressed?.matches("[data-close]")) this.#close(event, pressed.closest(".block"));
    else if (!pressed && !target.closest("select, label, summary")) this.#choose(target.closest(".block"));
  }

  /** The arrow keys scroll the page until a block has the focus. */
  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".block")) return;
    event.preventDefault();
    this.#step(step);
  }

  #act({ step, do: what, kind }) {
    const block = this.#block;
    if (step) this.#step(Number(step));
    else if (!block) this.#step(1);
    else if (kind) this.#send("retype", block, { kind });
    else if (what === "fold") this.#send("retype", block, { kind: folded(block) });
    else if (what === "merge") this.#send("merge", block);
    else this.#split(block);
  }

  #fold(event, block) {
    event.preventDefault();
    this.#choose(block);
    this.#send("retype", block, { kind: folded(block) });
  }

  /** Where no caret is in the block, its tools offer the places between its sentences. */
  #split(block) {
    const offset = caretIn(block.querySelector("[data-words]"));
    if (offset) this.#send("split", block, { offset });
    else this.#ask(block);
  }

  #open(event, block) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#ask(block);
  }

  #ask(block) {
    this.#choose(block);
    const form = this.querySelector("#open-block");
    form.elements.block.value = nameOf(block);
    form.requestSubmit();
  }

  #close(event, block) {
    event.preventDefault();
    block.querySelector(".block-tools").remove();
    block.removeAttribute("data-open");
    block.focus({ preventScroll: true });
  }

  #step(by) {
    const blocks = [...this.querySelectorAll(".block")].filter((block) => block.checkVisibility() || block.id === this.#current);
    const at = blocks.findIndex((block) => block.id === this.#current);
    const next = blocks[at < 0 ? 0 : at + by];
    if (!next) return;
    getSelection().removeAllRanges();
    next.focus({ preventScroll: true });
    bringIntoView(next);
  }

  #choose(block) {
    if (!block || block.id === this.#current) return;
    this.#block?.removeAttribute("data-current");
    this.#current = block.id;
    block.dataset.current = "";
  }

  /** What was swapped in is another element of the same name; after a merge the block before is the current one. */
  #chooseAgain() {
    if (!this.#current || this.#block?.hasAttribute("data-current")) return;
    const at = Number(this.#current.slice(1));
    const block = this.#block ?? [...this.querySelectorAll(".block")].findLast((one) => nameOf(one) < at);
    this.#current = "";
    this.#choose(block);
    const select = block?.querySelector(".block-tools select:last-of-type, .block-tools select");
    (select ?? block)?.focus({ preventScroll: true });
  }

  #send(act, block, values = {}) {
    const form = this.querySelector(`template[data-act="${act}"]`).content.firstElementChild.cloneNode(true);
    const isOpen = block.closest("details") ? "1" : "";
    Object.entries({ at: nameOf(block), is_open: isOpen, ...values }).forEach(([name, value]) => (form.elements[name].value = value));
    this.append(form);
    htmx.process(form);
    form.requestSubmit();
  }

  /** A form that was not answered stays: the same click sends another, and this one may have arrived. */
  #onAnswer({ elt, xhr }) {
    if (elt.parentElement === this && elt.hidden && elt.id !== "open-block" && (isDone(xhr) || xhr.status)) elt.remove();
  }
}

function nameOf(block) {
  return Number(block.id.slice(1));
}

function folded(block) {
  return block.dataset.kind === "furniture" ? "paragraph" : "furniture";
}

customElements.define("arrival-blocks", ArrivalBlocks);
