import { claimsAt, rangesOf } from "../dom/marks.js";
import { bringIntoView } from "../dom/view.js";

const POINTED = "pointed";

/** What is pointed at in the text glows in the panel, and the other way round: under the mouse, and with the focus. */
class ClaimEcho extends HTMLElement {
  #life;
  #frame = 0;
  #claim = "";

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#text.addEventListener("pointermove", (event) => this.#onMove(event), { signal, passive: true });
    for (const place of [this.#text, this.#panel]) place.addEventListener("pointerleave", () => this.#point(""), { signal });
    this.#text.addEventListener("focusin", ({ target }) => this.#onFocus(target, "text"), { signal });
    this.#panel.addEventListener("focusin", ({ target }) => this.#onFocus(target, "panel"), { signal });
    this.#panel.addEventListener("pointerover", (event) => this.#onOver(event), { signal });
    document.addEventListener("text:changed", () => this.#paint(), { signal });
    this.#begin();
  }

  disconnectedCallback() {
    this.#life.abort();
    cancelAnimationFrame(this.#frame);
    CSS.highlights?.delete(POINTED);
  }

  /** The mouse or the key that led to a claim may be what brought this. */
  #begin() {
    for (const [from, place] of [["text", this.#text], ["panel", this.#panel]]) {
      const met = place.querySelector("mark:hover, li[data-claim]:hover");
      if (place.contains(document.activeElement)) this.#onFocus(document.activeElement, from);
      else if (met) this.#point(met.dataset.claim ?? met.dataset.claims.split(" ")[0], from);
    }
  }

  get #text() {
    return document.querySelector("#text");
  }

  get #panel() {
    return document.querySelector("#panel");
  }

  /** Once a frame: in a very long article it takes a look at what is under the mouse. */
  #onMove(event) {
    if (event.pointerType !== "mouse" || event.buttons) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#point(claimsAt(event)[0] ?? "", "text"));
  }

  #onOver({ target, pointerType }) {
    if (pointerType === "mouse") this.#point(claimOf(target), "panel");
  }

  #onFocus(target, from) {
    const claim = claimOf(target);
    if (!claim || !target.matches(":focus-visible")) return;
    this.#point(claim, from, true);
    if (from === "panel") this.#bringIntoView();
  }

  #point(claim, from = "", byKey = false) {
    if (claim === this.#claim && !byKey) return;
    this.#claim = claim;
    this.#paint();
    this.dispatchEvent(new CustomEvent("claim:pointed", { bubbles: true, detail: { claim, from, byKey } }));
  }

  #paint() {
    CSS.highlights?.delete(POINTED);
    if (this.#claim) CSS.highlights?.set(POINTED, new Highlight(...rangesOf(this.#text, this.#claim)));
  }

  #bringIntoView() {
    const [range] = rangesOf(this.#text, this.#claim);
    if (range) bringIntoView(range.startContainer.parentElement, range);
  }
}

/** Of a row, a link or a number. */
function claimOf(element) {
  return element.closest("a[data-claim], li[data-claim]")?.dataset.claim ?? "";
}

customElements.define("claim-echo", ClaimEcho);
