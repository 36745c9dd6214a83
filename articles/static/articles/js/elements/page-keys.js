import { chosenKeys, sayKeys } from "../dom/keys.js";
import { meaningOf } from "../text/keys.js";

const SEQUENCE = 1000;
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

/**
 * Presses what a key stands for. Keys are declared where they act, so what swaps in brings its own: `data-key` on a
 * button, link or field holds a key ("n"), a sequence ("g a") or "Ctrl+Enter" (⌘ on a Mac) for a form's own button.
 * A single key is written as it is at first; `data-keys` of this element says what the account has in its place.
 */
class PageKeys extends HTMLElement {
  #life;
  #before = { key: "", at: 0 };

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    document.addEventListener("htmx:load", ({ detail }) => Object.keys(chosenKeys()).length && sayKeys(detail.elt), { signal });
    sayKeys(document.body);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const found = event.ctrlKey || event.metaKey ? this.#chord(event) : this.#single(event);
    if (!found) return;
    event.preventDefault();
    if (found.matches(TYPING)) found.focus();
    else activate(found);
  }

  /** A chord belongs to the form in which one types. */
  #chord(event) {
    return usable(event.target.closest?.("form"), `Ctrl+${event.key}`);
  }

  #single(event) {
    if (event.target.matches?.(TYPING) || document.documentElement.dataset.keys === "off") return null;
    const sequence = event.timeStamp - this.#before.at < SEQUENCE ? `${this.#before.key} ${event.key}` : "";
    this.#before = { key: event.key, at: event.timeStamp };
    const here = document.querySelector("dialog:modal") ?? document;
    return usable(here, sequence) ?? usable(here, meaningOf(event.key, chosenKeys()));
  }
}

/** Who opened something to write in writes there: left outside, the letters of the first word would be keys. */
function activate(found) {
  found.click();
  if (found.localName !== "summary") return;
  const field = found.parentElement.open && found.parentElement.querySelector("input:not([type=hidden]), textarea, select");
  (field || found).focus();
}

/** The first that can be used; what a closed menu holds can be. */
function usable(root, key) {
  const named = root?.querySelectorAll(`[data-key="${CSS.escape(key)}"]`) ?? [];
  return [...named].find((found) => !found.disabled && (found.checkVisibility() || found.closest(".menu")));
}

customElements.define("page-keys", PageKeys);
