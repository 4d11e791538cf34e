import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { fitClasses, predictClasses } from "./classes.js";
import { sampleFactors } from "./factors.js";
import { sampleTypes } from "./gibbs.js";
import { fitMixing, predictMixing } from "./mixing.js";
import { polyaGamma } from "./polya-gamma.js";
import { problemOf } from "../design/problem.js";
import { RowsBuilder, type Rows } from "../design/rows.js";

describe("Polya-Gamma draws", () => {
  test.each([0, 0.5, 1.9, 4, 12])("have the mean and variance of PG(1, %d)", (z) => {
    const rng = randomStream(3).split(z);
    const n = 20_000;
    const draws = Float64Array.from({ length: n }, () => polyaGamma(z, rng));
    const mean = draws.reduce((a, b) => a + b) / n;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Polson, Scott and Windle 2013: the mean tanh(z / 2) / 2 z, the variance (sinh z - z) / (4 z³ cosh²(z / 2))
    const expected = z === 0 ? 1 / 4 : Math.tanh(z / 2) / (2 * z);
    const spread = z === 0 ? 1 / 24 : (Math.sinh(z) - z) / (4 * z ** 3 * Math.cosh(z / 2) ** 2);
    expect(Math.abs(mean - expected) / Math.sqrt(spread / n)).toBeLessThan(4);
    expect(variance / spread).toBeCloseTo(1, 1);
  });
});

/** Users of two types that are opposed on the first of two columns, with tastes of their own. */
function answers(tau: number, users = 40, each = 40): { mean: Rows; user: Int32Array; label: Int8Array } {
  const rng = randomStream(8).split("answers");
  const builder = new RowsBuilder();
  const own = Array.from({ length: users }, () => Array.from(rng.normals(2, tau)));
  const label = new Int8Array(users * each);
  for (let row = 0; row < label.length; row++) {
    const u = Math.floor(row / each);
    const z = [rng.normal(), rng.normal()];
    z.forEach((value, c) => builder.add(c, value));
    builder.endRow();
    const odds = z[0] * ((u % 2 === 0 ? 2 : -2) + own[u][0]) + z[1] * (1 + own[u][1]);
    label[row] = rng.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : -1;
  }
  return { mean: builder.rows(2), user: Int32Array.from(label, (_, row) => Math.floor(row / each)), label };
}

const problem = (tau: number): ReturnType<typeof problemOf> => {
  const { mean, user, label } = answers(tau);
  return problemOf({ mean, own: mean }, { users: 40, user, label });
};

test("EM finds two opposed types and who is of which", () => {
  const { means, belief, converged } = fitClasses(problem(0), { k: 2, rng: randomStream(1) });
  expect(converged).toBe(true);
  const [a, b] = [means.slice(0, 2), means.slice(2)];
  expect(Math.abs(a[0] - b[0])).toBeCloseTo(4, 0);
  for (const type of [a, b]) expect(type[1]).toBeCloseTo(1, 0);
  const side = belief[0] > 0.5 ? 0 : 1;
  for (let u = 0; u < 40; u++) expect(belief[2 * u + ((u + side) % 2)]).toBeGreaterThan(0.9);
});

test.each([0.1, 1, 2])("own tastes of standard deviation %d are found as such", (tau) => {
  const given = problem(tau);
  const start = fitClasses(given, { k: 2, rng: randomStream(1) });
  const { covariance, means } = sampleTypes(given, { tastes: "own", rng: randomStream(2), start });
  expect(Math.abs(Math.sqrt(covariance?.[0] ?? 0) - tau)).toBeLessThan(0.2 + 0.15 * tau);
  // with tastes as wide as the types are apart there is little to tell them by
  if (tau <= 1) expect(Math.abs(means[0] - means[2])).toBeGreaterThan(2.5);
});

test("what is predicted of a row does not depend on its own answer, and the same seed gives the same bits", () => {
  const { mean, user, label } = answers(1);
  const given = problemOf({ mean, own: mean }, { users: 40, user, label });
  const asked = { mean, own: mean, user };
  const run = (): Float64Array[] => {
    const start = fitClasses(given, { k: 2, rng: randomStream(1) });
    return [
      predictClasses(start, asked),
      sampleTypes(given, { tastes: "correlated", rng: randomStream(2), start, asked, burn: 20, draws: 20 }).p,
      sampleFactors(given, { rank: 2, rng: randomStream(3), asked, burn: 20, draws: 20 }).p,
      predictMixing(fitMixing(given, 2, randomStream(4)), asked),
    ];
  };
  expect(run()).toEqual(run());
});

test("each rung predicts answers of users whose tastes it can express", () => {
  const { mean, user, label } = answers(0.7);
  const given = problemOf({ mean, own: mean }, { users: 40, user, label });
  const asked = { mean, own: mean, user };
  const start = fitClasses(given, { k: 2, rng: randomStream(1) });
  const all = {
    classes: predictClasses(start, asked),
    own: sampleTypes(given, { tastes: "own", rng: randomStream(2), start, asked }).p,
    correlated: sampleTypes(given, {
      tastes: "correlated",
      rng: randomStream(2),
      start: fitClasses(given, { k: 1, rng: randomStream(1) }),
      asked,
    }).p,
    factors: sampleFactors(given, { rank: 2, rng: randomStream(3), asked }).p,
    mixing: predictMixing(fitMixing(given, 2, randomStream(4)), asked),
  };
  for (const [name, p] of Object.entries(all)) {
    const right = p.filter((value, row) => value > 0.5 === label[row] > 0).length / p.length;
    expect(right, name).toBeGreaterThan(0.78);
  }
});
