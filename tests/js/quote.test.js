import assert from "node:assert/strict";
import test from "node:test";

import { utf16Offset } from "../../articles/static/articles/js/text/code-points.js";
import { context, snapToGraphemes, trim } from "../../articles/static/articles/js/text/quote.js";
import { snapToWords, words } from "../../articles/static/articles/js/text/words.js";
import { cases } from "./cases.js";

for (const { name, text, utf16, trimmed, graphemes, words: snapped } of cases) {
  const inUtf16 = (range) => range.map((offset) => utf16Offset(text, offset));

  test(`trim: ${name}`, () => assert.deepEqual(trim(text, ...utf16), inUtf16(trimmed)));
  test(`graphemes: ${name}`, () => assert.deepEqual(snapToGraphemes(text, ...utf16), inUtf16(graphemes)));
  test(`words: ${name}`, () => assert.deepEqual(snapToWords(text, ...utf16), inUtf16(snapped)));
}

test("words are given in order", () => {
  const text = "Don't say 80,000: it's 军队.";
  assert.deepEqual(
    words(text).map((range) => text.slice(...range)),
    ["Don't", "say", "80,000", "it's", "军", "队"],
  );
});

test("wherever a range ends within a word, it takes the whole of it and nothing beside it", () => {
  const text = "(Don't say\u00a080,000:\nit's 军队\u3000e\u0301te\u0301) “a_b”…x";
  for (const [start, end] of words(text)) {
    for (let at = start + 1; at < end; at++) {
      assert.deepEqual(snapToWords(text, at, end), [start, end]);
      assert.deepEqual(snapToWords(text, start, at), [start, end]);
      assert.deepEqual(snapToWords(text, at, text.length), [start, text.length]);
    }
  }
});

test("the context is cut between clusters", () => {
  assert.deepEqual(context("e\u0301 left e\u0301", 3, 7, 2), {
    prefix: "e\u0301 ",
    quote: "left",
    suffix: " e\u0301",
  });
});

test("the context ends where the text ends", () => {
  assert.deepEqual(context("abc", 0, 3), { prefix: "", quote: "abc", suffix: "" });
});
