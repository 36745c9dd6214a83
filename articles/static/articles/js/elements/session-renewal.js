import { askSession, signIn, useToken } from "../dom/session.js";
import { Drafts, forgetAll, Unsent } from "../dom/unsent.js";

const CHANNEL = "factcheck-session";

/**
 * When the session has ended, asks for the password where the page stands, and goes on with what was to be sent. Other
 * tabs hear of it, and of a sign-in in a new tab. Nothing of one person is sent in the session of another.
 */
class SessionRenewal extends HTMLElement {
  #life;
  #channel;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("htmx:beforeOnLoad", (event) => this.#onLoad(event), { signal });
    document.addEventListener("outbox:waits", ({ detail }) => detail.status === 401 && this.#open(), { signal });
    document.addEventListener("session:doubted", () => this.#check(), { signal });
    document.addEventListener("submit", (event) => this.#onSignOut(event), { signal });
    document.addEventListener("click", ({ target }) => target.closest("[data-signs-in]") && this.#open(), { signal });
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener("message", () => this.#check(), { signal });
    // A tab that waits may have asked for this one.
    this.#channel.postMessage("signed in");
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#channel.close();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  get #form() {
    return this.querySelector("form[method=post]");
  }

  /** The header leads to the sign-in page; this page stays. */
  #onLoad(event) {
    const { xhr, elt } = event.detail;
    if (xhr.status !== 401) return;
    event.preventDefault();
    if (!elt.closest("[data-quiet]")) this.#open();
  }

  #open() {
    if (this.#dialog.open) return;
    this.#say("");
    this.#dialog.showModal();
  }

  async #onSubmit(event) {
    event.preventDefault();
    const button = this.#form.querySelector("button");
    button.disabled = true;
    const before = await askSession(this.dataset.session);
    if (before) useToken(before.token);
    const refused = before ? await signIn(this.#form, before.token) : "The server did not answer. Try again.";
    button.disabled = false;
    this.#form.elements.password.value = "";
    if (refused) return this.#say(refused);
    if (!(await this.#check())) this.#say("More than the password is asked of this account. Sign in in a new tab.");
    this.#channel.postMessage("signed in");
  }

  /** @returns {Promise<boolean>} whether someone is signed in */
  async #check() {
    const now = await askSession(this.dataset.session);
    if (!now?.person) return false;
    if (now.person === this.dataset.person) this.#goOn(now.token);
    else this.#stop();
    return true;
  }

  #goOn(token) {
    useToken(token);
    if (this.#dialog.open) this.#dialog.close();
    this.dispatchEvent(new CustomEvent("outbox:ready", { bubbles: true }));
  }

  /** The page is of one person and the session of another. */
  #stop() {
    this.dataset.other = "";
    this.#open();
  }

  #say(words) {
    this.querySelector("[role=alert]").textContent = words;
    this.querySelector("[role=alert]").hidden = !words;
  }

  /** Nothing that was typed stays behind on a browser that others use. */
  #onSignOut(event) {
    if (!("signsOut" in event.target.dataset)) return;
    const { person } = this.dataset;
    const count = new Unsent(person).all().length + new Drafts(person).count;
    const asks = `${count} ${count === 1 ? "change is" : "changes are"} not saved yet, and will be lost from this browser. Sign out?`;
    if (count && !confirm(asks)) return event.preventDefault();
    forgetAll(person);
  }
}

customElements.define("session-renewal", SessionRenewal);
