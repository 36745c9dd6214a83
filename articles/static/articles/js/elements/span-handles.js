import { spanBetween, stepped } from "../dom/borders.js";
import { Handles } from "../dom/handles.js";
import { Sent } from "../dom/sent-borders.js";

/**
 * The borders of the highlights in hand: dragged by handles, moved by keys and by the panel's buttons. What is wanted is
 * shown at once.
 */
class SpanHandles extends HTMLElement {
  #life;
  #resized;
  #handles;
  #sent;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#handles = new Handles(this, this.#text, (state, edge, offset) => this.#want(state, edge, offset));
    this.#sent = new Sent(this, this.#text);
    this.#resized = new ResizeObserver(() => this.#show());
    this.#resized.observe(this.#text);
    for (const shown of ["claim:shown", "text:changed"]) document.addEventListener(shown, () => this.#read(), { signal });
    document.addEventListener("toggle", () => this.#show(), { signal, capture: true });
    document.addEventListener("span:adjusted", ({ detail }) => detail.spans.forEach((span) => this.#sent.adjusted(span)), { signal });
    document.addEventListener("click", (event) => this.#onStep(event), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#handles.cancel(event), { signal });
    for (const type of ["pointerdown", "mousedown", "pointermove", "pointerup", "pointercancel", "keydown"]) {
      this.addEventListener(type, (event) => this.#onHandle(event), { signal });
    }
    // It is told first that nothing answered, where nothing did.
    this.addEventListener("htmx:afterRequest", ({ detail }) => queueMicrotask(() => detail.elt.remove()), { signal });
    document.addEventListener("outbox:answered", ({ detail }) => this.#onAnswer(detail), { signal });
    this.#read();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#resized.disconnect();
  }

  get #text() {
    return this.parentElement.querySelector("article");
  }

  #read() {
    this.#sent.read(document.querySelectorAll("details.borders"));
    this.hidden = this.#sent.states.size === 0;
    this.#show();
  }

  #show() {
    this.#handles.show(this.#sent.states.values());
    this.#sent.paint();
  }

  /** A button in the panel is about its highlight, a key about the one that was touched last, or is seen. */
  #onStep(event) {
    const button = event.target.closest?.("[data-move]");
    if (!button) return;
    const id = button.closest("details.borders")?.dataset.highlight ?? this.#handles.inHand;
    const state = this.#sent.states.get(id);
    if (!state) return;
    event.preventDefault();
    const [edge, direction] = button.dataset.move.split(":");
    this.#step(state, edge, Number(direction), false);
  }

  #onHandle(event) {
    const { state, edge, isReversed } = this.#handles.of(event, this.#sent.states);
    if (!state) return;
    const ahead = isReversed ? "ArrowLeft" : "ArrowRight";
    const direction = /^Arrow/.test(event.key) && ([ahead, "ArrowUp"].includes(event.key) ? 1 : -1);
    if (event.type !== "keydown") this.#drag(event, state, edge);
    else if (direction && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#step(state, edge, direction, event.altKey || event.shiftKey);
    }
  }

  #drag(event, state, edge) {
    if (event.type === "pointerup" && this.#handles.drop(event)) this.#sent.send(state);
    else if (event.type !== "pointerup") this.#handles.drag(event, state, edge);
  }

  #step(state, edge, direction, byCharacter) {
    const offset = stepped(this.#text, state.wanted, edge, direction, byCharacter);
    if (this.#want(state, edge, offset)) this.#sent.send(state);
  }

  /** Whether the border can go there: something has to be left of the highlight. */
  #want(state, edge, offset) {
    const span = offset !== undefined && spanBetween(this.#text, { ...state.wanted, [edge]: offset });
    if (!span) return false;
    state.wanted = { start: span.start, end: span.end, quote: span.quote };
    this.#handles.take(state);
    this.#show();
    this.querySelector("[role=status]").textContent = `Highlighted now: ${said(span.quote)}`;
    return true;
  }

  #onAnswer({ entry, isDone }) {
    if (this.#sent.answered(entry, isDone)) this.#show();
  }
}

/** Its two ends say what a highlight is. */
function said(quote) {
  const line = quote.replace(/\s+/g, " ");
  return line.length < 100 ? line : `${line.slice(0, 45)} … ${line.slice(-45)}`;
}

customElements.define("span-handles", SpanHandles);
