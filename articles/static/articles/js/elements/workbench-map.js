const WIDTH = 34;
const LINE = 4;
const SVG = "http://www.w3.org/2000/svg";

/** The whole article at a glance, in its margin: a line for each mark where it stands, and a frame for what is seen. */
class WorkbenchMap extends HTMLElement {
  #life;
  #resized;
  #drawing = 0;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(this.#text);
    document.addEventListener("text:changed", () => this.#draw(), { signal });
    document.addEventListener("scroll", () => this.#frame(), { signal, passive: true });
    this.addEventListener("click", (event) => this.#go(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#resized.disconnect();
    cancelAnimationFrame(this.#drawing);
  }

  get #text() {
    return document.querySelector("#text article");
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      const text = this.#text.getBoundingClientRect();
      const marks = Array.from(this.#text.querySelectorAll(".no"), (link) => [link, link.getBoundingClientRect()]);
      const lines = marks.map(([{ dataset }, box]) => line(dataset, ((box.top - text.top) / text.height) * this.clientHeight));
      const drawing = element("svg", { width: WIDTH, height: this.clientHeight });
      drawing.append(element("rect", { class: "frame", x: 3, width: WIDTH - 7, rx: 4 }), ...lines);
      this.replaceChildren(drawing);
      this.#frame();
    });
  }

  #frame() {
    const text = this.#text.getBoundingClientRect();
    const scale = this.clientHeight / text.height;
    const top = Math.max(0, this.getBoundingClientRect().top - text.top) * scale;
    const height = Math.min(this.clientHeight - top, this.clientHeight * scale);
    const frame = this.querySelector(".frame");
    if (frame) Object.entries({ y: top, height }).forEach(([name, value]) => frame.setAttribute(name, value));
  }

  #go(event) {
    const text = this.#text.getBoundingClientRect();
    const part = (event.clientY - this.getBoundingClientRect().top) / this.clientHeight;
    scrollBy({ top: text.top + part * text.height - innerHeight / 2, behavior: "smooth" });
  }
}

function line({ status = "", stance = "" }, y) {
  return element("rect", { "data-status": status, "data-stance": stance, x: 9, y, width: WIDTH - 19, height: LINE, rx: 2 });
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => value !== "" && made.setAttribute(key, value));
  return made;
}

customElements.define("workbench-map", WorkbenchMap);
