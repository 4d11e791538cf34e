import { expect, test } from "vitest";
import { fixed } from "./buffer.js";
import { fuse } from "./fuse.js";
import type { Instruction } from "./instructions.js";

const [a, w, c, b, x, sums, other] = ["a", "w", "c", "b", "x", "sums", "other"].map((name) => fixed(name, 4));
const NT: Instruction = { name: "productNT", rows: [2, 2, 2], at: [a, w, c], numbers: [0, 2] };
const NN: Instruction = { name: "productNN", rows: [2, 2, 2], at: [a, w, c], numbers: [0] };
const FORWARD: Instruction = { name: "activateWithBias", rows: [2], at: [c, b, c], numbers: [2, 3] };
const BACKWARD: Instruction = { name: "activateBackward", rows: [2], at: [x, c, sums], numbers: [2, 3] };
const ZERO: Instruction = { name: "zero", rows: [1], at: [sums], numbers: [2] };

test("a product takes what is done to its rows in place", () => {
  expect(fuse([NT, FORWARD])).toEqual([{ ...NT, at: [a, w, c, b], numbers: [0, 2, 1, 3] }]);
  const backward = { ...NN, at: [a, w, c, x, sums], numbers: [0, 0, 2, 3] };
  expect(fuse([NN, BACKWARD])).toEqual([backward]);
  expect(fuse([NN, ZERO, BACKWARD])).toEqual([ZERO, backward]);
});

test.each<[string, readonly Instruction[]]>([
  ["a product that adds", [{ ...NT, numbers: [1, 2] }, FORWARD]],
  ["a product of columns", [{ ...NN, name: "productTN" }, BACKWARD]],
  ["an activation elsewhere", [NT, { ...FORWARD, at: [c, b, other] }]],
  ["an activation of other rows", [NT, { ...FORWARD, at: [other, b, other] }]],
  ["what lies between", [NN, { ...ZERO, at: [w] }, BACKWARD]],
  ["a second activation", [{ ...NT, at: [a, w, c, b], numbers: [0, 2, 1, 3] }, FORWARD]],
])("%s is left as it is", (_, calls) => {
  expect(fuse(calls)).toEqual(calls);
});
