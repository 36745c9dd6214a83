/** What becomes of what was sent: it is forgotten, sent again, or left to a person. */

import { sentenceIn, withField } from "./entries.js";
import { isRefused, isUnanswered } from "./sending.js";
import { isDone } from "./spans.js";

/** How often the server may fail at a change before a person decides about it: it must not hold up all others for ever. */
const FAILURES = 10;

export class Outcomes {
  #unsent;
  #tab;

  /**
   * @param {import("./unsent.js").Unsent} unsent
   * @param {import("./tabs.js").Tab} tab
   */
  constructor(unsent, tab) {
    this.#unsent = unsent;
    this.#tab = tab;
  }

  /**
   * @param {import("./unsent.js").Entry} entry
   * @param {import("./sending.js").Answer} answer
   * @returns {boolean} whether it is to be sent again
   */
  note(entry, answer) {
    const { status } = answer;
    const failures = (entry.failures ?? 0) + (status === 500 ? 1 : 0);
    const isDoubted = isRefused(answer) && !entry.isSure;
    const isLost = failures < FAILURES && (isUnanswered(answer) || isDoubted);
    if (isLost) this.keep({ ...entry, failures, isSure: isDoubted }, "waiting");
    else this.#conclude(entry, answer);
    return isLost;
  }

  keep(entry, state) {
    this.#unsent.put({ ...entry, state });
  }

  /** Words that were refused, and are not wanted any more. */
  forgetRefused(path) {
    const refused = this.#unsent.wordsFor(path).filter(({ state }) => state === "refused");
    refused.forEach((entry) => this.#unsent.remove(entry));
  }

  /** What the server refused is tried again where its answer has a place. */
  takeUp(page) {
    const refused = this.#unsent.all().filter((entry) => entry.state === "refused" && !entry.saves && entry.page === page);
    refused.forEach((entry) => this.keep(entry, "waiting"));
  }

  #conclude(entry, { status, text, isShown }) {
    const isTold = isDone({ status }) || (isShown && status < 500);
    if (!isTold && !this.#hasNewer(entry)) return this.keep({ ...entry, said: sentenceIn(text) }, "refused");
    this.#unsent.remove(entry);
    if (isDone({ status })) this.forgetRefused(entry.path);
  }

  /** Words that are followed by newer ones hand on what they stood on. */
  #hasNewer({ id, path, saves, fields, at }) {
    const newer = saves && this.#unsent.wordsFor(path).find((other) => other.id !== id && other.tab === this.#tab.id && other.at >= at);
    if (newer) this.#unsent.put({ ...newer, fields: withField(newer.fields, "base", fields) });
    return Boolean(newer);
  }
}
