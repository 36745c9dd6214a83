import { claimsOf } from "../dom/marks.js";

const QUOTE_LENGTH = 90;
/** Pixels kept free at the edges of the window. */
const FREE_EDGE = 8;

/** A menu of claims where they stand in the text: those on the same words, or in the same paragraph. */
class ClaimChoice extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("claims:offered", ({ detail }) => this.#offer(detail), { signal });
    // Before the keys of the page: as long as the menu is open, these are its own.
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    this.addEventListener("click", ({ target }) => target.closest("[role=menuitem]") && this.hidePopover(), { signal });
    this.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !this.contains(relatedTarget) && this.hidePopover(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #items() {
    return [...this.querySelectorAll("[role=menuitem]")];
  }

  #offer({ claims, taken, label, x, y, byKey }) {
    const known = claimsOf(this.parentElement);
    const items = claims.filter((claim) => known.has(claim)).map((claim) => this.#item(claim, known.get(claim), claim === taken));
    this.#items.forEach((item) => item.remove());
    this.append(...items);
    this.ariaLabel = label;
    this.showPopover();
    this.#place(x, y);
    if (byKey) items[0]?.focus({ preventScroll: true });
  }

  #item(claim, { number, look, quote }, isTaken) {
    const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const [words, quoted] = [look.replace("_", " "), quote()];
    item.href = item.getAttribute("href").replace("claim=", `claim=${claim}`);
    item.dataset.claim = claim;
    if (isTaken) item.ariaCurrent = "true";
    item.querySelector("b").textContent = number ?? "†";
    item.querySelector("q").textContent = quoted.length > QUOTE_LENGTH ? `${quoted.slice(0, QUOTE_LENGTH).trimEnd()}…` : quoted;
    const pill = item.querySelector(".pill");
    pill.dataset[number ? "status" : "stance"] = look;
    pill.querySelector("use").setAttribute("href", number ? `#line-${look}` : `#i-${look}`);
    pill.querySelector("span").textContent = words;
    item.ariaLabel = `${number ? `Claim ${number}, ${words}` : look === "question" ? "Query" : `Evidence: ${words}`}: ${quoted}`;
    return item;
  }

  /** Under the place, within the window; it stays with the text when that is scrolled. */
  #place(x, y) {
    const { offsetWidth: width, offsetHeight: height } = this;
    const left = Math.max(FREE_EDGE, Math.min(x, document.documentElement.clientWidth - width - FREE_EDGE));
    const top = y + height + FREE_EDGE > innerHeight && y > height + 2 * FREE_EDGE ? y - height - 2 * FREE_EDGE : y + FREE_EDGE;
    Object.assign(this.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
  }

  #onKey(event) {
    if (!this.matches(":popover-open")) return;
    const items = this.#items;
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1 + items.length, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") return this.hidePopover();
    if (event.key !== "Escape" && next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") this.hidePopover();
    else items.at(next % items.length).focus({ preventScroll: false });
  }
}

customElements.define("claim-choice", ClaimChoice);
