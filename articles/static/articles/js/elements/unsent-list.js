import { wordsOf } from "../dom/forms.js";
import { isAllKept, personHere, Unsent } from "../dom/unsent.js";

/** Says which changes are not saved yet, and offers what can be done about those that the server refused. */
class UnsentList extends HTMLElement {
  #life;
  #unsent;

  connectedCallback() {
    this.#unsent = new Unsent(personHere());
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const change of ["outbox:changed", "storage"]) window.addEventListener(change, () => this.#show(), { signal });
    this.addEventListener("click", ({ target }) => target.closest("[data-drop]") && this.#drop(target.closest("li")), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** What is on its way is not worth a word, unless it stands behind another that has no answer. */
  #show() {
    const all = this.#unsent.all();
    const waiting = all.some(({ state }) => state === "waiting");
    const late = all.filter(({ state }) => state === "waiting" || state === "refused" || (waiting && state === "ready"));
    this.toggleAttribute("data-some", late.length > 0);
    const head = `${late.length} ${late.length === 1 ? "change" : "changes"} not saved yet`;
    this.#write("summary b", late.length ? head : "");
    const again = isAllKept() ? "Sent again by itself." : "Sent again by itself. This browser keeps no more: leave this page open.";
    this.#write("summary span", waiting ? again : "");
    this.querySelector("ul").replaceChildren(...late.map((entry) => this.#row(entry)));
  }

  /** Only a change is announced. */
  #write(selector, words) {
    const element = this.querySelector(selector);
    if (element.textContent !== words) element.textContent = words;
  }

  #row({ id, what, fields, state, said, page }) {
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const words = wordsOf(fields);
    row.dataset.id = id;
    row.querySelector("b").textContent = what;
    row.querySelector("q").textContent = words.length > 140 ? `${words.slice(0, 139)}…` : words;
    row.querySelector("q").hidden = !words;
    row.querySelector(".said").textContent = state === "refused" ? said || "The server refused it." : "";
    row.querySelector(".actions").hidden = state !== "refused";
    row.querySelector("a").href = page;
    return row;
  }

  #drop(row) {
    const entry = this.#unsent.find(row.dataset.id);
    if (entry) this.#unsent.remove(entry);
    this.#show();
  }
}

customElements.define("unsent-list", UnsentList);
