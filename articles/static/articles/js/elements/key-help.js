import { choose, chosenKeys } from "../dom/keys.js";
import { isDone } from "../dom/spans.js";
import { meaningOf, pressedFor } from "../text/keys.js";

/** Lists the keys of what is on the page just now. Each can be changed for the account, or all of them switched off. */
class KeyHelp extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("change", ({ target }) => this.#turn(target), { signal });
    this.addEventListener("keydown", (event) => this.#onPress(event), { signal });
    this.addEventListener("beforeinput", (event) => event.target.matches(".key") && event.preventDefault(), { signal });
    this.addEventListener("htmx:afterRequest", ({ detail }) => this.#onAnswer(detail), { signal });
    for (const opener of document.querySelectorAll('[data-opens="keys"]')) {
      opener.addEventListener("click", () => this.#open(), { signal });
    }
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #open() {
    this.#list();
    this.querySelector("dialog").showModal();
  }

  #list() {
    const keys = this.querySelector(".keys");
    const chosen = chosenKeys();
    // Ctrl+Enter does what the form in which one types does; a single key may do one thing now and another then.
    const words = (found) => (found.dataset.key === "Ctrl+Enter" ? keys.dataset.chord : labelOf(found));
    const said = Map.groupBy(keysOfPage(), (found) => found.dataset.key);
    const lines = Array.from(said, ([key, found]) => this.#line(key, pressedFor(key, chosen), [...new Set(found.map(words))]));
    keys.replaceChildren(...lines);
  }

  #line(key, pressed, words) {
    const line = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const field = line.querySelector("input");
    line.querySelector(".words").textContent = words.join("; ");
    if (key.length === 1) Object.assign(field, { value: pressed, name: key, ariaLabel: `Key: ${words.join("; ")}` });
    else field.replaceWith(...key.split(/[ +]/).map((one) => Object.assign(document.createElement("kbd"), { textContent: one })));
    return line;
  }

  /** In a field of the list a key is not typed but taken. Tab and the like are left to the browser. */
  #onPress(event) {
    const field = event.target;
    if (!field.matches(".key") || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [name, chosen] = [field.name, chosenKeys()];
    const other = keysOfPage().find((found) => found.dataset.key !== name && found.dataset.key === meaningOf(event.key, chosen));
    if (other) this.#say(field, `${event.key} is “${labelOf(other)}”. This stays ${pressedFor(name, chosen)}.`);
    else this.#send("#keys-change", { name, key: event.key });
  }

  /** The page that is open follows at once; its next answer would say the same. */
  #turn({ checked, dataset: { turns } }) {
    if (turns === "keys") document.documentElement.dataset.keys = checked ? "on" : "off";
    const text = turns === "words" && document.querySelector("text-selection");
    if (text) text.dataset.words = checked ? "on" : "off";
  }

  #send(form, values) {
    const found = this.querySelector(form);
    Object.entries(values).forEach(([name, value]) => (found.elements[name].value = value));
    found.requestSubmit();
  }

  #onAnswer({ elt, xhr }) {
    if (elt.id === "keys-reset" && isDone(xhr)) {
      choose({});
      this.#list();
    }
    if (elt.id === "keys-change") this.#onChanged(elt.elements.name.value, elt.elements.key.value, xhr);
  }

  #onChanged(name, key, xhr) {
    const field = [...this.querySelectorAll(".key")].find((one) => one.name === name);
    if (!isDone(xhr)) return this.#say(field, xhr.status === 422 ? xhr.responseText : "Not saved. Press it once more.");
    choose({ ...chosenKeys(), [name]: key });
    field.value = key;
    this.#say(field, `Now ${key}.`);
  }

  #say(field, words) {
    field.closest("li").querySelector("[role=status]").textContent = words;
    field.select();
  }
}

function keysOfPage() {
  return [...document.querySelectorAll("[data-key]")].filter((found) => !found.closest("[hidden], template"));
}

function labelOf(element) {
  const words = element.dataset.keyLabel ?? element.ariaLabel ?? textWithoutKeys(element);
  return words.trim().replace(/\s+/g, " ");
}

function textWithoutKeys(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, b").forEach((part) => part.remove());
  return copy.textContent;
}

customElements.define("key-help", KeyHelp);
