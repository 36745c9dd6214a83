/** Shows that a request of htmx, or one for scripts, came to nothing. What was typed stays where it is, because nothing is swapped. */
class RequestErrors extends HTMLElement {
  #life;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    for (const lost of ["htmx:sendError", "htmx:timeout"]) {
      document.addEventListener(lost, (event) => this.#onLost(event), { signal });
    }
    document.addEventListener("part:missed", () => this.#show("unread"), { signal });
    document.addEventListener("htmx:responseError", (event) => this.#onRefused(event), { signal });
    document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && this.#clear(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #onLost({ detail }) {
    if (isKept(detail)) return;
    this.#show(detail.requestConfig?.verb === "get" ? "unread" : "unsaved");
  }

  #onRefused(event) {
    if (event.detail.xhr.status === 401 || (event.detail.xhr.status === 403 && isKept(event.detail))) return;
    if (event.detail.xhr.status >= 500) this.#onLost(event);
    else this.#show("refused");
  }

  #show(kind) {
    const message = this.querySelector(`template[data-for="${kind}"]`).content.cloneNode(true);
    message.firstElementChild.dataset.request = "failed";
    this.#clear();
    document.getElementById("messages").prepend(message);
  }

  #clear() {
    document.querySelectorAll('#messages [data-request="failed"]').forEach((old) => old.remove());
  }
}

/** What is sent again by itself says so in a list of its own. */
function isKept({ requestConfig }) {
  return Boolean(requestConfig?.verb === "post" && requestConfig.parameters?.request_id && document.querySelector("out-box"));
}

customElements.define("request-errors", RequestErrors);
