import { expect, test } from "vitest";
import { counterNormals, philox } from "./counter-normals.js";
import { normalCdf } from "./fixtures/distributions.js";

// known answers of the authors' Random123: philox2x32, 10 rounds
test.each([
  [[0, 0], 0, [0xff1dae59, 0x6cd10df2]],
  [[0xffffffff, 0xffffffff], 0xffffffff, [0x2c3f628b, 0xab4fd7ad]],
  [[0x243f6a88, 0x85a308d3], 0x13198a2e, [0xdd7ce038, 0xf62a4c12]],
])("philox of %j under %d", ([low, high], key, expected) => {
  expect(philox(low, high, key)).toEqual(expected);
});

const draw = (count: number, key = 7, block = 3, first = 0): Float32Array => {
  const out = new Float32Array(count);
  counterNormals({ key, block, first }, out);
  return out;
};

test("numbers are standard normal: their places in the distribution are uniform", () => {
  const count = 100_000;
  const sorted = [...draw(count)].sort((a, b) => a - b);
  // Kolmogorov-Smirnov: above 1.95 / sqrt(n) once in a thousand
  const worst = Math.max(...sorted.map((x, i) => Math.abs(normalCdf(x) - (i + 0.5) / count)));
  expect(worst).toBeLessThan(1.95 / Math.sqrt(count));
});

test("a number depends on its counter alone, and on every word of it", () => {
  expect([...draw(5, 7, 3, 10)]).toEqual([...draw(15).subarray(10)]);
  for (const other of [draw(8, 8), draw(8, 7, 4), draw(8, 7, 3, 8)]) expect(other).not.toEqual(draw(8));
});
