/** Fields that people type into or choose in. */

/**
 * Whether a field in the element holds something else than it came with.
 * @param {Element} element
 */
export function hasWords(element) {
  return Array.from(element.querySelectorAll("textarea, input:not([type=hidden]), select")).some(isChanged);
}

function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return Array.from(field.options).some((option) => option.defaultSelected && !option.selected);
  return field.value !== field.defaultValue;
}
