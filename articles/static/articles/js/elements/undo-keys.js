import { bringIntoView } from "../dom/view.js";

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, [contenteditable]";
const TURNS = '[action$="/undo/"], [action$="/redo/"]';

/** Undo and redo by key, wherever one is but in a field in which one types; and two buttons that say what they would do. */
class UndoKeys extends HTMLElement {
  #life;
  #typed = new WeakSet();
  #pressed = false;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    document.addEventListener("input", ({ target }) => this.#typed.add(target), { signal });
    document.addEventListener("htmx:configRequest", ({ detail }) => isTurn(detail.elt) && this.#sayClaim(detail), { signal });
    document.addEventListener("htmx:beforeRequest", ({ detail }) => isTurn(detail.elt) && this.#clear(detail.elt), { signal });
    document.addEventListener("text:turned", ({ detail }) => this.#onTurned(detail), { signal });
    document.addEventListener("htmx:afterSettle", () => this.#keepFocus(), { signal });
    this.addEventListener("focusin", () => (this.#pressed = true), { signal });
    document.addEventListener("focusin", ({ target }) => this.contains(target) || (this.#pressed = false), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** One request follows the other, and each takes the step that is the last by then. */
  #onKey(event) {
    const form = this.querySelector(`#${turnOf(event)}`);
    if (!form || event.defaultPrevented || this.#isTyped(event.target) || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    form.requestSubmit();
  }

  /** A field in which nothing was typed has nothing of its own to undo: so it is with the text of a claim just marked. */
  #isTyped(target) {
    return target.isContentEditable || (target.matches?.(TYPING) && this.#typed.has(target));
  }

  #sayClaim({ parameters }) {
    parameters.claim = document.querySelector("#panel .at")?.dataset.claim ?? "";
  }

  /** What other messages offer to undo is another step by then. */
  #clear(sent) {
    for (const form of document.querySelectorAll(`#messages :is(${TURNS})`)) form !== sent && form.closest("message-toast").remove();
  }

  #onTurned({ block }) {
    bringIntoView(document.getElementById(block) ?? undefined);
  }

  /** A button that has nothing more to do cannot keep the focus; the other one has something. */
  #keepFocus() {
    if (this.#pressed && document.activeElement === document.body) this.querySelector("button:not(:disabled)")?.focus();
  }
}

/** A key in letters, also where letters are not Latin ones. */
function turnOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return "none";
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace("Key", "").toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey && !shiftKey ? "redo" : "none";
}

function isTurn(element) {
  return element.matches(TURNS);
}

customElements.define("undo-keys", UndoKeys);
