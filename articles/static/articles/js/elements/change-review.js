/** The highlights that wait: j and k go from one to the next, and the one in hand answers to the keys of its buttons. */
class ChangeReview extends HTMLElement {
  #life;
  #at = 0;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("focusin", ({ target }) => this.#onFocus(target), { signal });
    this.addEventListener("htmx:afterSettle", () => this.#take(this.#at, true), { signal });
    this.addEventListener("click", ({ target }) => this.#step(Number(target.closest("[data-step]")?.dataset.step)), { signal });
    this.append(stepper(1, "j", "Next highlight"), stepper(-1, "k", "Highlight before"));
    this.#take(0);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.querySelectorAll(":scope > [data-step]").forEach((button) => button.remove());
  }

  get #waiting() {
    return [...this.querySelectorAll(".question:not([data-decided])")];
  }

  #step(by) {
    if (by) this.#take(this.#at + by, true);
  }

  #onFocus(target) {
    const at = this.#waiting.indexOf(target.closest(".question"));
    if (at >= 0 && at !== this.#at) this.#take(at);
  }

  #take(at, moves = false) {
    const waiting = this.#waiting;
    this.#at = Math.max(0, Math.min(at, waiting.length - 1));
    waiting.forEach((question, i) => answer(question, i === this.#at));
    if (!moves) return;
    const next = waiting[this.#at] ?? this.querySelector("#questions-title");
    if (next.id === "questions-title") next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}

/** Only the one in hand has keys. */
function answer(question, isInHand) {
  question.toggleAttribute("data-current", isInHand);
  for (const button of question.querySelectorAll("[data-decide]")) {
    if (isInHand) button.dataset.key = button.dataset.decide;
    else delete button.dataset.key;
  }
}

function stepper(by, key, label) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "visually-hidden", textContent: label, tabIndex: -1 });
  Object.assign(button.dataset, { step: by, key });
  return button;
}

customElements.define("change-review", ChangeReview);
