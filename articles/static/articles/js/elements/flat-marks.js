import { FlatPaint, paintActive } from "../dom/flat.js";
import { rangesOf } from "../dom/marks.js";
import { bringIntoView } from "../dom/view.js";

/** In an article with very many highlights: paints them where there are no elements, and says so with every request. */
class FlatMarks extends HTMLElement {
  #life;
  #paint = new FlatPaint();
  #claim = "";

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("htmx:configRequest", ({ detail }) => (detail.headers["X-Highlights"] = "flat"), { signal });
    if (!CSS.highlights) return;
    this.#paint.renew(this.#article);
    this.#show({ claim: document.querySelector("#panel .at")?.dataset.claim, isSought: true });
    document.addEventListener("text:changed", () => this.#renew(), { signal });
    document.addEventListener("claim:shown", ({ detail }) => this.#show(detail), { signal });
    document.addEventListener("claims:narrowed", () => this.#again(), { signal });
    addEventListener("beforeprint", () => this.#paint.paintAll(), { signal });
    addEventListener("afterprint", () => this.#again(), { signal });
    document.addEventListener("claim:pointed", ({ detail }) => this.#onPointed(detail), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#paint.clear();
  }

  get #article() {
    return this.parentElement.querySelector("article");
  }

  #renew() {
    this.#paint.renew(this.#article);
    this.#show({ claim: this.#claim });
  }

  /** The data of every block may have changed. */
  #again() {
    this.#paint.clear();
    this.#paint.renew(this.#article);
  }

  #show({ claim = "", isSought }) {
    this.#claim = claim;
    const ranges = claim ? rangesOf(this.#article, claim) : [];
    paintActive(ranges);
    if (isSought && ranges.length) bringIntoView(ranges[0].startContainer.parentElement, ranges[0]);
  }

  /** No element is there to give the mouse another look. */
  #onPointed({ claim, from }) {
    this.#article.toggleAttribute("data-met", claim !== "" && from === "text");
  }
}

customElements.define("flat-marks", FlatMarks);
