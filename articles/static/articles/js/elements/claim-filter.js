import { stepBack } from "../dom/faint.js";

/** Keeps what the panel's filter leaves out faint in the text: when the filter changes, and when blocks do. */
class ClaimFilter extends HTMLElement {
  #life;
  #fitting = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#fitting = this.#said;
    document.addEventListener("claim:shown", () => this.#onPanel(), { signal });
    document.addEventListener("text:changed", () => this.#onText(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** The ids of the claims that fit, in one string; null without a filter. */
  get #said() {
    return document.querySelector("#fitting")?.value ?? null;
  }

  #onPanel() {
    if (this.#said === this.#fitting) return;
    this.#fitting = this.#said;
    this.#apply();
  }

  /** A change can make a claim fit, or fit no longer. */
  #onText() {
    this.#fitting = this.#said;
    if (this.#fitting !== null) this.#apply();
  }

  #apply() {
    const fitting = this.#fitting === null ? null : new Set(this.#fitting.split(" "));
    stepBack(document.querySelector("#text"), fitting);
    this.dispatchEvent(new CustomEvent("claims:narrowed", { bubbles: true, detail: { fitting } }));
  }
}

customElements.define("claim-filter", ClaimFilter);
