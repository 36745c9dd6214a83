import { entryOf } from "../dom/entries.js";
import { fieldsOf } from "../dom/forms.js";
import { KnownWords } from "../dom/known-words.js";
import { Outcomes } from "../dom/outcomes.js";
import { answerIn, isRefused, post, Sender } from "../dom/sending.js";
import { isDone } from "../dom/spans.js";
import { Tab } from "../dom/tabs.js";
import { isAllKept, Unsent } from "../dom/unsent.js";
import { WaitingForms } from "../dom/waiting-forms.js";

/**
 * Keeps every change in the browser before it is sent, until it is answered. What was not answered is sent again with
 * the same request id, by this page or by the next that this person opens. `outbox:answered` and `outbox:waits` say
 * what became of each, `outbox:changed` that something did.
 */
class OutBox extends HTMLElement {
  #life;
  #unsent;
  #sender;
  #outcomes;
  #forms;
  #lastOf = new WeakMap();

  tab;
  known;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.tab = new Tab(signal);
    this.known = new KnownWords(this.dataset.person);
    this.#unsent = new Unsent(this.dataset.person);
    this.#sender = new Sender(this, this.#unsent, this.tab);
    this.#outcomes = new Outcomes(this.#unsent, this.tab);
    this.#forms = new WaitingForms(this.#unsent, this.tab);
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
    this.#outcomes.takeUp(location.href);
    this.#sender.send();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#sender.stop();
  }

  /** @returns {boolean} whether there was an answer; else it is to be sent again */
  settle(entry, answer) {
    const { status, isAway } = answer;
    const isLost = this.#outcomes.note(entry, answer);
    if (isAway && isDone(answer)) this.#tell("claim:changed", { claim: entry.claim });
    if (isLost && isRefused(answer)) this.#tell("session:doubted");
    this.#tell(isLost ? "outbox:waits" : "outbox:answered", { entry, status, isDone: isDone(answer) });
    this.#tell("outbox:changed");
    this.#forms.release(entry, isLost);
    return !isLost;
  }

  /** It stands behind another that has no answer. */
  delay(entry) {
    this.#tell("outbox:waits", { entry, status: 0 });
    this.#tell("outbox:changed");
  }

  #onAsked(event) {
    const { elt: form, verb, issueRequest } = event.detail;
    if (event.defaultPrevented || verb !== "post" || !form.elements?.request_id || form.querySelector("[type=file]")) return;
    const asked = entryOf(form, event.detail);
    const mustWait = this.#forms.mustWait(asked);
    const state = mustWait ? "held" : "sent";
    const entry = { at: Date.now(), ...this.#unsent.find(asked.id), ...asked, tab: this.tab.id, state };
    this.#supersede(form, entry);
    this.#unsent.put(entry);
    this.#tell("outbox:changed");
    form.addEventListener("htmx:beforeOnLoad", () => this.#bringBack(form), { once: true });
    if (!mustWait) return;
    event.preventDefault();
    this.#forms.add({ entry, form, issueRequest });
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
    if (entry) this.#unsent.put({ ...entry, state: "sent", fields: fieldsOf(request.elt) });
  }

  #sentAs({ elt, verb, parameters }) {
    return elt !== this && verb === "post" ? this.#unsent.find(parameters.request_id) : undefined;
  }

  #onAnswer({ requestConfig, xhr, successful }) {
    const entry = this.#sentAs(requestConfig);
    if (entry?.state !== "sent") return successful && requestConfig.elt !== this && this.#sender.again();
    const isSettled = this.settle(entry, { ...answerIn(xhr), isShown: true });
    if (!isSettled) this.#sender.later();
    else if (entry.claim) this.#sender.send();
  }

  /** A form that is gone, because another claim was opened: htmx finds the other places of its answer from where it is. */
  #bringBack(form) {
    if (form.isConnected) return;
    form.replaceChildren();
    form.hidden = true;
    this.append(form);
    form.addEventListener("htmx:afterRequest", () => form.remove(), { once: true });
  }

  /** Of two texts the other was chosen. */
  #onDecided(link) {
    if (link) this.#outcomes.forgetRefused(link.dataset.forgets);
  }

  /**
   * There may be no next page for long. Words go after those that they stand on. Without locks another page could not
   * know that this one is gone.
   */
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
