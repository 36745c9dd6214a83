import { isHeld } from "../dom/ranges.js";
import { isDone } from "../dom/spans.js";
import { scrollWithin } from "../dom/view.js";

/** The panel: fetches the claim that is wanted, minds where the hand is, and loses nothing that was typed. */
class ClaimPanel extends HTMLElement {
  #life;
  #focus = "";
  #isSought = false;
  #unsaved = false;
  #isBusy = false;
  #wasIn = "";

  /** The claims in view in the text, with which a list that comes begins. */
  seen = [];

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("claim:wanted", ({ detail }) => this.#open(detail), { signal });
    document.addEventListener("claim:changed", ({ detail }) => this.#send("#redraw-claim", detail.claim), { signal });
    document.addEventListener("text:seen", ({ detail }) => (this.seen = detail.claims), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    for (const act of ["keydown", "pointerdown", "input"]) this.addEventListener(act, () => (this.#isBusy = true), { signal });
    this.addEventListener("input", ({ target }) => (this.#unsaved ||= !target.closest("[data-saves]")), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave(event), { signal });
    this.addEventListener("htmx:beforeSwap", ({ detail }) => this.#onAnswer(detail), { signal });
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

  /** Words that save themselves are in the middle of it. */
  get #isTyping() {
    return Boolean(document.activeElement.closest("[data-saves]")?.querySelector("[data-state]"));
  }

  /** Words that the page brought back, which nobody typed into it. */
  get #hasDraft() {
    return this.querySelector("kept-draft[data-kept]") !== null;
  }

  get #isInField() {
    return this.contains(document.activeElement) && document.activeElement.matches("input, textarea");
  }

  /** Whoever comes into a field by Tab or with a screen reader presses nothing in it before they type. */
  get #isBegun() {
    return this.#isInField && (this.#isBusy || document.activeElement.id !== this.#wasIn);
  }

  #onClick(event) {
    const link = event.target.closest("a[data-claim]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#open({ claim: link.dataset.claim, byKey: event.detail === 0 });
  }

  /** What was pressed by key, or is gone with what it did, hands the focus on; who moves borders goes on where they are. */
  #open({ claim, byKey, isPlaced, isNew, isTurned, keepsFocus = isTurned && !this.contains(document.activeElement) }) {
    if (isPlaced && (this.#unsaved || this.#hasDraft || this.#isTyping)) return this.#keep(claim, keepsFocus || isTurned);
    if ((byKey || isPlaced) && !keepsFocus) this.#focus = isNew ? "textarea[name=text]" : ".at";
    this.#isSought = !isPlaced;
    this.#isBusy = false;
    this.#wasIn = document.activeElement.id;
    this.#send("#open-claim", claim);
  }

  /** A marking does not push aside what is being typed about another claim. */
  #keep(claim, isTold) {
    if (!isTold) this.#tell();
    this.#send("#redraw-claim", claim);
  }

  #send(form, claim) {
    const found = this.querySelector(form);
    found.elements.claim.value = claim;
    found.elements.claim.disabled = !claim;
    found.requestSubmit();
  }

  /** Before the swap, after which the words of other forms are put back. */
  #onAnswer(detail) {
    const { requestConfig, xhr } = detail;
    if (requestConfig.verb !== "get" && isDone(xhr)) this.#unsaved = false;
    if (requestConfig.elt.id === "open-claim" && this.#isBegun) this.#stay(detail);
  }

  /** Whoever has gone on typing since another claim was asked for would type the rest of a word into that one, or nowhere. */
  #stay(detail) {
    detail.shouldSwap = false;
    this.#focus = "";
    this.querySelector("#open-claim").elements.claim.value = this.#claim;
    this.#tell();
  }

  #tell() {
    document.getElementById("messages").prepend(this.querySelector("#panel-kept").content.cloneNode(true));
  }

  #onShown() {
    if (!this.#panel.querySelector(".at")) return;
    this.#unsaved = false;
    if (this.#claim && this.#claim !== this.dataset.before) this.#panel.scrollTop = 0;
    if (this.#claim) this.dataset.before = this.#claim;
    // Another may be wanted by now, and comes next.
    const isLast = this.#claim === this.querySelector("#open-claim").elements.claim.value;
    if (isLast && this.#focus && getSelection().isCollapsed && !isHeld()) this.#moveTo(this.#focus);
    if (isLast) this.#focus = "";
    const detail = { claim: this.#claim, isSought: isLast && this.#isSought };
    this.dispatchEvent(new CustomEvent("claim:shown", { bubbles: true, detail }));
    if (isLast) this.#isSought = false;
  }

  #moveTo(selector) {
    const row = this.#claim ? null : this.querySelector('.claims [tabindex="0"]');
    if (row) scrollWithin(this.#panel, row, "nearest");
    const found = row ?? this.querySelector(selector) ?? this.querySelector(".at");
    // On a narrow screen it may be in the sheet that is closed.
    if (found.getBoundingClientRect().top < innerHeight) found.focus({ preventScroll: true });
  }

  #leave(event) {
    if (event.defaultPrevented) return;
    const claim = event.target.closest("li")?.dataset.claim ?? this.#claim;
    event.target.blur();
    document.querySelector(`#text .no[data-claim="${claim}"]`)?.focus({ preventScroll: true });
  }
}

customElements.define("claim-panel", ClaimPanel);
