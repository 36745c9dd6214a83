import { entryOf, sentenceIn, withField } from "../dom/entries.js";
import { fieldsOf } from "../dom/forms.js";
import { isUnanswered, post, Sender } from "../dom/sending.js";
import { isDone } from "../dom/spans.js";
import { Tab } from "../dom/tabs.js";
import { isAllKept, Unsent } from "../dom/unsent.js";

/** How often the server may fail at a change before a person decides about it: it must not hold up all others for ever. */
const FAILURES = 10;

/**
 * Keeps every change in the browser before it is sent, until it is answered. What was not answered is sent again with
 * the same request id, by this page or by the next that this person opens. `outbox:answered` and `outbox:waits` say
 * what became of each, `outbox:changed` that something did.
 */
class OutBox extends HTMLElement {
  #life;
  #unsent;
  #sender;
  #lastOf = new WeakMap();
  #held = [];

  tab;
  /** The newest that this page has heard of each claim: an answer that was written earlier may come later. */
  known = new Map();

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.tab = new Tab(signal);
    this.#unsent = new Unsent(this.dataset.person);
    this.#sender = new Sender(this, this.#unsent, this.tab);
    // On the window, after all who may object.
    window.addEventListener("htmx:confirm", (event) => this.#onAsked(event), { signal });
    document.addEventListener("htmx:configRequest", ({ detail }) => this.#onSend(detail), { signal });
    document.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
    document.addEventListener("server:answered", () => this.#sender.again(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#sender.send(), { signal });
    for (const back of ["online", "focus", "outbox:ready"]) window.addEventListener(back, () => this.#sender.send(), { signal });
    document.addEventListener("click", ({ target }) => this.#onDecided(target.closest("[data-forgets]")), { signal });
    window.addEventListener("beforeunload", (event) => isAllKept() || event.preventDefault(), { signal });
    window.addEventListener("pagehide", () => this.#leave(), { signal });
    this.#takeUp();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#sender.stop();
  }

  /** What came of an entry: it is forgotten, or waits, or is left to the person unless the page shows the refusal. */
  settle(entry, answer) {
    const { status } = answer;
    const failures = (entry.failures ?? 0) + (status === 500 ? 1 : 0);
    const isLost = failures < FAILURES && (isUnanswered(status) || (status === 403 && !entry.isSure));
    if (isLost) this.#keep({ ...entry, failures, isSure: status === 403 }, "waiting");
    else this.#conclude(entry, answer);
    if (status === 403 && isLost) this.#tell("session:doubted");
    this.#tell(isLost ? "outbox:waits" : "outbox:answered", { entry, status, isDone: isDone(answer) });
    this.#tell("outbox:changed");
    this.#release(entry, isLost);
    return !isLost;
  }

  #conclude(entry, { status, text, isShown, isAway }) {
    if (!isDone({ status }) && !(isShown && status < 500) && !this.#hasNewer(entry)) return this.#keep({ ...entry, said: sentenceIn(text) }, "refused");
    this.#unsent.remove(entry);
    if (!isDone({ status })) return;
    this.#forgetRefused(entry.path);
    if (isAway) this.#tell("claim:changed", { claim: entry.claim });
  }

  #onAsked(event) {
    const { elt: form, verb, issueRequest } = event.detail;
    if (event.defaultPrevented || verb !== "post" || !form.elements?.request_id || form.querySelector("[type=file]")) return;
    const asked = entryOf(form, event.detail);
    const entry = { at: Date.now(), ...this.#unsent.find(asked.id), ...asked, tab: this.tab.id, state: "sent" };
    this.#supersede(form, entry);
    this.#unsent.put(entry);
    this.#tell("outbox:changed");
    if (!this.#wordsOf(entry.claim).length) return;
    // What is done with a claim is done with the words that stand in its field.
    event.preventDefault();
    this.#held.push({ entry, issueRequest });
    this.#tell("words:wanted", { claim: entry.claim });
  }

  /** Other words in the same form are instead of those that did not get through. */
  #supersede(form, { id }) {
    const last = this.#unsent.find(this.#lastOf.get(form));
    if (last && last.id !== id) this.#unsent.remove(last);
    this.#lastOf.set(form, id);
  }

  /** What is sent in the end, after what it waited for. */
  #onSend(request) {
    const entry = this.#sentAs(request);
    if (entry) this.#unsent.put({ ...entry, fields: fieldsOf(request.elt) });
  }

  #sentAs({ elt, verb, parameters }) {
    return elt !== this && verb === "post" ? this.#unsent.find(parameters.request_id) : undefined;
  }

  #onAnswer({ requestConfig, xhr, successful }) {
    const entry = this.#sentAs(requestConfig);
    if (entry?.state !== "sent") return successful && requestConfig.elt !== this && this.#sender.again();
    if (!this.settle(entry, { status: xhr.status, text: xhr.responseText, isShown: true })) this.#sender.later();
  }

  /** Words of a claim that this page has not saved yet. */
  #wordsOf(claim) {
    const isHere = (entry) => entry.saves && entry.claim === claim && entry.tab === this.tab.id && entry.state !== "refused";
    return claim ? this.#unsent.all().filter(isHere) : [];
  }

  #release(entry, isLost) {
    if (!entry.saves || (!isLost && this.#wordsOf(entry.claim).length)) return;
    const isFree = (held) => held.entry.claim === entry.claim;
    const free = this.#held.filter(isFree);
    this.#held = this.#held.filter((held) => !isFree(held));
    for (const held of free) isLost ? this.#keep(held.entry, "waiting") : held.issueRequest(true);
  }

  /** Words that are followed by newer ones hand on what they stood on. */
  #hasNewer({ id, path, saves, fields, at }) {
    const newer = saves && this.#unsent.wordsFor(path).find((other) => other.id !== id && other.tab === this.tab.id && other.at >= at);
    if (newer) this.#unsent.put({ ...newer, fields: withField(newer.fields, "base", fields) });
    return Boolean(newer);
  }

  #keep(entry, state) {
    this.#unsent.put({ ...entry, state });
  }

  /** Of two texts the other was chosen. */
  #onDecided(link) {
    if (link) this.#forgetRefused(link.dataset.forgets);
  }

  #forgetRefused(path) {
    const refused = this.#unsent.wordsFor(path).filter(({ state }) => state === "refused");
    refused.forEach((entry) => this.#unsent.remove(entry));
  }

  /** What the server refused is tried again where its answer has a place. */
  #takeUp() {
    const refused = this.#unsent.all().filter(({ state, saves, page }) => state === "refused" && !saves && page === location.href);
    refused.forEach((entry) => this.#keep(entry, "waiting"));
    this.#sender.send();
  }

  /** There may be no next page for long. Words stand on those before them, and go after them. Without locks it could not know that this one is gone. */
  #leave() {
    const mine = this.#unsent.all().filter(({ tab }) => tab === this.tab.id);
    const first = mine.filter(({ path }, at) => mine.findIndex((other) => other.path === path) === at);
    first.filter(({ state }) => state === "typed" || state === "ready").forEach((entry) => post(entry, { keepalive: true }).catch(() => {}));
    mine.forEach((entry) => this.#unsent.put({ ...entry, tab: "" }));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

customElements.define("out-box", OutBox);
