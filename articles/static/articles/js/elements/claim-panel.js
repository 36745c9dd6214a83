/** The panel: fetches the claim that is wanted, minds where the hand is, and loses nothing that was typed. */
class ClaimPanel extends HTMLElement {
  #life;
  #focus = "";
  #unsaved = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("claim:wanted", ({ detail }) => this.#open(detail), { signal });
    document.addEventListener("claim:changed", ({ detail }) => this.#send("#redraw-claim", detail.claim), { signal });
    document.addEventListener("span:placed", ({ detail }) => (this.#focus = detail === "mark" ? "textarea[name=text]" : ".at"), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("input", () => (this.#unsaved = true), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave(event), { signal });
    this.addEventListener("htmx:oobBeforeSwap", ({ detail }) => this.#keep(detail), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
    this.addEventListener("htmx:afterSettle", ({ target }) => target === this.#panel && this.#onShown(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #panel() {
    return this.querySelector("#panel");
  }

  get #claim() {
    return this.querySelector(".at")?.dataset.claim ?? "";
  }

  #onClick(event) {
    const link = event.target.closest("a[data-claim]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#open({ claim: link.dataset.claim, byKey: event.detail === 0 });
  }

  #open({ claim, byKey }) {
    if (byKey) this.#focus = ".at";
    this.#send("#open-claim", claim);
  }

  #send(form, claim) {
    const found = this.querySelector(form);
    found.elements.claim.value = claim;
    found.elements.claim.disabled = !claim;
    found.requestSubmit();
  }

  /** A marked claim does not push aside what is being typed about another. */
  #keep(detail) {
    if (!this.#unsaved || detail.target !== this.#panel) return;
    detail.shouldSwap = false;
    document.getElementById("messages").prepend(this.querySelector("#panel-kept").content.cloneNode(true));
    this.#send("#redraw-claim", this.#claim);
  }

  #onAnswer({ requestConfig, xhr }) {
    if (requestConfig.verb !== "get" && xhr.status >= 200 && xhr.status < 400) this.#unsaved = false;
  }

  #onShown() {
    if (!this.#panel.querySelector(".at")) return;
    this.#unsaved = false;
    if (this.#focus && getSelection().isCollapsed) this.#moveTo(this.#focus);
    this.#focus = "";
    this.dispatchEvent(new CustomEvent("claim:shown", { bubbles: true, detail: this.#claim }));
  }

  #moveTo(selector) {
    (this.querySelector(selector) ?? this.querySelector(".at")).focus({ preventScroll: true });
  }

  #leave(event) {
    if (event.defaultPrevented) return;
    event.target.blur();
    document.querySelector(`#text .no[data-claim="${this.#claim}"]`)?.focus({ preventScroll: true });
  }
}

customElements.define("claim-panel", ClaimPanel);
