import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { BINDINGS } from "./bind.js";
import { BUILDS, createRuntime, multiply, type ProductSize } from "./fixtures/builds.js";

const SIDES = [1, 2, 3, 5, 7, 8, 9, 16, 17, 33];
/** Where both sides are packed: every remainder of rows, columns and depth. */
const LARGE = [12, 13, 14, 15, 16, 61].flatMap((m) =>
  [32, 35, 40].flatMap((n) => [32, 33, 70].map((k) => ({ m, n, k }))),
);
const SHAPES = [...SIDES.flatMap((m) => SIDES.flatMap((n) => SIDES.map((k) => ({ m, n, k })))), ...LARGE];
/** Rounding of a float32 sum of k products of numbers below about 4: a few units in the last place. */
const tolerance = (k: number): number => 2e-6 * Math.sqrt(k) + 1e-6;

/** C[i, j] = sum over p of A(i, p) · B(p, j) in float64. */
function naive(
  { m, n, k }: ProductSize,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
) {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) c[i * n + j] += a(i, p) * b(p, j);
  return c;
}

describe.each(BUILDS)("matrix products, %s build", (build) => {
  test.each(["NN", "NT", "TN"] as const)("%s agrees with a float64 loop for every shape", async (kind) => {
    const runtime = await createRuntime(build);
    runtime.reserveProducts(70, 70);
    const rng = randomStream(1).split(kind);
    const room = 70 * 70;
    const [a, b, c] = [runtime.allocate(room), runtime.allocate(room), runtime.allocate(room + 1)];
    let worst = 0;
    for (const size of SHAPES) {
      const { m, n, k } = size;
      const [x, y, before] = [rng.normals(m * k), rng.normals(k * n), rng.normals(m * n)];
      runtime.floats(a, m * k).set(x);
      runtime.floats(b, k * n).set(y);
      const expected = naive(
        size,
        (i, p) => (kind === "TN" ? x[p * m + i] : x[i * k + p]),
        (p, j) => (kind === "NT" ? y[j * k + p] : y[p * n + j]),
      );
      for (const accumulate of [false, true]) {
        // the number behind the product must not be touched
        runtime.floats(c, m * n + 1).set([...before, 77]);
        multiply(runtime, kind, size, { a, b, c, accumulate });
        const got = runtime.floats(c, m * n + 1);
        const label = `${kind} [${m}, ${k}] · [${k}, ${n}], accumulate ${accumulate}`;
        expect(got[m * n], label).toBe(77);
        for (let i = 0; i < m * n; i++) {
          const error = Math.abs(got[i] - expected[i] - (accumulate ? before[i] : 0));
          worst = Math.max(worst, error / tolerance(k));
          if (error > tolerance(k)) expect.fail(`${label}: ${got[i]} at ${i}, off by ${error}`);
        }
      }
    }
    expect(worst).toBeGreaterThan(0);
  });

  test.each([
    { m: 12, n: 32, k: 32 },
    { m: 61, n: 40, k: 70 },
    { m: 61, n: 130, k: 71 },
    { m: 33, n: 35, k: 600 },
    { m: 64, n: 64, k: 513 },
    { m: 21, n: 400, k: 1030 },
  ])("however a product is cut, $m x $n and $k deep, its bits are those of single tiles", async (size) => {
    const { m, n, k } = size;
    const runtime = await createRuntime(build);
    runtime.reserveProducts(m, n, k);
    const rng = randomStream(4);
    const [a, b] = [runtime.storeFloats(rng.normals(m * k)), runtime.storeFloats(rng.normals(k * n))];
    const c = runtime.allocate(m * n + 1);
    const before = rng.normals(m * n + 1);
    const { panel, packed } = runtime.products;
    const layouts = { NN: [k, 1, n, 1], NT: [k, 1, 1, k], TN: [1, m, n, 1] } as const;
    for (const [aRow, aDepth, bDepth, bColumn] of Object.values(layouts))
      for (const adds of [0, 1]) {
        const given = [m, n, k, a, aRow, aDepth, b, bDepth, bColumn, c, adds, panel] as const;
        const computed = (run: () => number): Float32Array => {
          runtime.floats(c, m * n + 1).set(before);
          run();
          return runtime.floats(c, m * n + 1).slice();
        };
        const cut = computed(() => runtime.kernels.productLarge(...given, packed, 0, 0, 0, 0));
        expect(cut).toEqual(computed(() => runtime.kernels.product(...given)));
        expect(cut[0]).not.toBe(before[0]);
      }
  });

  test.each([
    { m: 13, n: 32, k: 40 },
    { m: 61, n: 35, k: 70 },
    { m: 61, n: 130, k: 71 },
    { m: 16, n: 33, k: 600 },
  ])("rows finished by their product, $m x $n and $k deep, are those finished after it", async (size) => {
    const { m, n, k } = size;
    const runtime = await createRuntime(build);
    runtime.reserveProducts(m, n, k);
    const rng = randomStream(5);
    const store = (count: number): number => runtime.storeFloats(rng.normals(count));
    const [a, b, bias, x] = [store(m * k), store(k * n), store(n), store(m * n)];
    const [c, sums] = [runtime.allocate(m * n), runtime.allocate(n)];
    const scratch = { kernels: runtime.kernels, ...runtime.products, chance: { word: 0 } };
    const rows = [m, n, k].map((count) => ({ count }));
    const computed = (...steps: (() => void)[]): Float32Array[] => {
      runtime.floats(sums, n).fill(1);
      for (const step of steps) step();
      return [runtime.floats(c, m * n).slice(), runtime.floats(sums, n).slice()];
    };
    for (const kind of [1, 2, 3]) {
      const { productNT, productNN, activateWithBias, activateBackward } = BINDINGS;
      const forward = activateWithBias(scratch, [rows[0]], [c, bias, c], [n, kind]);
      expect(computed(productNT(scratch, rows, [a, b, c, bias], [0, k, 1, kind]))).toEqual(
        computed(productNT(scratch, rows, [a, b, c], [0, k]), forward),
      );
      const backward = activateBackward(scratch, [rows[0]], [x, c, sums], [n, kind]);
      const got = computed(productNN(scratch, rows, [a, b, c, x, sums], [0, 0, 2, kind]));
      expect(got).toEqual(computed(productNN(scratch, rows, [a, b, c], [0]), backward));
      expect(got[1][0]).not.toBe(1);
    }
  });

  test("deep and wide products, where panels are packed", async () => {
    const runtime = await createRuntime(build);
    const rng = randomStream(2);
    for (const size of [
      { m: 5, n: 130, k: 512 },
      { m: 130, n: 12, k: 200 },
      { m: 33, n: 35, k: 600 },
    ]) {
      const { m, n, k } = size;
      runtime.reserveProducts(m, n, k);
      const [x, y] = [rng.normals(m * k), rng.normals(k * n)];
      const [a, b, c] = [runtime.storeFloats(x), runtime.storeFloats(y), runtime.allocate(m * n)];
      multiply(runtime, "NN", size, { a, b, c });
      const expected = naive(
        size,
        (i, p) => x[i * k + p],
        (p, j) => y[p * n + j],
      );
      const got = runtime.floats(c, m * n);
      expect(expected.every((value, i) => Math.abs(value - got[i]) < tolerance(k) * 4)).toBe(true);
    }
  });

  test("the same bits every time", async () => {
    const run = async (): Promise<Float32Array> => {
      const runtime = await createRuntime(build);
      runtime.reserveProducts(33, 33);
      const rng = randomStream(3);
      const [a, b] = [runtime.storeFloats(rng.normals(17 * 33)), runtime.storeFloats(rng.normals(33 * 9))];
      const c = runtime.allocate(17 * 9);
      multiply(runtime, "NN", { m: 17, n: 9, k: 33 }, { a, b, c });
      return runtime.floats(c, 17 * 9).slice();
    };
    expect(await run()).toEqual(await run());
  });
});

describe("memory", () => {
  test("rooms are aligned, zeroed, apart, and survive growth", async () => {
    const runtime = await createRuntime("plain");
    const first = runtime.storeFloats([1, 2, 3]);
    const large = runtime.allocate(1_000_000);
    const last = runtime.storeIntegers(Int32Array.of(-5, 6));
    for (const address of [first, large, last]) expect(address % 16).toBe(0);
    expect([...runtime.floats(first, 3)]).toEqual([1, 2, 3]);
    expect(runtime.floats(large, 1_000_000).every((value) => value === 0)).toBe(true);
    expect(large - first).toBeGreaterThanOrEqual(12);
    expect(last - large).toBeGreaterThanOrEqual(4_000_000);
    expect([...runtime.integers(last, 2)]).toEqual([-5, 6]);
  });

  test("zero clears what it is told to", async () => {
    const runtime = await createRuntime("plain");
    const address = runtime.storeFloats([1, 2, 3, 4]);
    runtime.kernels.zero(address + 4, 8);
    expect([...runtime.floats(address, 4)]).toEqual([1, 0, 0, 4]);
  });
});
