import assert from "node:assert/strict";
import test from "node:test";

import { meaningOf, pressedFor } from "../../articles/static/articles/js/text/keys.js";
import { characterEdges, characterStep, isRightToLeft, sentenceStep, wordStep } from "../../articles/static/articles/js/text/steps.js";

const TEXT = "At 👩‍👩‍👧‍👦 café́s. Two more.";

test("a character is a whole cluster, both ways", () => {
  assert.equal(characterStep(TEXT, 3, 1), 3 + "👩‍👩‍👧‍👦".length);
  assert.equal(characterStep(TEXT, 3 + "👩‍👩‍👧‍👦".length, -1), 3);
  assert.deepEqual(characterEdges("é́a"), [0, "é́".length, "é́a".length]);
});

test("beyond the text there is no step", () => {
  assert.equal(characterStep("ab", 2, 1), null);
  assert.equal(characterStep("ab", 0, -1), null);
  assert.equal(wordStep("ab.", 2, 1), null);
  assert.equal(sentenceStep("Ab.", 0, -1, false), null);
});

test("on to the end of a word, back to its beginning", () => {
  assert.equal(wordStep("one two", 0, 1), 3);
  assert.equal(wordStep("one two", 3, 1), 7);
  assert.equal(wordStep("one two", 7, -1), 4);
  assert.equal(wordStep("one", -1, 1), 3);
});

test("on to the next sentence, or to the end of this one with shift", () => {
  assert.equal(sentenceStep("One. Two.", 0, 1, false), 5);
  assert.equal(sentenceStep("One. Two.", 0, 1, true), 4);
  assert.equal(sentenceStep("One. Two.", 9, -1, true), 5);
});

test("the first letter says how a text runs", () => {
  assert.ok(isRightToLeft("«הסערה broke»"));
  assert.ok(!isRightToLeft("12 boats הסערה"));
  assert.ok(!isRightToLeft("12"));
});

test("a changed key stands for what it was, and the old one for nothing", () => {
  const chosen = { m: "M" };
  assert.deepEqual(["M", "m", "a"].map((key) => meaningOf(key, chosen)), ["m", "", "a"]);
  assert.deepEqual(["m", "a"].map((key) => pressedFor(key, chosen)), ["M", "a"]);
  assert.equal(meaningOf("m", { m: "M", a: "m" }), "a");
});
