import assert from "node:assert/strict";
import test from "node:test";

import { claimsBetween, strokes } from "../../articles/static/articles/js/text/overview.js";

const BAR = { scale: 0.1, width: 34, fitting: null };

test("highlights of one look are one path, and a row of the bar has one stroke of it", () => {
  const places = Array.from({ length: 5000 }, (_, at) => ({ claim: String(at), look: "approved", y: at }));

  const [{ look, data }, ...others] = strokes(places, BAR);

  assert.equal(look, "approved");
  assert.equal(data.match(/M/g).length, 251);
  assert.deepEqual(others, []);
});

test("what needs work is at the left, and every status has a shape of its own", () => {
  const looks = ["open", "checking", "in_review", "returned", "approved", "reopened", "set_aside"];

  const drawn = strokes(looks.map((look) => ({ claim: look, look, y: 100 })), BAR);

  const left = drawn.filter(({ data }) => Number(data.match(/^M([\d.]+)/)[1]) < 17).map(({ look }) => look);
  assert.deepEqual(left, ["open", "checking", "returned", "reopened"]);
  assert.equal(new Set(drawn.map(({ data }) => data)).size, 6); // approved and set aside differ in width
});

test("what does not fit a filter is drawn apart, and first", () => {
  const places = ["a", "b"].map((claim) => ({ claim, look: "open", y: 10 }));

  const drawn = strokes(places, { ...BAR, fitting: new Set(["a"]) });

  assert.deepEqual(drawn.map(({ faint }) => faint), [true, false]);
});

test("claims in view are said once, in text order", () => {
  const places = [5, 15, 20, 25].map((y, at) => ({ claim: "abca"[at], look: "open", y }));

  assert.deepEqual(claimsBetween(places, 10, 25), ["b", "c", "a"]);
});
