import { describe, expect, test } from "vitest";
import { FILTER_GROUPS, simulatePickAFilter } from "./index.js";

const BASE = { users: 20, comparisonsPerUser: 200, contentDimension: 4, promptDimension: 3 };
const COLOUR = 4;

describe("simulatePickAFilter", () => {
  test("a share beta is filtered, half on the winner and half on the loser, in the colours of the group", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { data, filtered } = simulatePickAFilter({ ...BASE, beta: 0.3, seed });
      const colour = (item: number): number => data.items.features?.[item * 5 + COLOUR] ?? NaN;
      let [count, winners] = [0, 0];
      data.label.forEach((label, row) => {
        const likes = data.groups?.[data.user[row]] === FILTER_GROUPS[0] ? -1 : 1;
        const winner = colour(label > 0 ? data.right[row] : data.left[row]);
        const loser = colour(label > 0 ? data.left[row] : data.right[row]);
        if (filtered[row] === 0) return expect([winner, loser]).toEqual([0, 0]);
        count++;
        if (winner !== 0) winners++;
        expect(winner !== 0 ? [winner, loser] : [loser, winner]).toEqual(
          winner !== 0 ? [likes, 0] : [-likes, 0],
        );
      });
      // 4000 comparisons: deviations 0.0072 of the share, 0.014 of the half
      expect(Math.abs(count / 4000 - 0.3), `seed ${seed}`).toBeLessThan(0.03);
      expect(Math.abs(winners / count - 0.5), `seed ${seed}`).toBeLessThan(0.06);
    }
  });

  test("labels and content do not depend on beta", () => {
    const [none, all] = [0, 1].map((beta) => simulatePickAFilter({ ...BASE, beta, seed: 7 }));
    expect(all.data.label).toEqual(none.data.label);
    expect(all.contentProbability).toEqual(none.contentProbability);
    expect(none.filtered.every((value) => value === 0)).toBe(true);
    expect(all.filtered.every((value) => value === 1)).toBe(true);
  });

  test("choices follow the content as often as their probability says", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { data, contentProbability } = simulatePickAFilter({ ...BASE, beta: 0, seed });
      let [right, expected] = [0, 0];
      contentProbability.forEach((p, row) => {
        right += data.label[row] > 0 ? 1 : 0;
        expected += p;
      });
      // a sum of 4000 coins has deviation below 32
      expect(Math.abs(right - expected), `seed ${seed}`).toBeLessThan(130);
    }
  });

  test.each([
    [{ beta: 1.5 }, "simulatePickAFilter: beta must be a number >= 0 and <= 1, got 1.5"],
    [{ users: 7 }, "simulatePickAFilter: users must be even, half in each group, got 7"],
    [{ comparisonsPerUser: 0 }, "simulatePickAFilter: comparisonsPerUser must be an integer >= 1, got 0"],
    [{ noiseSlope: 0 }, "simulatePickAFilter: noiseSlope must be a number > 0, got 0"],
    [{ colour: 1 }, 'simulatePickAFilter: unknown option "colour"'],
  ])("refuses %j", (change, message) => {
    expect(() => simulatePickAFilter({ ...BASE, beta: 0.5, seed: 1, ...change })).toThrow(message);
  });
});
