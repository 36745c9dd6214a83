import { claimBeside, highlightBeside } from "../dom/highlights.js";

/**
 * Leads from highlight to highlight: from the caret where there is one, else from the claim that was wanted last. It asks
 * the text and not the panel, which may show another claim still when the key is pressed again.
 */
class ClaimSteps extends HTMLElement {
  #life;
  #wanted = document.querySelector("#panel .at")?.dataset.claim ?? "";

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.hidden = false;
    document.addEventListener("claim:wanted", ({ detail }) => (this.#wanted = detail.claim), { signal });
    document.addEventListener("click", (event) => this.#onClick(event), { signal, capture: true });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onClick(event) {
    const found = event.target.closest("claim-steps [data-step], #panel a[data-claim]");
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!found.dataset.step && !["prev", "next"].includes(found.rel)) return void (this.#wanted = found.dataset.claim);
    event.preventDefault();
    event.stopPropagation();
    this.#step(Number(found.dataset.step ?? (found.rel === "next" ? 1 : -1)), event.detail === 0);
  }

  #step(step, byKey) {
    const [text, caret] = [document.querySelector("#text article"), document.querySelector("text-caret[data-at]")];
    const found = caret ? highlightBeside(text, Number(caret.dataset.at), step) : claimBeside(text, this.#wanted, step);
    if (!found) return;
    const detail = { claim: found.claim, at: found.start, byKey: byKey && !caret };
    this.dispatchEvent(new CustomEvent("claim:wanted", { bubbles: true, detail }));
  }
}

customElements.define("claim-steps", ClaimSteps);
