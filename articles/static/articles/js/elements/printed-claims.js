/**
 * Brings the list of all claims, with their verdicts, after the text for as long as it is being printed. The panel has only
 * the rows in view, or one claim. A browser prints what is there when the event is over, so the answer is waited for.
 */
class PrintedClaims extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    addEventListener("beforeprint", () => this.#bring(), { signal });
    addEventListener("afterprint", () => this.replaceChildren(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #bring() {
    if (document.querySelector(".printed")) return;
    const request = new XMLHttpRequest();
    request.open("GET", this.dataset.url, false);
    request.setRequestHeader("HX-Request", "true");
    try {
      request.send();
    } catch {
      return;
    }
    if (request.status === 200) this.innerHTML = request.responseText;
  }
}

customElements.define("printed-claims", PrintedClaims);
