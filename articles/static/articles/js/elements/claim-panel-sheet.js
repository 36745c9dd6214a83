/** Pixels that a finger moves before it drags. */
const TAP = 6;
const HEIGHTS = ["", "half", "full"];

/** As in its styles; on a wider screen the panel stands beside the text. */
const SHEET = matchMedia("(max-width: 62rem)");

/**
 * On a narrow screen the panel is a sheet at the foot of the page: one line, half the screen, or nearly all of it. It is
 * pulled at its head, or opened by its handle, and makes way for words that are selected and what is offered for them.
 */
class ClaimPanelSheet extends HTMLElement {
  #life;
  #pull = null;
  #wasPulled = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    // Before whatever else listens for it: the claim's steps do so above this.
    addEventListener("click", (event) => this.#onClick(event), { signal, capture: true });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
    // A browser may find a link under the sheet, to be dragged instead.
    document.addEventListener("dragstart", (event) => this.#pull && event.preventDefault(), { signal });
    document.addEventListener("pointermove", (event) => this.#onMove(event), { signal, passive: true });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, (event) => this.#letGo(event), { signal });
    document.addEventListener("claim:wanted", ({ detail }) => this.#onWanted(detail), { signal });
    document.addEventListener("span:selected", () => this.#show(""), { signal });
    this.addEventListener("htmx:afterSettle", () => this.#show(this.#open), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #open() {
    return this.dataset.open ?? "";
  }

  get #panel() {
    return this.querySelector(".panel");
  }

  /** The head is pulled by what stands in it, too; that is then not pressed. */
  #onClick(event) {
    if (this.#wasPulled) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.target.closest("#panel .handle")) this.#show(this.#open ? "" : "half");
    this.#wasPulled = false;
  }

  /** What was just marked is there to be worded, unless the next words are being selected. */
  #onWanted({ isPlaced, isNew }) {
    if (!SHEET.matches || this.#open) return;
    if (!isPlaced || (isNew && getSelection().isCollapsed)) this.#show("half");
  }

  #onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) this.#show("");
  }

  #onPress({ target, clientY, isPrimary }) {
    this.#wasPulled = false;
    if (SHEET.matches && isPrimary && target.closest(".steps")) this.#pull = { from: clientY, height: this.#panel.offsetHeight };
  }

  #onMove({ clientY }) {
    if (!this.#pull || (!this.#wasPulled && Math.abs(clientY - this.#pull.from) < TAP)) return;
    this.#wasPulled = true;
    this.toggleAttribute("data-pulled", true);
    this.style.setProperty("--pulled", `${this.#pull.height + this.#pull.from - clientY}px`);
  }

  /** To the nearest of its heights; a short pull goes one further. */
  #letGo({ clientY, type }) {
    const pull = this.#pull;
    this.#pull = null;
    this.removeAttribute("data-pulled");
    if (!pull || !this.#wasPulled || type === "pointercancel") return;
    const share = (pull.height + pull.from - clientY) / innerHeight;
    const nearest = share < 0.3 ? 0 : share < 0.75 ? 1 : 2;
    const before = HEIGHTS.indexOf(this.#open);
    this.#show(HEIGHTS[nearest === before ? before + Math.sign(pull.from - clientY) : nearest] ?? this.#open);
    // A mouse that lets go elsewhere clicks nothing, and the next click is meant.
    setTimeout(() => (this.#wasPulled = false));
  }

  #show(open) {
    const root = document.documentElement;
    if (open) this.dataset.open = root.dataset.sheet = open;
    else for (const one of [this, root]) one.removeAttribute(one === this ? "data-open" : "data-sheet");
    const handle = this.querySelector(".handle");
    handle?.setAttribute("aria-expanded", String(open !== ""));
    if (!open && SHEET.matches && this.#panel) this.#panel.scrollTop = 0;
  }
}

customElements.define("claim-panel-sheet", ClaimPanelSheet);
