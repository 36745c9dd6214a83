const SAID = {
  NotAllowedError: "No passkey was given. Try again, or choose another way.",
  InvalidStateError: "This device holds a passkey for your account already.",
  NotSupportedError: "This device cannot hold such a passkey. Try another, or an authenticator app.",
  SecurityError: "Passkeys work only at the name of the site, over HTTPS or on localhost.",
};
const FAILED = "That did not work. Try again, or choose another way.";
const UNKNOWN = "This browser knows no passkeys, or it is too old for them here. Choose another way.";

/**
 * A form that is sent with a passkey: `data-does` says whether one is made ("create") or asked for ("get"), with the
 * options in `data-options`, or fetched from `data-options-url`. Its button is hidden where there are no scripts, or
 * where the browser knows no passkeys, which it says.
 */
class PassKey extends HTMLElement {
  #life;

  connectedCallback() {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return this.#isMain && this.#say(UNKNOWN);
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#button.hidden = false;
    this.#form.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    // The browser shows it again as it was left.
    window.addEventListener("pageshow", () => this.#wait(false), { signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  get #form() {
    return this.querySelector("form");
  }

  get #button() {
    return this.querySelector("[data-scripted]");
  }

  /** Elsewhere it is offered beside another way, and nobody has to be told. */
  get #isMain() {
    return this.#button.classList.contains("primary");
  }

  async #onSubmit(event) {
    event.preventDefault();
    this.#wait(true);
    this.#say("");
    try {
      this.#form.elements.credential.value = JSON.stringify(await this.#credential());
      this.#form.submit();
    } catch (error) {
      this.#say(SAID[error.name] ?? FAILED);
      this.#wait(false);
    }
  }

  async #credential() {
    const { publicKey } = await this.#options();
    if (this.dataset.does === "create") {
      const made = PublicKeyCredential.parseCreationOptionsFromJSON(this.#wished(publicKey));
      return (await navigator.credentials.create({ publicKey: made })).toJSON();
    }
    const asked = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    return (await navigator.credentials.get({ publicKey: asked })).toJSON();
  }

  async #options() {
    if (!this.dataset.optionsUrl) return JSON.parse(this.dataset.options);
    const answer = await fetch(this.dataset.optionsUrl, { headers: { accept: "application/json" } });
    return (await answer.json()).request_options;
  }

  /** What signs in by itself stays in the device, which asks who is there. */
  #wished(options) {
    if (!this.#form.elements.passwordless?.checked) return options;
    const selection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return { ...options, authenticatorSelection: { ...options.authenticatorSelection, ...selection } };
  }

  #wait(isWaiting) {
    this.#button.disabled = isWaiting;
  }

  #say(words) {
    const place = this.querySelector("[role=alert][hidden], [role=alert][data-said]");
    place.dataset.said = "";
    place.textContent = words;
    place.hidden = !words;
  }
}

customElements.define("pass-key", PassKey);
