import { expect, test } from "vitest";
import { exp, log, randomStream } from "./index.js";

/** Units in the last place of float64, relative. */
const ULP = 2 ** -52;

test("exp and log invert each other, and agree with series summed from the smallest term", () => {
  const rng = randomStream(1);
  for (let draw = 0; draw < 20_000; draw++) {
    const x = (rng.uniform() - 0.5) * (draw % 2 === 0 ? 1 : 1400);
    expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(2 * ULP * Math.max(1, Math.abs(x)));
    if (Math.abs(x) > 0.5) continue;
    let series = 0;
    for (let n = 25, term; n >= 0; n--) {
      term = 1;
      for (let i = 1; i <= n; i++) term *= x / i;
      series += term;
    }
    expect(Math.abs(exp(x) - series)).toBeLessThanOrEqual(2 * ULP);
  }
});

test("beside powers of two the logarithm is that of the series, and of the powers themselves", () => {
  for (const f of [0, 2 ** -21, -(2 ** -22), 2 ** -30, 3 * 2 ** -40, 2 ** -52]) {
    const near = f - (f * f) / 2 + f ** 3 / 3;
    expect(log(1 + f)).toBeCloseTo(near, 19);
    expect(Math.abs(log(1 + f) - near)).toBeLessThanOrEqual(ULP * Math.abs(f));
    for (const k of [-1022, -3, 1, 2, 10, 1023]) {
      const expected = k * Math.LN2 + near;
      expect(Math.abs(log(2 ** k * (1 + f)) - expected)).toBeLessThanOrEqual(2 * ULP * Math.abs(expected));
    }
  }
});

test("the ends of their ranges", () => {
  expect([exp(0), exp(1), exp(-Infinity), exp(Infinity), exp(710), exp(-746)]).toEqual([
    1,
    Math.E,
    0,
    Infinity,
    Infinity,
    0,
  ]);
  expect([log(1), log(0), log(Infinity)]).toEqual([0, -Infinity, Infinity]);
  expect([exp(NaN), log(NaN), log(-1)]).toEqual([NaN, NaN, NaN]);
  // the largest argument whose exponential is finite: 1.797693134862273e308
  expect(exp(709.782712893383973096) / 1.797693134862273e308).toBeCloseTo(1, 14);
  expect(exp(709.7) / 2 ** 1023).toBeGreaterThan(1.8);
  // subnormal numbers
  expect(log(5e-324)).toBeCloseTo(-1074 * Math.LN2, 10);
  expect(exp(-744.5)).toBe(5e-324);
});
