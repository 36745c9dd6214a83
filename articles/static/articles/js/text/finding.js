/**
 * Words sought in a text as a person types them: without regard to case, accents, kinds of quotation marks and dashes.
 * The twin of articles/text/finding.py.
 */

const SPACE = /[\t\n \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const ALIKE = [
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–—−]/g, "-"],
];

/**
 * A text with what counts of it, made once and searched often.
 * @typedef {{line: string, starts: number[]}} Folded `starts` are UTF-16 indexes of the text, and its length at the end
 */

/**
 * @param {string} text
 * @returns {Folded}
 */
export function fold(text) {
  const [signs, starts] = [[], []];
  let at = 0;
  for (const character of text) {
    for (const sign of signsOf(character, signs.at(-1))) {
      signs.push(sign);
      starts.push(...Array(sign.length).fill(at));
    }
    at += character.length;
  }
  return { line: signs.join(""), starts: [...starts, text.length] };
}

/**
 * Where the words stand, one place after the other; each takes the accents of its last character along.
 * @param {Folded} folded
 * @param {string} words
 * @returns {[number, number][]} UTF-16 indexes of the text
 */
export function findIn({ line, starts }, words) {
  const sought = fold(words.trim()).line;
  const found = [];
  for (let at = sought ? line.indexOf(sought) : -1; at >= 0; at = line.indexOf(sought, at + sought.length)) {
    const last = starts[at + sought.length - 1];
    const end = starts.slice(at + sought.length).find((start) => start > last) ?? starts.at(-1);
    // A character that is folded to two signs is found whole, and once.
    if (!found.length || starts[at] >= found.at(-1)[1]) found.push([starts[at], end]);
  }
  return found;
}

/** A run of white space is one space. */
function signsOf(character, before) {
  if (SPACE.test(character)) return before === " " ? [] : [" "];
  return character === "\u00ad" ? [] : [...plain(character)];
}

/** Without accents, and small; by way of capitals, because only they are alike for every small letter. */
function plain(character) {
  const bare = withoutMarks(withoutMarks(character).toUpperCase().toLowerCase());
  return ALIKE.reduce((word, [marks, one]) => word.replace(marks, one), bare);
}

function withoutMarks(characters) {
  return characters.normalize("NFD").replace(/\p{Mn}/gu, "");
}
