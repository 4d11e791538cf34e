import { describe, expect, test } from "vitest";
import { encodeTensors, type Tensor } from "../formats/index.js";
import { embeddedComparisons } from "./index.js";

const vector = (...values: number[]): Tensor => ({
  shape: [values.length],
  values: Float32Array.from(values),
});
const matrix = (rows: number, columns: number): Tensor => {
  return { shape: [rows, columns], values: Float32Array.from({ length: rows * columns }, (_, i) => i) };
};

const TENSORS: Readonly<Record<string, Tensor>> = {
  images: matrix(3, 2),
  prompts: matrix(2, 4),
  prompt: vector(0, 1),
  left: vector(0, 2),
  right: vector(1, 0),
  label: vector(-1, 1),
  user: vector(0, 1),
  group: vector(0, 1),
};

function file(change: Readonly<Record<string, Tensor | undefined>>): Uint8Array {
  const all = Object.entries({ ...TENSORS, ...change }).flatMap(([name, tensor]) =>
    tensor === undefined ? [] : [[name, tensor] as const],
  );
  return encodeTensors({ tensors: new Map(all), metadata: { license: "MIT" } });
}

describe("embeddedComparisons", () => {
  test("reads tables and comparisons", () => {
    const data = embeddedComparisons(file({}), "paf.safetensors");
    expect(data).toMatchObject({
      users: ["user-0", "user-1"],
      groups: ["G1", "G2"],
      source: { license: "MIT" },
    });
    expect([...data.left, ...data.right, ...(data.context ?? []), ...data.label]).toEqual([
      0, 2, 1, 0, 0, 1, -1, 1,
    ]);
    expect(data.items.features).toEqual(Float32Array.of(0, 1, 2, 3, 4, 5));
  });

  test.each([
    [{ prompts: undefined }, 'paf: lacks the tensors "prompts"'],
    [{ images: vector(1, 2) }, "paf: tensor images must have shape [rows, columns], found [2]"],
    [{ left: vector(0) }, "paf: tensor left must have shape [2], found [1]"],
    [{ user: vector(0, 0.5) }, "paf: tensor user must hold whole numbers, found 0.5 at row 1"],
    [{ group: vector(0) }, "paf: tensor group must have one value for each of 2 users, found 1"],
    [{ left: vector(0, 9) }, "paf: left must be an index in 0 … 2, got 9 at row 1"],
    [{ label: vector(-1, 0) }, "paf: label must be -1 (left) or +1 (right), got 0 at row 1"],
  ])("refuses %j", (change, message) => {
    expect(() => embeddedComparisons(file(change), "paf")).toThrow(message);
  });
});
