/**
 * The border between the browser's UTF-16 indexes and the code points that are stored.
 * Both count from the start of `text`, the text of one block.
 */

/** Most texts have none, and both are the same there. */
const PAIRED = /[\ud800-\udfff]/;

/**
 * Code points before a UTF-16 index; an index inside a surrogate pair counts as the start of its character.
 * @param {string} text
 * @param {number} index
 * @returns {number}
 */
export function codePointOffset(text, index) {
  if (!PAIRED.test(text)) return index;
  let offset = 0;
  for (let i = 0; i < index; i += 1) if (!opensPair(text, i)) offset += 1;
  return offset;
}

/**
 * The UTF-16 index of a code point.
 * @param {string} text
 * @param {number} offset
 * @returns {number}
 */
export function utf16Offset(text, offset) {
  if (!PAIRED.test(text)) return offset;
  let index = 0;
  for (let passed = 0; passed < offset; passed += 1) index += opensPair(text, index) ? 2 : 1;
  return index;
}

/**
 * @param {string} text
 * @returns {number}
 */
export function countCodePoints(text) {
  return codePointOffset(text, text.length);
}

/**
 * @param {string} text
 * @param {number} i
 */
function opensPair(text, i) {
  return (text.codePointAt(i) ?? 0) > 0xffff;
}
