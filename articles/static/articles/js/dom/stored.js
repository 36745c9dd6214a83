/** The fields of a form against what is stored: what the person changed, and what others did. */

import { fieldsOf, typedIn } from "./forms.js";

/** What the fields of a form stand on. */
export function baseOf(form) {
  return JSON.parse(form.elements.base.value);
}

/** From now on the fields stand on this. */
export function standOn(form, revision, base) {
  form.elements.revision.value = revision;
  form.elements.base.value = JSON.stringify(base);
}

/** Whether something else stands in the fields. */
export function isAhead(form) {
  const base = baseOf(form);
  return Object.entries(valuesOf(fieldsOf(form), base)).some(([name, value]) => plain(value) !== plain(base[name]));
}

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
