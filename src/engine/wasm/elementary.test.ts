import { describe, expect, test } from "vitest";
import { normalCdf, normalPdf } from "../../core/fixtures/distributions.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";
import type { Runtime } from "./runtime.js";

const [EXP, LOG1P, CDF, PDF, LN] = [0, 1, 2, 3, 4];

/** float32 values from `low` to `high`, both included. */
function grid(low: number, high: number, count = 40_000): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

function apply(runtime: Runtime, kind: number, x: Float32Array): Float32Array {
  const from = runtime.storeFloats(x);
  const to = runtime.allocate(x.length);
  runtime.kernels.elementary(kind, x.length, from, to);
  return runtime.floats(to, x.length).slice();
}

/** Largest error of `kind` against `truth`, relative to the truth or absolute. */
function worst(
  values: Float32Array,
  got: Float32Array,
  of: { truth: (x: number) => number; relative: boolean },
) {
  let largest = 0;
  values.forEach((x, i) => {
    const expected = of.truth(x);
    const error = Math.abs(got[i] - expected) / (of.relative ? Math.abs(expected) : 1);
    if (!(error <= largest)) largest = error;
  });
  return largest;
}

describe.each(BUILDS)("elementary functions against float64, %s build", (build) => {
  // the bounds are those of the comments in kernels/math.ts
  test.each([
    ["exp, relative", EXP, { low: -87, high: 88, truth: Math.exp, relative: true, bound: 2e-7 }],
    ["ln(1 + x), absolute", LOG1P, { low: 0, high: 1, truth: Math.log1p, relative: false, bound: 2e-7 }],
    [
      "normal distribution, relative",
      CDF,
      { low: -2.8, high: 8, truth: normalCdf, relative: true, bound: 1e-6 },
    ],
    [
      "normal distribution far left, relative",
      CDF,
      { low: -13, high: -2.8, truth: normalCdf, relative: true, bound: 2e-5 },
    ],
    ["ln, absolute", LN, { low: 0.01, high: 4, truth: Math.log, relative: false, bound: 5e-7 }],
    [
      "ln of large numbers, relative",
      LN,
      { low: 4, high: 1e30, truth: Math.log, relative: true, bound: 2e-7 },
    ],
    [
      "ln of small numbers, relative",
      LN,
      { low: 1e-36, high: 0.01, truth: Math.log, relative: true, bound: 2e-7 },
    ],
    ["normal density, absolute", PDF, { low: -13, high: 13, truth: normalPdf, relative: false, bound: 2e-7 }],
  ] as const)("%s", async (_, kind, { low, high, truth, relative, bound }) => {
    const runtime = await createRuntime(build);
    const x = grid(low, high);
    expect(worst(x, apply(runtime, kind, x), { truth, relative })).toBeLessThan(bound);
  });

  test("exp is clamped, never infinite", async () => {
    const runtime = await createRuntime(build);
    const [low, high, zero] = apply(runtime, EXP, Float32Array.of(-1000, 1000, 0, -0));
    expect(low).toBeCloseTo(Math.exp(-87), 42);
    expect(Math.abs(high / Math.exp(88) - 1)).toBeLessThan(2e-7);
    expect(zero).toBe(1);
  });

  test("ln of 0 and below is that of a tiny number", async () => {
    const runtime = await createRuntime(build);
    const [zero, below, one, tiny] = apply(runtime, LN, Float32Array.of(0, -5, 1, 1e-37));
    expect([zero, below]).toEqual([tiny, tiny]);
    expect(Math.abs(tiny / Math.log(1e-37) - 1)).toBeLessThan(2e-7);
    expect(one).toBe(0);
  });

  test("the normal distribution ends at 0 and 1", async () => {
    const runtime = await createRuntime(build);
    const [low, half, high] = apply(runtime, CDF, Float32Array.of(-100, 0, 100, 0));
    expect(low).toBeLessThan(1e-37);
    expect(Math.abs(half - 0.5)).toBeLessThan(5e-7);
    expect(high).toBe(1);
  });
});
