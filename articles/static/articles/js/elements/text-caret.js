import { offsetOf, placeAt, placeOf, readBlocks } from "../dom/blocks.js";
import { draw, keepInView, selectBetween } from "../dom/caret-mark.js";
import { claimsAtPlace, firstOffsetOf, highlightAround } from "../dom/highlights.js";
import { caretBox } from "../dom/lines.js";
import { isMove, moved, wordsAt } from "../dom/moves.js";
import { seen } from "../dom/view.js";

/**
 * A caret in a text that is not typed in. Its place is an offset of the version's text, so that it stays where it is when
 * a block is swapped; `data-at` says it while the mode is on. What it selects is the browser's own selection.
 */
class TextCaret extends HTMLElement {
  #life;
  #at = null;
  #from = null;
  #x = null;
  #origin = null;
  #removing = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const on = (type, act) => document.addEventListener(type, (event) => this.#at === null || act(event), { signal });
    document.addEventListener("click", ({ target }) => target.closest("[data-caret]") && this.#toggle(), { signal });
    on("keydown", (event) => this.#onKey(event));
    on("selectionchange", () => this.#follow());
    on("span:mark", ({ detail }) => this.#put(detail.end));
    on("claim:wanted", ({ detail }) => detail.isPlaced || this.#goTo(detail));
    on("claim:shown", ({ detail }) => this.#onShown(detail));
    on("text:changed", () => this.#draw());
    addEventListener("resize", () => this.#at === null || this.#draw(), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #buttons() {
    return document.querySelectorAll("[data-caret]");
  }

  get #root() {
    return document.querySelector("#text article");
  }

  #place(offset = this.#at) {
    return placeAt(readBlocks(this.#root), offset);
  }

  #toggle() {
    const isOn = this.#at === null;
    this.hidden = !isOn;
    for (const button of this.#buttons) button.ariaPressed = String(isOn);
    if (isOn) this.#begin();
    else this.#end();
  }

  #begin() {
    const { focusNode, focusOffset } = getSelection();
    const selected = this.#root.contains(focusNode) && placeOf(focusNode, focusOffset);
    this.#root.tabIndex = -1;
    this.#say(this.dataset.on);
    this.#at = offsetOf(selected || this.#firstSeen());
    if (selected) this.#follow();
    this.#return();
  }

  #end() {
    this.#at = this.#from = null;
    delete this.dataset.at;
    this.#root.removeAttribute("tabindex");
    this.#say(this.dataset.off);
  }

  #firstSeen() {
    const blocks = readBlocks(this.#root);
    const block = blocks.find((one) => one.getBoundingClientRect().bottom > seen().top) ?? blocks[0];
    return { block, index: 0 };
  }

  get #isHere() {
    return [document.body, this.#root].includes(document.activeElement);
  }

  /** The keys are the caret's while nothing else has the focus. */
  #onKey(event) {
    if (event.key === "Escape" && event.target.closest?.("claim-panel")) return this.#return();
    if (event.defaultPrevented || event.isComposing || !this.#isHere) return;
    const act = isMove(event) ? () => this.#move(event) : this.#acts(event)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #acts({ ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return {};
    return { Enter: () => this.#open(), " ": () => this.#take(), Backspace: () => this.#remove() };
  }

  #move(event) {
    const place = this.#place();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown" && !event.key.startsWith("Page")) this.#x = null;
    else this.#x ??= caretBox(place).x;
    const next = moved(readBlocks(this.#root), place, event, this.#x);
    this.#put(offsetOf(next), event.shiftKey ? (this.#from ?? this.#at) : null, this.#x);
    if (!event.shiftKey) this.#say(wordsAt(next, event, this.#root.lang));
  }

  #put(at, from = null, x = null) {
    [this.#at, this.#from, this.#x, this.#origin] = [at, from === at ? null : from, x, null];
    const place = this.#place();
    const other = this.#from === null ? place : this.#place(this.#from);
    keepInView(place);
    // Elsewhere it would take the focus along.
    if (this.#isHere) selectBetween(other, place, this.#from !== null && this.#from > at);
    this.#draw();
  }

  #draw() {
    this.dataset.at = this.#at;
    draw(this.querySelector(".caret"), this.parentElement, this.#place());
  }

  /** Where the mouse, or another key, has selected. */
  #follow() {
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
    const [from, at] = [placeOf(anchorNode, anchorOffset), placeOf(focusNode, focusOffset)].map((place) => place && offsetOf(place));
    if (isCollapsed) this.#from = null;
    if (at === null || from === null || !this.#root.contains(focusNode)) return;
    if (at !== this.#at) this.#x = this.#origin = null;
    [this.#at, this.#from] = [at, isCollapsed ? null : from];
    this.#draw();
  }

  #open() {
    const [claim] = claimsAtPlace(this.#place());
    if (this.#from === null) return claim && this.#want({ claim, byKey: true });
    document.querySelector("text-selection").look();
    document.querySelector("workbench-bar [role=toolbar] button")?.focus();
  }

  /** Once more takes the next of those that overlap. */
  #take() {
    const origin = this.#origin ?? this.#at;
    const place = this.#place(origin);
    const spans = claimsAtPlace(place).map((claim) => [claim, highlightAround(this.#root, claim, origin)]);
    const held = spans.findIndex(([, span]) => span?.[0] === this.#from && span[1] === this.#at);
    const next = (held + 1) % spans.length;
    const [claim, span] = spans[next] ?? [];
    if (!span) return this.#say(this.dataset.none);
    this.#put(span[1], span[0]);
    this.#origin = origin;
    this.#want({ claim });
  }

  /** The panel has the button that removes, and shows the claim first. Pressed while the panel is on its way, its answer
      would find the button gone. */
  #remove() {
    const [claim] = claimsAtPlace(this.#place());
    if (!claim) return this.#say(this.dataset.none);
    this.#removing = { claim, at: this.#at };
    const [asked, shown] = ["#open-claim", "#panel .at"].map((one) => document.querySelector(one));
    const isComing = asked.classList.contains("htmx-request");
    if (isComing && asked.elements.claim.value === claim) return;
    if (!isComing && shown?.dataset.claim === claim) this.#onShown({ claim });
    else this.#want({ claim });
  }

  #onShown({ claim, isSought }) {
    if (isSought && this.#origin === null) this.#goTo({ claim });
    if (document.activeElement?.matches("#panel .at")) this.#return();
    if (this.#removing?.claim !== claim) return;
    const { at } = this.#removing;
    this.#removing = null;
    const here = [...document.querySelectorAll("#panel .here [data-start]:has(form[action$='/remove/'])")];
    const found = here.find(({ dataset }) => Number(dataset.start) <= at && at <= Number(dataset.end));
    found?.querySelector("form[action$='/remove/'] button").click();
  }

  /** A highlight that is sought: the caret goes where it begins, unless it is the caret that asks. */
  #goTo({ claim, at }) {
    if (at === null) return;
    this.#follow();
    const isThere = at === undefined && claimsAtPlace(this.#place()).includes(claim);
    const place = isThere ? null : (at ?? firstOffsetOf(this.#root, claim));
    if (place !== null) this.#put(place);
  }

  #want(detail) {
    this.dispatchEvent(new CustomEvent("claim:wanted", { bubbles: true, detail: { at: null, ...detail } }));
  }

  #return() {
    this.#root.focus({ preventScroll: true });
    this.#put(this.#at, this.#from);
  }

  /** The same words once more are said once more. */
  #say(words) {
    const status = document.querySelector("#caret-says");
    status.textContent = status.textContent === words ? `${words}\u00a0` : words;
  }
}

customElements.define("text-caret", TextCaret);
