import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { findIn, fold } from "../../articles/static/articles/js/text/finding.js";

const cases = JSON.parse(readFileSync(new URL("../cases/finding.json", import.meta.url), "utf8"));

for (const { name, text, words, found } of cases) {
  test(`finding: ${name}`, () => {
    assert.deepEqual(findIn(fold(text), words).map(([start, end]) => text.slice(start, end)), found);
  });
}
