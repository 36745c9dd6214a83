/** Spans in forms: how they are sent, and whether the server took them. */

/**
 * Write a span into a form. The event tells the form that it is another request now.
 * @param {HTMLFormElement} form
 * @param {import("./offsets.js").Span} span
 */
export function fill(form, { start, end, quote }) {
  Object.entries({ start, end, quote }).forEach(([name, value]) => (form.elements[name].value = value));
  form.elements.start.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * htmx swaps a refusal in like a success, and calls it one.
 * @param {XMLHttpRequest} xhr
 */
export function isDone({ status }) {
  return status >= 200 && status < 400;
}
