/** The fields of a form against what is stored: what the person changed, and what others did. */

import { typedIn } from "./forms.js";

/** As the server keeps it. */
export function plain(value) {
  return value.replaceAll("\r\n", "\n").trim();
}

/** @returns {Record<string, string>} the fields of an entry that `base` knows */
export function valuesOf(fields, base) {
  return Object.fromEntries(fields.filter(([name]) => name in base));
}

/**
 * After an answer: what others changed comes into the fields in which nothing was typed since.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} sent
 * @param {Record<string, string>} stored
 * @returns {Record<string, string>} what the fields now stand on
 */
export function takeIn(form, sent, stored) {
  const base = { ...stored };
  for (const field of typedIn(form)) {
    const { name } = field;
    if (!(name in stored) || stored[name] === plain(sent[name])) continue;
    const isUntouched = plain(field.value) === plain(sent[name]) && field !== document.activeElement;
    if (isUntouched) field.value = stored[name];
    else base[name] = sent[name];
  }
  return base;
}
