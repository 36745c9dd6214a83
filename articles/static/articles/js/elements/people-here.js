import { bringIntoView } from "../dom/view.js";

/** Who else is on the article: a small sign in the margin and in the overview, beside what each of them reads. */
class PeopleHere extends HTMLElement {
  #life;
  #watching;
  #resized;
  #onMap = layer("people-on-map");
  #inMargin = layer("people-in-margin");

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#watching = new MutationObserver(() => this.#place());
    this.#watching.observe(this.querySelector("ul"), { childList: true });
    // The overview is drawn anew now and then, with nothing in it but its own.
    this.#watching.observe(this.#map, { childList: true });
    this.#resized = new ResizeObserver(() => this.#place());
    this.#resized.observe(this.#text);
    this.addEventListener("click", (event) => this.#go(event), { signal });
    this.#frame.append(this.#inMargin);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#watching.disconnect();
    this.#resized.disconnect();
    this.#inMargin.remove();
  }

  get #frame() {
    return document.getElementById("text");
  }

  get #map() {
    return document.querySelector("workbench-map");
  }

  get #text() {
    return document.querySelector("#text article");
  }

  #go(event) {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    bringIntoView(document.getElementById(`b${link.dataset.block}`));
  }

  #place() {
    const links = [...this.querySelectorAll("li a")];
    const places = links.map((link) => document.getElementById(`b${link.dataset.block}`)?.getBoundingClientRect());
    const text = this.#text.getBoundingClientRect();
    const frame = this.#frame.getBoundingClientRect();
    const scale = this.#map.clientHeight / text.height;
    links.forEach(says);
    this.#inMargin.style.left = `${text.left - frame.left}px`;
    this.#inMargin.replaceChildren(...signs(links, places, ({ top }) => top - frame.top));
    this.#onMap.replaceChildren(...signs(links, places, ({ top }) => (top - text.top) * scale));
    if (links.length && !this.#map.contains(this.#onMap)) this.#map.append(this.#onMap);
  }
}

function layer(name) {
  const made = document.createElement("div");
  made.className = name;
  made.ariaHidden = "true";
  return made;
}

function signs(links, places, topOf) {
  return links.flatMap((link, index) => (places[index] ? [sign(link, topOf(places[index]))] : []));
}

function sign(link, top) {
  const made = document.createElement("span");
  made.textContent = link.dataset.name[0];
  made.title = link.dataset.name;
  made.style.top = `${top}px`;
  return made;
}

/** The number of the claim in hand is known to the page alone. */
function says(link) {
  link.dataset.name ??= link.textContent;
  const { no } = document.querySelector(`#text .no[data-claim="${link.dataset.claim}"]`)?.dataset ?? {};
  link.textContent = no ? `${link.dataset.name}, at claim ${no}` : link.dataset.name;
}

customElements.define("people-here", PeopleHere);
