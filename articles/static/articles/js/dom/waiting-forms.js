/** What is done with a claim is done with the words that stand in its field: its forms wait until these are saved. */

export class WaitingForms {
  #unsent;
  #tab;
  #waiting = [];

  /**
   * @param {import("./unsent.js").Unsent} unsent
   * @param {import("./tabs.js").Tab} tab
   */
  constructor(unsent, tab) {
    this.#unsent = unsent;
    this.#tab = tab;
  }

  /** Whether this page has words of the claim that are not saved yet. */
  mustWait({ claim }) {
    const isHere = (entry) => entry.saves && entry.claim === claim && entry.tab === this.#tab.id && entry.state !== "refused";
    return Boolean(claim) && this.#unsent.all().some(isHere);
  }

  /** @param {{entry: import("./unsent.js").Entry, form: HTMLFormElement, issueRequest: (isConfirmed: boolean) => void}} one */
  add(one) {
    this.#waiting.push(one);
  }

  /** After an answer to words, or none: the forms are sent, or their entries are to be sent again by themselves. */
  release(entry, isLost) {
    if (!entry.saves || (!isLost && this.mustWait(entry))) return;
    const isFree = (waiting) => waiting.entry.claim === entry.claim;
    const free = this.#waiting.filter(isFree);
    this.#waiting = this.#waiting.filter((waiting) => !isFree(waiting));
    for (const one of free) {
      if (isLost || !one.form.isConnected) this.#unsent.put({ ...one.entry, state: "waiting" });
      else one.issueRequest(true);
    }
  }
}
