/** What is kept of a request that a form sends, and what a refusal says. */

import { fieldsOf, whatOf } from "./forms.js";

/**
 * @param {HTMLFormElement} form
 * @param {{path: string, target: Element}} request
 * @returns {Partial<import("./unsent.js").Entry>} all but who minds it and since when
 */
export function entryOf(form, { path, target }) {
  return {
    id: form.elements.request_id.value,
    page: location.href,
    path,
    claim: form.closest("#claim-panel")?.dataset.claim ?? "",
    fields: fieldsOf(form),
    target: target.id,
    swap: form.getAttribute("hx-swap") ?? "",
    saves: false,
    what: whatOf(form),
  };
}

/** The fields with one of them as others have it. */
export function withField(fields, name, others) {
  const value = Object.fromEntries(others)[name];
  return fields.map((field) => (field[0] === name ? [name, value] : field));
}

/** What an answer says to a person. */
export function sentenceIn(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const said = answer.querySelector("[data-level=error] p, .form-errors p, .field-errors li, .conflict h2, #claim-state, h1");
  return said?.textContent.trim().replace(/\s+/g, " ") ?? "";
}
