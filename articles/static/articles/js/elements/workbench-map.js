import { whenIdle } from "../dom/idle.js";

const WIDTH = 34;
const INSET = 11;
const SVG = "http://www.w3.org/2000/svg";

/** The whole article at a glance, in its margin: a line for each mark where it stands, and a frame for what is seen. */
class WorkbenchMap extends HTMLElement {
  #life;
  #resized;
  #cancel = () => {};

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#resized = new ResizeObserver(() => this.#drawLater());
    this.#resized.observe(this.#text);
    document.addEventListener("text:changed", () => this.#drawLater(), { signal });
    document.addEventListener("scroll", () => this.#frame(), { signal, passive: true });
    this.addEventListener("click", (event) => this.#go(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#resized.disconnect();
    this.#cancel();
  }

  get #text() {
    return document.querySelector("#text article");
  }

  #drawLater() {
    this.#cancel();
    this.#cancel = whenIdle(() => this.#draw());
  }

  #draw() {
    const text = this.#text.getBoundingClientRect();
    const scale = this.clientHeight / text.height;
    const lines = new Map();
    for (const link of this.#text.querySelectorAll(".no")) {
      const y = (link.getBoundingClientRect().top - text.top) * scale;
      const look = link.dataset.status ?? "";
      lines.set(look, `${lines.get(look) ?? ""}M${INSET} ${y.toFixed(1)}H${WIDTH - INSET - 1}`);
    }
    const drawing = element("svg", { width: WIDTH, height: this.clientHeight });
    drawing.append(element("rect", { class: "frame", x: 3, width: WIDTH - 7, rx: 4 }));
    drawing.append(...Array.from(lines, ([status, d]) => element("path", { "data-status": status, d })));
    this.replaceChildren(drawing);
    this.#frame();
  }

  #frame() {
    const text = this.#text.getBoundingClientRect();
    const scale = this.clientHeight / text.height;
    const y = Math.max(0, this.getBoundingClientRect().top - text.top) * scale;
    const height = Math.min(this.clientHeight - y, this.clientHeight * scale);
    const frame = this.querySelector(".frame");
    if (frame) Object.entries({ y, height }).forEach(([name, value]) => frame.setAttribute(name, value));
  }

  #go(event) {
    const text = this.#text.getBoundingClientRect();
    const part = (event.clientY - this.getBoundingClientRect().top) / this.clientHeight;
    scrollBy({ top: text.top + part * text.height - innerHeight / 2, behavior: "smooth" });
  }
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

customElements.define("workbench-map", WorkbenchMap);
