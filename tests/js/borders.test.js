import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { nextIn, bordersAtCharacters, endsIn, nearestIn, startsIn } from "../../articles/static/articles/js/text/borders.js";
import { codePointOffset } from "../../articles/static/articles/js/text/code-points.js";

const cases = JSON.parse(readFileSync(new URL("../cases/borders.json", import.meta.url), "utf8"));

for (const { name, text, starts: first, ends: last } of cases) {
  const offsets = (indexes) => indexes.map((index) => codePointOffset(text, index));

  test(`starts: ${name}`, () => assert.deepEqual(offsets(startsIn(text)), first));
  test(`ends: ${name}`, () => assert.deepEqual(offsets(endsIn(text)), last));
}

test("a character is what a reader takes for one, and white space is no border", () => {
  assert.deepEqual(bordersAtCharacters("a e\u0301 👩‍👧", "start"), [0, 2, 5]);
  assert.deepEqual(bordersAtCharacters("a e\u0301 👩‍👧", "end"), [1, 4, 10]);
});

test("the place beyond and the nearest", () => {
  assert.deepEqual([nextIn([1, 4], 1, 1), nextIn([1, 4], 4, -1), nextIn([1, 4], 4, 1)], [4, 1, undefined]);
  assert.deepEqual([nearestIn([1, 4], 2), nearestIn([1, 4], 3), nearestIn([], 3)], [1, 4, undefined]);
});
