const SHOWN_FOR = 8000;
const STAYING = new Set(["error", "warning"]);

/** Messages at once that stay because what they tell can be undone; a page is open for a whole day. */
const OFFERS = 5;

/**
 * A message that goes away by itself, unless it is bad news, can be undone, or is being read. Of many that can be undone
 * the oldest make way.
 */
class MessageToast extends HTMLElement {
  #life;
  #timer;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.querySelector(".close").addEventListener("click", () => this.remove(), { signal });
    for (const held of ["pointerenter", "focusin"]) this.addEventListener(held, () => clearTimeout(this.#timer), { signal });
    for (const released of ["pointerleave", "focusout"]) this.addEventListener(released, () => this.#start(), { signal });
    this.querySelector("form")?.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && this.remove(), { signal });
    this.#start();
    this.#makeWay();
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  #start() {
    if (STAYING.has(this.dataset.level) || this.querySelector("form")) return;
    this.#timer = setTimeout(() => this.remove(), SHOWN_FOR);
  }

  /** The newest stands first. */
  #makeWay() {
    const offers = [...this.parentElement.querySelectorAll("message-toast:has(form)")].filter(({ dataset }) => !STAYING.has(dataset.level));
    for (const old of offers.slice(OFFERS)) old.matches(":hover, :focus-within") || old.remove();
  }
}

customElements.define("message-toast", MessageToast);
