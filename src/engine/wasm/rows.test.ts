import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { chiSquare } from "../../core/fixtures/distributions.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";

const COLUMNS = [1, 2, 3, 4, 5, 8, 11];

describe.each(BUILDS)("rows by index, %s build", (build) => {
  test("gather copies rows, also into wider rows", async () => {
    const runtime = await createRuntime(build);
    for (const columns of COLUMNS) {
      const table = randomStream(columns).normals(6 * columns);
      const index = Int32Array.of(5, 0, 3, 3);
      for (const stride of [columns, columns + 2]) {
        const out = runtime.storeFloats(new Float32Array(4 * stride).fill(-1));
        const from = runtime.storeFloats(table);
        runtime.kernels.gatherRows(4, runtime.storeIntegers(index), columns, from, out, stride);
        const got = runtime.floats(out, 4 * stride);
        index.forEach((row, i) => {
          expect(got.slice(i * stride, i * stride + columns)).toEqual(
            table.slice(row * columns, (row + 1) * columns),
          );
          if (stride > columns) expect(got[i * stride + columns]).toBe(-1);
        });
      }
    }
  });

  test("scatter adds rows, the same one twice too", async () => {
    const runtime = await createRuntime(build);
    for (const columns of COLUMNS) {
      const rng = randomStream(columns);
      const stride = columns + 1;
      const [start, source] = [rng.normals(4 * columns), rng.normals(3 * stride)];
      const index = Int32Array.of(2, 0, 2);
      const table = runtime.storeFloats(start);
      const [at, from] = [runtime.storeIntegers(index), runtime.storeFloats(source)];
      runtime.kernels.scatterAddRows(3, at, columns, from, stride, table);
      const expected = Float64Array.from(start);
      index.forEach((row, i) => {
        for (let j = 0; j < columns; j++) expected[row * columns + j] += source[i * stride + j];
      });
      runtime.floats(table, 4 * columns).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
      });
    }
  });

  test("bias is added to every row, columns are summed", async () => {
    const runtime = await createRuntime(build);
    for (const columns of COLUMNS) {
      const rng = randomStream(columns);
      const [x, bias] = [rng.normals(7 * columns), rng.normals(columns)];
      const [matrix, vector] = [runtime.storeFloats(x), runtime.storeFloats(bias)];
      runtime.kernels.addColumns(7, columns, matrix, vector);
      const sums = runtime.floats(vector, columns).slice();
      sums.forEach((sum, j) => {
        const expected = x.reduce((total, value, i) => total + (i % columns === j ? value : 0), bias[j]);
        expect(Math.abs(sum - expected)).toBeLessThan(3e-6);
      });
      runtime.kernels.addBias(7, columns, matrix, vector);
      runtime.floats(matrix, 7 * columns).forEach((value, i) => {
        expect(Math.abs(value - x[i] - sums[i % columns])).toBeLessThan(2e-6);
      });
    }
  });

  test("take picks single values", async () => {
    const runtime = await createRuntime(build);
    const out = runtime.allocate(3);
    const table = runtime.storeIntegers(Int32Array.of(10, 20, -30));
    runtime.kernels.take(3, runtime.storeIntegers(Int32Array.of(2, 0, 2)), table, out);
    expect([...runtime.integers(out, 3)]).toEqual([-30, 10, -30]);
  });

  test("distinct values are found in order of appearance, whatever an earlier batch left behind", async () => {
    const runtime = await createRuntime(build);
    const place = runtime.allocate(50);
    const unique = runtime.allocate(64);
    const local = runtime.allocate(40);
    for (let batch = 0; batch < 30; batch++) {
      const rng = randomStream(batch);
      const [first, second] = [0, 1].map(() => Int32Array.from({ length: 32 }, () => rng.integer(1 + batch)));
      let found = 0;
      const expected: number[] = [];
      for (const values of [first, second]) {
        found = runtime.kernels.distinct(32, runtime.storeIntegers(values), place, unique, found, local);
        for (const value of values) if (!expected.includes(value)) expected.push(value);
        expect([...runtime.integers(unique, found)], `batch ${batch}`).toEqual(expected);
        expect([...runtime.integers(local, 32)]).toEqual(
          Array.from(values, (value) => expected.indexOf(value)),
        );
      }
    }
  });
});

/** xoshiro128** by its definition, on unsigned 32-bit words. @source Blackman and Vigna, prng.di.unimi.it */
function xoshiro(state: readonly number[]): () => number {
  const mask = (1n << 32n) - 1n;
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
  let [a, b, c, d] = state.map(BigInt);
  return () => {
    const result = (rotate((b * 5n) & mask, 7n) * 9n) & mask;
    const t = (b << 9n) & mask;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11n);
    return Number(result);
  };
}

describe("shuffle", () => {
  test("is Fisher-Yates over xoshiro128**", async () => {
    const next = xoshiro([1, 2, 3, 4]);
    // the generator's published first outputs from the state 1, 2, 3, 4
    expect([next(), next(), next(), next(), next()]).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
    const words = xoshiro([1, 2, 3, 4]);
    const expected = Array.from({ length: 100 }, (_, i) => i);
    for (let i = 99; i > 0; i--) {
      const j = Math.floor((words() * (i + 1)) / 2 ** 32);
      [expected[i], expected[j]] = [expected[j], expected[i]];
    }
    const runtime = await createRuntime("plain");
    const values = runtime.storeIntegers(Int32Array.from({ length: 100 }, (_, i) => i));
    const state = runtime.storeIntegers(Int32Array.of(1, 2, 3, 4));
    runtime.kernels.shuffle(100, values, state);
    expect([...runtime.integers(values, 100)]).toEqual(expected);
    runtime.kernels.shuffle(100, values, state);
    expect([...runtime.integers(values, 100)].toSorted((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect([...runtime.integers(values, 100)]).not.toEqual(expected);
  });

  test.each([1, 2, 3, 4, 5])("every order of 4 is equally likely, seed %i", async (seed) => {
    const runtime = await createRuntime("plain");
    const rng = randomStream(seed);
    const state = runtime.storeIntegers(Int32Array.from({ length: 4 }, () => rng.integer(2 ** 32)));
    const values = runtime.storeIntegers(Int32Array.of(0, 1, 2, 3));
    const seen = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      runtime.kernels.shuffle(4, values, state);
      const order = runtime.integers(values, 4).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    // 23 degrees of freedom: above 58.6 once in 17,000
    expect(chiSquare([...seen.values()]), `seed ${seed}`).toBeLessThan(58.6);
  });
});
