const STORED = "factcheck-keys";

/** Lists the keys of what is on the page just now, and lets a person who dictates or mistypes switch single keys off. */
class KeyHelp extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#switch(stored() !== "off");
    this.querySelector("input").addEventListener("change", ({ target }) => this.#switch(target.checked), { signal });
    for (const opener of document.querySelectorAll('[data-opens="keys"]')) {
      opener.hidden = false;
      opener.addEventListener("click", () => this.#open(), { signal });
    }
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #open() {
    const shown = [...document.querySelectorAll("[data-key]")].filter((found) => !found.closest("[hidden], template"));
    const keys = this.querySelector(".keys");
    // A chord does what the form in which one types does; a single key may do one thing now and another then.
    const said = shown.map((found) => [found.dataset.key, isChord(found.dataset.key) ? keys.dataset.chord : label(found)]);
    const lines = new Map(said.map(([key, words]) => [`${key} ${words}`, line(key, words)]));
    keys.replaceChildren(...lines.values());
    this.querySelector("dialog").showModal();
  }

  #switch(on) {
    this.querySelector("input").checked = on;
    document.documentElement.dataset.keys = on ? "on" : "off";
    store(on ? "on" : "off");
  }
}

function isChord(key) {
  return key.length > 1 && key.includes("+");
}

function label(element) {
  const words = element.dataset.keyLabel ?? element.ariaLabel ?? textWithoutKeys(element);
  return words.trim().replace(/\s+/g, " ");
}

function textWithoutKeys(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, b").forEach((part) => part.remove());
  return copy.textContent;
}

function line(key, words) {
  const item = document.createElement("li");
  const keys = document.createElement("span");
  keys.className = "nowrap";
  keys.append(...key.split(/[ +]/).map((one) => Object.assign(document.createElement("kbd"), { textContent: one })));
  item.append(words, keys);
  return item;
}

/** A browser may forbid storage; the switch then holds for this page. */
function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function store(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    return;
  }
}

customElements.define("key-help", KeyHelp);
