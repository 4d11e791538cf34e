import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import type { PreferenceData } from "../data/index.js";
import { wholeJudgements, type Answered } from "./whole-judgements.js";

/** Judgements of items by how good they are said to be: equal values are ties, which give no row, or two halves. */
function judged(values: readonly (readonly number[])[], halves = false): PreferenceData {
  const rows = values.flatMap((said, j) =>
    said.flatMap((a, i) =>
      said.slice(i + 1).flatMap((b, k) => {
        const pair = { j, left: i, right: i + 1 + k };
        if (a !== b) return [{ ...pair, label: b > a ? 1 : -1, weight: 1 }];
        return halves ? [1, -1].map((label) => ({ ...pair, label, weight: 0.5 })) : [];
      }),
    ),
  );
  const user = Int32Array.from(rows, ({ j }) => j);
  return {
    users: values.map((_, u) => `u${u}`),
    items: { ids: values[0].map((_, i) => `i${i}`) },
    ...{ user, judgement: user, judged: "ratings" },
    left: Int32Array.from(rows, ({ left }) => left),
    right: Int32Array.from(rows, ({ right }) => right),
    label: Int8Array.from(rows, ({ label }) => label),
    weight: Float32Array.from(rows, ({ weight }) => weight),
    source: { name: "made up", license: "none", sha256: "0" },
  };
}

function wholeOf(data: PreferenceData): NonNullable<ReturnType<typeof wholeJudgements>> {
  const whole = wholeJudgements(data);
  if (whole === undefined) throw new Error("all pairs are there");
  return whole;
}

/** Items above each item of each judgement, counted from its strict pairs. */
function rungs({ data }: { readonly data: PreferenceData }, { right, weight }: Answered): number[][] {
  const above = data.users.map(() => data.items.ids.map(() => 0));
  data.user.forEach((u, row) => {
    if (weight[row] === 0 || right[row] === 0.5) return;
    above[u][right[row] === 1 ? data.left[row] : data.right[row]]++;
  });
  return above;
}

describe("judgements drawn again whole", () => {
  test("are not needed where all pairs are there", () => {
    expect(wholeJudgements(judged([[1, 2, 3], [3, 1, 2]]))).toBeUndefined(); // prettier-ignore
    const single = judged([[1, 1, 3]]);
    expect(wholeJudgements(single)).toBeDefined();
    expect(wholeJudgements({ ...single, judgement: new Int32Array(2).fill(-1) })).toBeUndefined();
  });

  test("of two users who number their own judgements are two", () => {
    const data = judged([[5, 3, 3, 1], [2, 2, 4, 4]]); // prettier-ignore
    const own = wholeOf({ ...data, judgement: new Int32Array(data.user.length) });
    expect({ ...own.data, judgement: own.data.user }).toEqual(wholeOf(data).data);
    expect(own.given).toEqual(wholeOf(data).given);
    const p = Float64Array.from(own.data.user, (_u, row) => 0.1 + 0.06 * row);
    expect(own.draws(p)(randomStream(1))).toEqual(wholeOf(data).draws(p)(randomStream(1)));
  });

  test.each([false, true])("as given they say what the data say; ties as halves: %s", (halves) => {
    const values = [[5, 3, 3, 1], [2, 2, 4, 4]]; // prettier-ignore
    const whole = wholeOf(judged(values, halves));
    expect(whole.data.user).toHaveLength(12);
    whole.data.user.forEach((u, row) => {
      const difference = values[u][whole.data.right[row]] - values[u][whole.data.left[row]];
      expect(whole.given.weight[row]).toBe(difference === 0 && !halves ? 0 : 1);
      if (difference !== 0) expect(whole.given.right[row]).toBe(difference > 0 ? 1 : 0);
      else if (halves) expect(whole.given.right[row]).toBe(0.5);
    });
  });

  test("keep how many items stand on each rung, and change which", () => {
    const values = [[5, 3, 3, 1, 1, 1], [2, 2, 4, 4, 4, 1]]; // prettier-ignore
    const whole = wholeOf(judged(values));
    const even = new Float64Array(whole.data.user.length).fill(0.5);
    const draw = whole.draws(even);
    const rng = randomStream(1);
    const sorted = (all: number[][]): number[][] => all.map((row) => [...row].sort((a, b) => a - b));
    const given = rungs(whole, whole.given);
    const seen = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const drawn = rungs(whole, draw(rng));
      expect(sorted(drawn)).toEqual(sorted(given));
      seen.add(JSON.stringify(drawn));
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  test("a choice among four falls on each by the softmax of utilities", () => {
    const utility = [0, 1, -0.5, 0.7];
    const whole = wholeOf(judged(Array.from({ length: 2000 }, () => [1, 0, 0, 0])));
    const { left, right, user } = whole.data;
    const p = Float64Array.from(left, (l, row) => 1 / (1 + Math.exp(utility[l] - utility[right[row]])));
    const drawn = rungs(whole, whole.draws(p)(randomStream(2)));
    expect(user).toHaveLength(12_000);
    const total = utility.reduce((sum, value) => sum + Math.exp(value), 0);
    utility.forEach((value, item) => {
      // nothing stands above the chosen
      const share = drawn.filter((above) => above[item] === 0).length / 2000;
      const expected = Math.exp(value) / total;
      expect(Math.abs(share - expected), String(item)).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
    });
  });
});
