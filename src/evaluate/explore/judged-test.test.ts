import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { methodContext } from "../methods/index.js";
import { rated } from "./fixtures/rated.js";
import { scoreTest } from "./score-test.js";

/** All pairs of rankings of five items by Plackett and Luce, one a user; users are of one taste, or of two. */
function ballots(seed: number, tastes: readonly (readonly number[])[]): PreferenceData {
  const rng = randomStream(seed);
  const users = 80;
  const rows: number[][] = [];
  for (let u = 0; u < users; u++) {
    const noisy = tastes[u % tastes.length].map((value) => value - Math.log(-Math.log(rng.uniform())));
    for (let a = 0; a < 5; a++)
      for (let b = a + 1; b < 5; b++) rows.push([u, a, b, noisy[b] > noisy[a] ? 1 : -1]);
  }
  const [user, left, right, label] = [0, 1, 2, 3].map((part) => Int32Array.from(rows, (row) => row[part]));
  return {
    users: Array.from({ length: users }, (_, u) => `u${u}`),
    items: { ids: ["a", "b", "c", "d", "e"] },
    ...{ user, left, right, label: Int8Array.from(label), judgement: user, judged: "rankings" },
    source: { name: "made up", license: "none", sha256: "0" },
  };
}

const ONE = [1, 0.5, 0, -0.5, -1];
const p = (data: PreferenceData): number => scoreTest(methodContext(data), { seed: 1, draws: 99 }).pValue;

describe("the score test of one whole ranking a user", () => {
  test("is uniform where nobody differs: pairs of a ranking are no independent answers", () => {
    const values = Array.from({ length: 12 }, (_, i) => p(ballots(i + 1, [ONE])));
    // binomial: 4 or more of 12 at .05 happen 2 times in 1000, all at .5 or above once in 4000
    expect(values.filter((value) => value <= 0.05).length).toBeLessThan(4);
    expect(Math.min(...values)).toBeLessThan(0.5);
  });

  test("finds two opposed tastes, which the length of a ranking's scores cannot show", () => {
    expect(p(ballots(1, [ONE, [...ONE].reverse()]))).toBe(0.01);
  });

  test("says that most gave one ranking, which cannot tell likes from how sure they are", () => {
    const data = ballots(1, [ONE]);
    const { alone } = scoreTest(methodContext(data), { seed: 1, draws: 9 });
    expect(alone).toBe("ranking");
    const often = { ...data, judgement: data.user.map((u, row) => 10 * u + (row % 3)) };
    expect(scoreTest(methodContext(often), { seed: 1, draws: 9 }).alone).toBeUndefined();
  });
});

describe("the score test of ratings, whose ties leave pairs out", () => {
  test("finds nothing where all like the same, whatever their scales", () => {
    const values = Array.from({ length: 12 }, (_, i) => p(rated(i + 1, { tastes: 1 })));
    // as above: 4 or more of 12 at .05 happen 2 times in 1000
    expect(values.filter((value) => value <= 0.05).length).toBeLessThan(4);
    expect(Math.min(...values)).toBeLessThan(0.5);
    expect(Math.max(...values)).toBeGreaterThan(0.5);
  });

  test("finds two tastes", () => {
    // 15 of 20 such data sets are found at .05
    const found = Array.from({ length: 8 }, (_, i) => p(rated(i + 1, { tastes: 2 }))).filter(
      (value) => value <= 0.05,
    );
    expect(found.length).toBeGreaterThan(3);
  });
});
