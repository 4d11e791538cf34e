import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import {
  dataFromTable,
  comparisonsWorth,
  countJudged,
  independentAnswers,
  splitByComparison,
  takePerUser,
  unitsOf,
  weighedByWorth,
} from "./index.js";
import { parseTable } from "./tables/parse/parse-table.js";
import type { PreferenceData } from "./preference-data.js";

/** Users who rank five items in some contexts each, in orders drawn by lot. */
function rankings(users: number, contexts: number): PreferenceData {
  const rng = randomStream(7);
  const lines = Array.from({ length: users }, (_, u) =>
    Array.from({ length: contexts }, (__, c) =>
      Array.from(rng.permutation(5), (item, rank) => `u${u},c${c},i${item},${rank + 1}`),
    ),
  );
  const text = `user,context,item,rank\n${lines.flat(2).join("\n")}\n`;
  return dataFromTable(parseTable({ name: "rankings.csv", bytes: Buffer.from(text) })).data;
}

const judgementsOf = ({ user, judgement }: PreferenceData): Set<string> =>
  new Set(Array.from(judgement ?? [], (j, row) => `${user[row]}/${j}`));
const itemsOf = ({ user, left, right }: PreferenceData): Set<string> =>
  new Set([...left, ...right].map((item, i) => `${user[i % user.length]}/${item}`));
const common = (a: Set<string>, b: Set<string>): string[] => [...a].filter((each) => b.has(each));

describe("comparisons of one judgement", () => {
  test("are split together: no judgement is on two sides, and answers are counted in judgements", () => {
    const data = rankings(6, 5);
    const {
      train,
      validation,
      test: held,
    } = splitByComparison(data, { validation: 1, test: 2 }, randomStream(1));
    expect([train, validation, held].map((part) => judgementsOf(part).size)).toEqual([12, 6, 12]);
    expect([train, validation, held].map(({ label }) => label.length)).toEqual([120, 60, 120]);
    expect(common(judgementsOf(train), judgementsOf(held))).toEqual([]);
    expect(common(judgementsOf(train), judgementsOf(validation))).toEqual([]);
    expect(common(judgementsOf(validation), judgementsOf(held))).toEqual([]);
    const { taken, rest } = takePerUser(data, 2);
    expect([judgementsOf(taken).size, judgementsOf(rest).size]).toEqual([12, 18]);
    expect(common(judgementsOf(taken), judgementsOf(rest))).toEqual([]);
  });

  test("of a user's only judgement are split by items: no item is on two sides", () => {
    const data = rankings(4, 1);
    const { train, test: held } = splitByComparison(data, { validation: 0, test: 2 }, randomStream(1));
    expect(common(itemsOf(train), itemsOf(held))).toEqual([]);
    // of each user 3 items train and 2 are held out: 3 pairs and 1
    expect([train.label.length, held.label.length]).toEqual([12, 4]);
    expect(() => splitByComparison(data, { validation: 0, test: 1 }, randomStream(1))).toThrow(
      'splitByComparison: 1 of 5 answers (rankings, choices or ratings count once) of user "u0" make no comparison for test: take 2 or more',
    );
    expect(() => splitByComparison(data, { validation: 0, test: 5 }, randomStream(1))).toThrow(
      'user "u0" has 5 answers (rankings, choices or ratings count once)',
    );
  });

  test("count as what they tell: what is said of few answers counts these", () => {
    for (const answers of independentAnswers(rankings(2, 3), 2)) expect(answers).toBeCloseTo(3 * 5.43333, 4);
    // a pair tells what a pair tells; a choice among three as much as 4/3
    expect([comparisonsWorth(2, false), comparisonsWorth(2, true)]).toEqual([1, 1]);
    expect(comparisonsWorth(3, true)).toBeCloseTo(4 / 3, 12);
    expect(countJudged(rankings(2, 3))).toEqual({ of: "rankings", count: 6 });
    expect(countJudged({ ...rankings(2, 3), judged: "ratings" })).toEqual({ of: "ratings", count: 30 });
    const apart = { ...rankings(2, 3), judgement: undefined };
    expect([...independentAnswers(apart, 2)]).toEqual([30, 30]);
    expect(countJudged(apart)).toBeUndefined();
  });

  test("stay with those of their own where a user gave both", () => {
    const ints = (...values: number[]): Int32Array => Int32Array.from(values);
    const units = unitsOf({
      user: ints(0, 0, 0, 1, 1),
      left: ints(0, 1, 0, 0, 1),
      right: ints(1, 2, 2, 1, 2),
      judgement: ints(4, 4, -1, -1, -1),
    });
    expect([...units.first]).toEqual([0, 0, 1, 2, 3]);
    expect([...units.second]).toEqual([...units.first]);
    expect([...units.user]).toEqual([0, 0, 1, 1]);
  });
});

test("without judgements each comparison is a unit", () => {
  const user = Int32Array.from([0, 1, 0]);
  const units = unitsOf({ user, left: user, right: user });
  expect([...units.first]).toEqual([0, 1, 2]);
  expect(units.second).toBe(units.first);
});

test("all pairs of a ranking weigh as much as the ranking tells", () => {
  const data = rankings(2, 3);
  const { weight } = weighedByWorth(data);
  // ten pairs of five items count as 2 (5 - 1 - 1/2 - 1/3 - 1/4 - 1/5) = 5.4333 answers
  expect(new Set(weight)).toEqual(new Set([Math.fround(5 * 2 - 2 * (137 / 60)) / 10].map(Math.fround)));
  const apart = { ...data, judgement: undefined };
  expect(weighedByWorth(apart)).toBe(apart);
});
