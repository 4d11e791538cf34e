import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { problemOf } from "../design/problem.js";
import { RowsBuilder, type Rows } from "../design/rows.js";
import { stateSize } from "../users/near-type.js";
import { fitClasses } from "./classes.js";
import { sampleTypes } from "./gibbs.js";
import { placeNearTypes, scoreNearTypes, type Answered, type Prior } from "./near-type.js";
import { turnOnto } from "./turn-onto.js";

const dense = (values: readonly (readonly number[])[]): Rows => {
  const builder = new RowsBuilder();
  for (const row of values) {
    row.forEach((value, c) => builder.add(c, value));
    builder.endRow();
  }
  return builder.rows(values[0]?.length ?? 0);
};
const probability = (score: number): number => 1 / (1 + Math.exp(-score));

/** One user who answers rows [x0, x1], the questions asked after them, and P(right) of these by adding up over a fine grid of tastes. */
function byHand(
  prior: Prior,
  rows: number[][],
  label: number[],
  asked: number[][],
): { p: number[]; types: number[] } {
  const { k, means, shares, covariance: c } = prior;
  const determinant = c[0] * c[3] - c[1] * c[2];
  const types = new Array<number>(k).fill(0);
  const p = asked.map(() => 0);
  const step = 0.05;
  for (let j = 0; j < k; j++) {
    for (let a = -7; a <= 7; a += step) {
      for (let b = -7; b <= 7; b += step) {
        const form = (a * a * c[3] - 2 * a * b * c[1] + b * b * c[0]) / determinant;
        let mass = shares[j] * Math.exp(-form / 2);
        const odds = (x: number[]): number => x[0] * (means[2 * j] + a) + x[1] * (means[2 * j + 1] + b);
        rows.forEach((x, i) => (mass *= probability(label[i] * odds(x))));
        types[j] += mass;
        asked.forEach((x, i) => (p[i] += mass * probability(odds(x))));
      }
    }
  }
  const total = types.reduce((sum, value) => sum + value, 0);
  return { p: p.map((value) => value / total), types: types.map((value) => value / total) };
}

describe("a user near one of the types", () => {
  const prior: Prior = {
    k: 2,
    means: [1.5, 0, -1, 0.5],
    shares: [0.6, 0.4],
    covariance: Float64Array.of(0.8, 0.3, 0.3, 0.5),
  };
  const rng = randomStream(4);
  const rows = Array.from({ length: 12 }, () => [...rng.normals(2)]);
  const asked = Array.from({ length: 20 }, () => [...rng.normals(2)]);
  const answered = (count: number, label: number[]): Answered => {
    const mean = dense(rows.slice(0, count));
    return {
      mean,
      own: mean,
      users: 1,
      user: new Int32Array(count),
      label: Int8Array.from(label.slice(0, count)),
    };
  };
  const labels = rows.map((x) => (x[0] * 1.2 + x[1] * -0.5 > 0.2 ? 1 : -1));

  test.each([1, 4, 12])("is placed from %d answers as adding up over all tastes says", (count) => {
    const states = placeNearTypes(prior, answered(count, labels));
    expect(states).toHaveLength(stateSize(2, 2));
    const truth = byHand(prior, rows.slice(0, count), labels, asked);
    const mean = dense(asked);
    const scores = scoreNearTypes(prior, { mean, own: mean }, { user: new Int32Array(20), states });
    scores.forEach((score, i) => expect(Math.abs(probability(score) - truth.p[i])).toBeLessThan(0.02));
    expect(states[0]).toBeCloseTo(truth.types[0], 1);
    expect(states[0] + states[1]).toBeCloseTo(1, 5);
  });

  test("independent tastes are those of a diagonal covariance", () => {
    const diagonal = placeNearTypes(
      { ...prior, covariance: Float64Array.of(0.8, 0, 0, 0.5) },
      answered(12, labels),
    );
    const own = placeNearTypes({ ...prior, covariance: Float64Array.of(0.8, 0.5) }, answered(12, labels));
    own.forEach((value, i) => expect(value).toBeCloseTo(diagonal[i], 5));
  });

  test("a tie kept as two halves says less than an answer, and nothing of the side", () => {
    const mean = dense([rows[0], rows[0]]);
    const tie = { mean, own: mean, users: 1, user: new Int32Array(2), label: Int8Array.of(1, -1) };
    const states = placeNearTypes(
      { ...prior, k: 1, means: [0, 0], shares: [1] },
      { ...tie, weight: Float32Array.of(0.5, 0.5) },
    );
    expect(Math.abs(states[1])).toBeLessThan(1e-6);
    expect(Math.abs(states[2])).toBeLessThan(1e-6);
  });

  test("of more tastes than are kept together, those that no answer touches stay as they were", () => {
    const q = 50;
    const builder = new RowsBuilder();
    builder.add(3, 1);
    builder.endRow();
    const mean = builder.rows(q);
    const wide: Prior = {
      k: 1,
      means: new Float64Array(q),
      shares: [1],
      covariance: new Float64Array(q).fill(2),
    };
    const states = placeNearTypes(wide, {
      mean,
      own: mean,
      users: 1,
      user: new Int32Array(1),
      label: Int8Array.of(1),
    });
    const [tastes, variance] = [states.subarray(1, 1 + q), states.subarray(1 + q)];
    expect(variance).toHaveLength(q);
    tastes.forEach((taste, c) => (c === 3 ? expect(taste).toBeGreaterThan(0.5) : expect(taste).toBe(0)));
    variance.forEach((value, c) => (c === 3 ? expect(value).toBeLessThan(1.9) : expect(value).toBe(2)));
  });
});

test("what is placed once predicts about as well as the sampler that averages over all that is unknown", () => {
  const rng = randomStream(8).split("people");
  const [users, each] = [60, 24];
  const own = Array.from({ length: users }, (_, u) => [
    (u % 2 === 0 ? 2 : -2) + rng.normal(),
    1 + rng.normal(),
  ]);
  const draw = (count: number): { mean: Rows; user: Int32Array; label: Int8Array } => {
    const x = Array.from({ length: users * count }, () => [...rng.normals(2)]);
    const user = Int32Array.from(x, (_, row) => Math.floor(row / count));
    const label = Int8Array.from(x, (z, row) =>
      rng.uniform() < probability(z[0] * own[user[row]][0] + z[1] * own[user[row]][1]) ? 1 : -1,
    );
    return { mean: dense(x), user, label };
  };
  const [known, asked] = [draw(each), draw(20)];
  const problem = problemOf(
    { mean: known.mean, own: known.mean },
    { users, user: known.user, label: known.label },
  );
  const start = fitClasses(problem, { k: 2, rng: randomStream(1) });
  const question = { mean: asked.mean, own: asked.mean, user: asked.user };
  const sampled = sampleTypes(problem, { tastes: "own", rng: randomStream(2), start, asked: question });
  const { covariance = new Float64Array(4) } = sampled;
  const prior = { ...sampled, covariance: Float64Array.of(covariance[0], covariance[3]) };
  const states = placeNearTypes(prior, { ...known, own: known.mean, users });
  const scores = scoreNearTypes(prior, { mean: asked.mean, own: asked.mean }, { user: asked.user, states });
  const nats = (p: (row: number) => number): number =>
    asked.label.reduce((sum, label, row) => sum + Math.log(label > 0 ? p(row) : 1 - p(row)), 0) /
    asked.label.length;
  const [placed, averaged] = [nats((row) => probability(scores[row])), nats((row) => sampled.p[row])];
  expect(Math.abs(placed - averaged)).toBeLessThan(0.005);
  expect(averaged).toBeGreaterThan(-0.5);
});

test("loadings that were turned and mirrored are turned back", () => {
  const target = Float64Array.from(randomStream(5).normals(30));
  const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
  // the third factor is mirrored, the first two are turned
  const turned = Float64Array.from(target, (_, i) => {
    const at = i - (i % 3);
    if (i % 3 === 0) return cosine * target[at] - sine * target[at + 1];
    if (i % 3 === 1) return sine * target[at] + cosine * target[at + 1];
    return -target[i];
  });
  turnOnto(target, turned, 3).forEach((value, i) => expect(value).toBeCloseTo(target[i], 10));
});
