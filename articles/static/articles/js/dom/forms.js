/** Forms as they are kept and put back: names and values, without what proves where they came from. */

const SECRET = "csrfmiddlewaretoken";
const TYPED = "input:not([type=hidden], [type=file], [type=submit]), input[name=source], textarea, select";

/** @returns {[string, string][]} */
export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => name !== SECRET && typeof value === "string");
}

/** What of it people type or choose. */
export function typedIn(form) {
  return [...form.querySelectorAll(TYPED)];
}

/** Put values back into a form; fields that are not named stay. */
export function putBack(form, fields) {
  const values = Object.fromEntries(fields);
  for (const field of typedIn(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === values[field.name];
    else if (field.value !== values[field.name]) field.value = values[field.name];
  }
}

/** What a form or a field is opened by. */
export function reveal(element) {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

/** What the sending of a form is called in a list. */
export function whatOf(form) {
  const button = form.querySelector("button:not([type=button])")?.cloneNode(true);
  button?.querySelectorAll("kbd").forEach((key) => key.remove());
  return form.dataset.what || form.ariaLabel || button?.ariaLabel || button?.textContent.trim() || "A change";
}

/** The words by which a person knows it again. */
export function wordsOf(fields) {
  const values = Object.fromEntries(fields);
  return (values.quote || values.text || values.rationale || values.reason || values.note || values.title || "").trim();
}
