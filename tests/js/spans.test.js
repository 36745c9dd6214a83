import assert from "node:assert/strict";
import test from "node:test";

import { readSpans, runs, shortestFirst, writeSpans } from "../../articles/static/articles/js/text/spans.js";

test("spans are read as the server writes them", () => {
  assert.deepEqual(readSpans("12 45 open a;40 60 refutes b"), [
    { start: 12, end: 45, claim: "a", look: "open" },
    { start: 40, end: 60, claim: "b", look: "refutes" },
  ]);
  assert.deepEqual(readSpans(""), []);
});

test("overlapping spans are cut, and the shortest gives the look", () => {
  assert.deepEqual(runs(readSpans("0 10 open a;4 8 approved b;20 22 refutes c")), [
    { start: 0, end: 4, look: "open", isFaint: false, claims: 1 },
    { start: 4, end: 8, look: "approved", isFaint: false, claims: 2 },
    { start: 8, end: 10, look: "open", isFaint: false, claims: 1 },
    { start: 20, end: 22, look: "refutes", isFaint: false, claims: 1 },
  ]);
});

test("a claim that stands twice on the same words counts once", () => {
  assert.deepEqual(runs(readSpans("0 10 open a;5 12 open a")).map(({ claims }) => claims), [1, 1, 1]);
});

test("what is faint is read and written, and comes after the rest", () => {
  const data = "0 4 open a faint;0 10 approved b";
  assert.equal(writeSpans(readSpans(data)), data);
  assert.deepEqual(shortestFirst(readSpans(data)).map(({ claim }) => claim), ["b", "a"]);
  assert.deepEqual(runs(readSpans(data))[0], { start: 0, end: 4, look: "approved", isFaint: false, claims: 2 });
});
