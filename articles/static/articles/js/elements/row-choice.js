/** Around a form whose rows have a checkbox: ranges with Shift, all at once, and how many there are. */
class RowChoice extends HTMLElement {
  #life;
  #last = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const part of this.querySelectorAll("[data-scripted]")) part.hidden = false;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    // A browser that comes back to the page ticks again what was ticked.
    addEventListener("pageshow", () => this.#say(), { signal });
    this.#say();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #boxes() {
    return [...this.querySelectorAll("input[name=claim]")];
  }

  /** With Shift everything from the box before to this one becomes as this one is. */
  #onClick({ target, shiftKey }) {
    if (target.name !== "claim") return;
    if (shiftKey && this.#last) this.#setBetween(this.#last, target, target.checked);
    this.#last = target;
    this.#say();
  }

  /** Arrows go from box to box; with Shift they tick, or clear, as they go. */
  #onKey(event) {
    const { target, key, shiftKey } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (target.name !== "claim" || !step) return;
    const boxes = this.#boxes;
    const next = boxes[boxes.indexOf(target) + step];
    event.preventDefault();
    if (!next) return;
    if (shiftKey) next.checked = target.checked;
    this.#last = next;
    next.focus();
    this.#say();
  }

  #onChange({ target }) {
    if (!target.matches("[data-all]")) return;
    for (const box of this.#boxes) box.checked = target.checked;
    this.#say();
  }

  #setBetween(one, other, checked) {
    const boxes = this.#boxes;
    const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
    for (const box of boxes.slice(from, to + 1)) box.checked = checked;
  }

  #say() {
    const boxes = this.#boxes;
    const number = boxes.filter((box) => box.checked).length;
    const all = this.querySelector("[data-all]");
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    this.querySelector("[data-number]").textContent = number ? `${number} ticked` : "";
  }
}

customElements.define("row-choice", RowChoice);
