import { newRequestId } from "../dom/ids.js";

/**
 * One id for one submission: a double click and a retry after a lost connection send the same id, and the server does
 * the work once. It is made anew with each form that appears, after a success, when the words change after a sending
 * (they are then another request), and when the page comes back from the browser's cache.
 */
class RequestId extends HTMLElement {
  #life;
  #sent = false;

  connectedCallback() {
    const form = this.closest("form");
    if (!form) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#renew();
    form.addEventListener("submit", () => (this.#sent = true), { signal });
    form.addEventListener("htmx:beforeRequest", ({ detail }) => isWrite(detail) && (this.#sent = true), { signal });
    form.addEventListener("htmx:afterRequest", ({ detail }) => isWrite(detail) && detail.successful && this.#renew(), { signal });
    for (const change of ["input", "change"]) form.addEventListener(change, () => this.#sent && this.#renew(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#renew(), { signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  #renew() {
    this.querySelector("input").value = newRequestId();
    this.#sent = false;
  }
}

/** A field of the form may ask for suggestions; only sending the form counts. */
function isWrite({ requestConfig }) {
  return requestConfig.verb !== "get";
}

customElements.define("request-id", RequestId);
