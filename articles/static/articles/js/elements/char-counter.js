const NEAR = 10;
const PAUSE = 1000;

/**
 * Says how many characters (code points) are left. Nothing is cut: a browser's `maxlength` would drop the end of a
 * pasted text without a word, so it is taken off and the server decides.
 */
class CharCounter extends HTMLElement {
  #life;
  #spoken;

  connectedCallback() {
    this.#life = new AbortController();
    this.#field?.removeAttribute("maxlength");
    this.#field?.addEventListener("input", () => this.#count(), { signal: this.#life.signal });
    this.#build();
    this.#count();
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#spoken);
  }

  get #field() {
    return document.getElementById(this.dataset.for);
  }

  #build() {
    const [shown, heard] = [document.createElement("span"), document.createElement("span")];
    shown.ariaHidden = "true";
    heard.className = "visually-hidden";
    heard.role = "status";
    this.replaceChildren(shown, heard);
  }

  #count() {
    const left = this.dataset.limit - [...(this.#field?.value ?? "")].length;
    const words = left < 0 ? `${-left} too many` : `${left} left`;
    this.toggleAttribute("data-over", left < 0);
    this.firstChild.textContent = words;
    this.#say(left <= NEAR ? words : "");
  }

  /** A count after every key would drown the words being typed, so it is spoken in the pauses, near the end. */
  #say(words) {
    clearTimeout(this.#spoken);
    this.#spoken = setTimeout(() => (this.lastChild.textContent = words), PAUSE);
  }
}

customElements.define("char-counter", CharCounter);
