import { describe, expect, test } from "vitest";
import { normalCdf, normalPdf } from "../../core/fixtures/distributions.js";
import { randomStream } from "../../core/index.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";

const SIZES = [1, 2, 3, 4, 5, 8, 13];

describe.each(BUILDS)("activations, %s build", (build) => {
  const gelu = (x: number): number => x * normalCdf(x);
  const geluSlope = (x: number): number => normalCdf(x) + x * normalPdf(x);
  test.each([
    ["linear", 0, (x: number) => x, () => 1],
    ["relu", 1, (x: number) => Math.max(0, x), (x: number) => (x > 0 ? 1 : 0)],
    ["gelu", 2, gelu, geluSlope],
  ] as const)("%s and its slope", async (_, kind, value, slope) => {
    const runtime = await createRuntime(build);
    for (const n of SIZES) {
      const rng = randomStream(n);
      const [x, g] = [rng.normals(n, 2), rng.normals(n)];
      const [from, to, gradient] = [runtime.storeFloats(x), runtime.allocate(n), runtime.storeFloats(g)];
      runtime.kernels.activate(kind, n, from, to);
      runtime.floats(to, n).forEach((got, i) => expect(Math.abs(got - value(x[i]))).toBeLessThan(3e-6));
      runtime.kernels.activateBackward(kind, n, from, gradient);
      runtime.floats(gradient, n).forEach((got, i) => {
        expect(Math.abs(got - g[i] * slope(x[i]))).toBeLessThan(3e-6);
      });
    }
  });

  test.each([0, 1, 2])("with a bias it is the same as one after the other, kind %i", async (kind) => {
    const runtime = await createRuntime(build);
    for (const columns of SIZES) {
      const rng = randomStream(columns);
      const [x, bias] = [rng.normals(3 * columns), runtime.storeFloats(rng.normals(columns))];
      const [apart, together] = [runtime.storeFloats(x), runtime.storeFloats(x)];
      const [expected, out] = [runtime.allocate(3 * columns), runtime.allocate(3 * columns)];
      runtime.kernels.addBias(3, columns, apart, bias);
      runtime.kernels.activate(kind, 3 * columns, apart, expected);
      runtime.kernels.activateWithBias(kind, 3, columns, together, bias, out);
      for (const [a, b] of [
        [apart, together],
        [expected, out],
      ])
        expect(runtime.floats(b, 3 * columns)).toEqual(runtime.floats(a, 3 * columns));
    }
  });
});

describe("dropout", () => {
  const N = 20_000;
  const drop = async (p: number, seed: number): Promise<Float32Array> => {
    const runtime = await createRuntime("plain");
    const x = runtime.storeFloats(new Float32Array(N).fill(1));
    runtime.kernels.dropout(N, x, p, seed);
    return runtime.floats(x, N).slice();
  };

  test.each([1, 2, 3, 4, 5])("drops a share p and keeps the mean, seed %i", async (seed) => {
    for (const p of [0.1, 0.5, 0.75]) {
      const values = await drop(p, seed);
      const share = values.filter((value) => value === 0).length / N;
      const label = `p ${p}, seed ${seed}`;
      expect(Math.abs(share - p) / Math.sqrt((p * (1 - p)) / N), label).toBeLessThan(4);
      const kept = values.filter((value) => value !== 0);
      expect(kept.every((value) => Math.abs(value - 1 / (1 - p)) < 1e-6)).toBe(true);
      // neighbours are dropped independently
      const both = values.filter((value, i) => value === 0 && values[i + 1] === 0).length / N;
      expect(Math.abs(both - p * p) / Math.sqrt((p * p * (1 - p * p)) / N), label).toBeLessThan(6);
    }
  });

  test("the same seed gives the same mask, so the backward pass can call it again", async () => {
    expect(await drop(0.5, 7)).toEqual(await drop(0.5, 7));
    const [a, b] = [await drop(0.5, 7), await drop(0.5, 8)];
    const same = a.filter((value, i) => value === b[i]).length / N;
    expect(Math.abs(same - 0.5)).toBeLessThan(0.02);
  });

  test("p = 0 drops nothing", async () => {
    expect((await drop(0, 3)).every((value) => value === 1)).toBe(true);
  });
});

describe.each(BUILDS)("user weights, %s build", (build) => {
  const softmax = (row: Float32Array): number[] => {
    const top = Math.max(...row);
    const e = Array.from(row, (v) => Math.exp(v - top));
    const total = e.reduce((a, b) => a + b);
    return e.map((value) => value / total);
  };

  test("softmax of rows by index, and its backward pass", async () => {
    const runtime = await createRuntime(build);
    for (const k of SIZES) {
      const rng = randomStream(k);
      const rows = 3;
      const [v, g] = [rng.normals(rows * k, 3), rng.normals(rows * k)];
      v[0] = 500; // far beyond what exp holds
      const [from, w] = [runtime.storeFloats(v), runtime.allocate(rows * k)];
      const [dw, dv] = [runtime.storeFloats(g), runtime.allocate(rows * k)];
      const order = [2, 0, 1];
      const index = runtime.storeIntegers(Int32Array.from(order));
      runtime.kernels.softmaxRows(rows, index, k, from, w);
      runtime.kernels.softmaxBackward(rows, index, k, w, dw, dv);
      for (let row = 0; row < rows; row++) {
        const at = (address: number, i = row) => [
          ...runtime.floats(address, rows * k).slice(i * k, (i + 1) * k),
        ];
        const expected = softmax(v.subarray(order[row] * k, (order[row] + 1) * k));
        at(w).forEach((got, j) => expect(Math.abs(got - expected[j])).toBeLessThan(5e-7));
        expect(Math.abs(at(w).reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
        const inner = expected.reduce((sum, weight, j) => sum + weight * g[row * k + j], 0);
        at(dv, order[row]).forEach((got, j) => {
          expect(Math.abs(got - expected[j] * (g[row * k + j] - inner))).toBeLessThan(2e-6);
        });
      }
    }
  });
});

describe.each(BUILDS)("losses, %s build", (build) => {
  test.each([
    ["hinge", 0, (a: number) => Math.max(0, 1.5 - a), (a: number) => (a < 1.5 ? -1 : 0)],
    [
      "logistic",
      1,
      (a: number) => Math.max(-a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
      (a: number) => -1 / (1 + Math.exp(a)),
    ],
  ] as const)(
    "%s: weighted mean and gradient; rows beyond the last count for nothing",
    async (_, kind, loss, slope) => {
      const runtime = await createRuntime(build);
      for (const n of SIZES) {
        const rng = randomStream(n);
        const score = rng.normals(n, 4);
        score[0] = 60;
        const label = Float32Array.from({ length: n }, () => (rng.uniform() < 0.5 ? -1 : 1));
        const weight = Float32Array.from({ length: n }, () => rng.uniform());
        const total = weight.reduce((a, b) => a + b);
        const addresses = [score, label, weight].map((values) => runtime.storeFloats(values));
        // what an earlier, larger batch left in the padding of scores and labels
        const whole = Math.ceil(n / 4) * 4;
        for (const address of addresses.slice(0, 2)) runtime.floats(address, whole).fill(9, n);
        const gradient = runtime.allocate(n);
        const [s, y, w] = addresses;
        const got = runtime.kernels.lossWithGradient(kind, n, s, y, w, 1.5, 1 / total, gradient);
        const expected = score.reduce(
          (sum, value, i) => sum + (weight[i] / total) * loss(label[i] * value),
          0,
        );
        expect(Math.abs(got - expected) / Math.max(1, expected)).toBeLessThan(1e-6);
        runtime.floats(gradient, n).forEach((value, i) => {
          const truth = (weight[i] / total) * label[i] * slope(label[i] * score[i]);
          expect(Math.abs(value - truth)).toBeLessThan(1e-6);
        });
      }
    },
  );
});

describe.each(BUILDS)("Adam, %s build", (build) => {
  test.each([
    ["no decay", 0, 0],
    ["coupled decay (Adam)", 0.1, 0],
    ["decoupled decay (AdamW)", 0.1, 1],
  ] as const)("%s agrees with a float64 reference over 50 steps", async (_, decay, decoupled) => {
    const runtime = await createRuntime(build);
    const [n, rate, beta1, beta2, epsilon] = [8, 0.02, 0.9, 0.999, 1e-8];
    const rng = randomStream(5);
    const start = rng.normals(n);
    const value = runtime.storeFloats(start);
    const [gradient, first, second] = [0, 1, 2].map(() => runtime.allocate(n));
    const x = Float64Array.from(start);
    const m = new Float64Array(n);
    const v = new Float64Array(n);
    for (let step = 1; step <= 50; step++) {
      const g = rng.normals(n, 0.3);
      runtime.floats(gradient, n).set(g);
      const [c1, c2] = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
      runtime.kernels.adam(
        n,
        value,
        gradient,
        first,
        second,
        rate,
        beta1,
        beta2,
        epsilon,
        c1,
        c2,
        decay,
        decoupled,
      );
      // as torch.optim.Adam and AdamW are documented
      for (let i = 0; i < n; i++) {
        const slope = g[i] + (decoupled ? 0 : decay * x[i]);
        if (decoupled) x[i] -= rate * decay * x[i];
        m[i] = beta1 * m[i] + (1 - beta1) * slope;
        v[i] = beta2 * v[i] + (1 - beta2) * slope ** 2;
        x[i] -= (rate * m[i] * c1) / (Math.sqrt(v[i] * c2) + epsilon);
      }
    }
    runtime.floats(value, n).forEach((got, i) => expect(Math.abs(got - x[i])).toBeLessThan(2e-5));
    expect(Math.max(...x.map((end, i) => Math.abs(end - start[i])))).toBeGreaterThan(0.05);
  });
});
