/** Around the form that says "seen": sends it when the person leaves the site with the news on the screen. */
class DeskNews extends HTMLElement {
  #life;
  #isSeen = false;
  #goesOn = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const seen = new IntersectionObserver(([entry]) => (this.#isSeen ||= entry.isIntersecting));
    seen.observe(this);
    signal.addEventListener("abort", () => seen.disconnect());
    // Whoever follows one of the news comes back for the others.
    document.addEventListener("click", (event) => this.#onClick(event), { signal });
    document.addEventListener("submit", () => (this.#goesOn = true), { signal });
    addEventListener("pageshow", () => (this.#goesOn = false), { signal });
    addEventListener("pagehide", () => this.#leave(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onClick({ target }) {
    const link = target.closest?.("a[href]");
    if (link && link.origin === location.origin) this.#goesOn = true;
  }

  #leave() {
    if (!this.#isSeen || this.#goesOn) return;
    const form = this.querySelector("form");
    const said = new FormData(form);
    said.set("leaves", "on");
    navigator.sendBeacon(form.action, said);
  }
}

customElements.define("desk-news", DeskNews);
