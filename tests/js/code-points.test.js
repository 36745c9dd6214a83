import assert from "node:assert/strict";
import test from "node:test";

import {
  codePointOffset,
  countCodePoints,
  utf16Offset,
} from "../../articles/static/articles/js/text/code-points.js";
import { cases } from "./cases.js";

for (const { name, text, quote, start, end, utf16 } of cases) {
  test(`code points: ${name}`, () => {
    assert.equal(text.slice(...utf16), quote);
    assert.deepEqual(utf16.map((index) => codePointOffset(text, index)), [start, end]);
    assert.deepEqual([start, end].map((offset) => utf16Offset(text, offset)), utf16);
    assert.equal(countCodePoints(text), [...text].length);
  });
}

test("an index inside a surrogate pair counts as the start of its character", () => {
  assert.equal(codePointOffset("a😀b", 2), 1);
});

test("a lone surrogate counts as one character", () => {
  assert.equal(countCodePoints("a\ud83db"), 3);
  assert.equal(utf16Offset("a\ud83db", 2), 2);
});
