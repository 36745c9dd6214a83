import { hasWords } from "../dom/fields.js";
import { whenIdle } from "../dom/idle.js";
import { pageId } from "../dom/ids.js";
import { blockRead } from "../dom/place-read.js";

const EVERY = 5000;
const SELDOM = 300000;
/** What htmx tells of a request. Of these nobody hears but this element: whatever comes of them, nobody is disturbed. */
const TOLD = ["beforeRequest", "beforeSend", "afterRequest", "afterOnLoad", "beforeSwap", "sendError", "timeout", "error"];

/**
 * Asks from time to time what others changed, and says where its reader is. It asks only while it can be seen, less and
 * less often when there is no answer, and at once when somebody comes back to it.
 */
class LiveChanges extends HTMLElement {
  #life;
  #timer;
  #failures = 0;
  #cancel = () => {};

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const told of TOLD) this.addEventListener(`htmx:${told}`, (event) => this.#isBeat(event) && event.stopPropagation(), { signal });
    // What is swapped in here is no part of the text.
    for (const told of ["oobBeforeSwap", "oobAfterSwap"]) this.addEventListener(`htmx:${told}`, (event) => event.stopPropagation(), { signal });
    this.addEventListener("htmx:beforeOnLoad", (event) => this.#isBeat(event) && this.#onLoad(event), { signal });
    this.addEventListener("htmx:afterRequest", (event) => this.#isBeat(event) && this.#onAnswer(event.detail.xhr), { signal });
    this.addEventListener("click", ({ target }) => target.closest("[data-act=show]") && this.#show(), { signal });
    document.addEventListener("htmx:beforeSwap", ({ detail }) => detail.requestConfig.elt === this.#shower && this.#beforeShown(detail), { signal });
    document.addEventListener("changes:shown", ({ detail }) => this.#onShown(detail), { signal });
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
    // The page is shown for the first time, too, when all of it is there.
    window.addEventListener("pageshow", () => this.#wakeLater(), { signal });
    for (const back of ["focus", "online"]) window.addEventListener(back, () => this.#wake(), { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#cancel();
  }

  get #beat() {
    return this.querySelector("#live-beat");
  }

  get #shower() {
    return this.querySelector("#live-show");
  }

  get #panel() {
    return document.getElementById("panel");
  }

  get #claim() {
    return this.#panel.querySelector(".at")?.dataset.claim ?? "";
  }

  #isBeat({ target }) {
    return target === this.#beat;
  }

  /** Where its reader is cannot be told before the page is laid out, which is done when it is painted. */
  #wakeLater() {
    this.#cancel();
    this.#cancel = whenIdle(() => this.#wake());
  }

  #wake() {
    this.#failures = 0;
    this.#ask();
  }

  #ask() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const block = blockRead(document.querySelector("#text article"), this.#claim);
    this.#send(this.#beat, { block: block?.dataset.o ?? "0" });
  }

  #send(form, values) {
    const all = { page: pageId(), claim: this.#claim, ...values };
    Object.entries(all).forEach(([name, value]) => (form.elements[name].value = value));
    form.requestSubmit();
  }

  /** Without this htmx would leave the page for the sign-in when the session has ended. */
  #onLoad(event) {
    event.stopPropagation();
    if (event.detail.xhr.status >= 400) event.preventDefault();
  }

  #onAnswer(xhr) {
    const isAnswered = xhr.status === 200 || xhr.status === 204;
    this.#failures = isAnswered ? 0 : this.#failures + 1;
    if (isAnswered) this.dispatchEvent(new CustomEvent("server:answered", { bubbles: true }));
    if (isAnswered) this.#know(/"(.*)"/.exec(xhr.getResponseHeader("ETag"))[1]);
    const isShut = xhr.status === 401 || xhr.status === 404;
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = setTimeout(() => this.#ask(), isShut ? SELDOM : Math.min(EVERY * 2 ** this.#failures, SELDOM));
  }

  #know(tag) {
    this.#beat.elements.tag.value = this.#shower.elements.tag.value = tag;
  }

  /** Where something is typed the panel is no target at all, so that nobody asks whether to leave it behind. */
  #show() {
    const isKept = hasWords(this.#panel);
    this.#shower.elements.keep.disabled = !isKept;
    this.#shower.setAttribute("hx-target", isKept ? "this" : "#panel");
    this.#send(this.#shower);
  }

  /** Another claim may have been opened since, or something been typed: then the panel stays. */
  #beforeShown(detail) {
    const isOther = (detail.requestConfig.parameters.claim ?? "") !== this.#claim;
    if (isOther || hasWords(this.#panel)) detail.swapOverride = "none";
  }

  /** The button is gone with what it did. */
  #onShown({ tag }) {
    this.#know(tag);
    if (document.activeElement === document.body) this.querySelector("#live-news").focus({ preventScroll: true });
  }
}

customElements.define("live-changes", LiveChanges);
