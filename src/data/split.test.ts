import { describe, expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import {
  comparisonCount,
  countByUser,
  keepUsers,
  rowsByUser,
  selectRows,
  simulateIdealPoints,
  splitByComparison,
  splitByStatement,
  splitByUser,
  takePerUser,
  type PreferenceData,
} from "./index.js";

const SEEDS = [1, 2, 3, 4, 5];
/** Fresh pairs: a comparison is known by its left item. */
const DATA = simulateIdealPoints({
  dimension: 2,
  prototypes: 2,
  users: 5,
  comparisonsPerUser: 20,
  setting: "partition",
  seed: 1,
});
/** The same with 10 statements, each under every second row or so. */
const STATEMENTS: PreferenceData = {
  ...DATA,
  contexts: { ids: Array.from({ length: 10 }, (_, i) => `s${i}`) },
  context: Int32Array.from({ length: 100 }, (_, row) => (7 * row) % 10),
};

const left = (data: PreferenceData): number[] => [...data.left];
const sorted = (values: number[]): number[] => values.toSorted((a, b) => a - b);

describe("by comparison", () => {
  test.each(SEEDS)("parts are disjoint, complete and of the asked size for every user, seed %i", (seed) => {
    const {
      train,
      validation,
      test: held,
      by,
    } = splitByComparison(DATA, { validation: 3, test: 5 }, randomStream(seed));
    expect(by).toBe("comparison");
    expect(sorted([...left(train), ...left(validation), ...left(held)])).toEqual(left(DATA));
    expect([...countByUser(train)]).toEqual([12, 12, 12, 12, 12]);
    expect([...countByUser(validation)]).toEqual([3, 3, 3, 3, 3]);
    expect([...countByUser(held)]).toEqual([5, 5, 5, 5, 5]);
    for (const part of [train, validation, held]) {
      part.left.forEach((item, row) => {
        expect([part.user[row], part.label[row]]).toEqual([DATA.user[item / 2], DATA.label[item / 2]]);
      });
    }
  });

  test("every comparison is as likely to test", () => {
    const count = new Array<number>(100).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      const { test: held } = splitByComparison(DATA, { validation: 0, test: 5 }, randomStream(seed));
      for (const item of held.left) count[item / 2]++;
    }
    // each count is binomial(400, 1/4): mean 100, deviation 8.7
    expect(Math.max(...count)).toBeLessThan(100 + 4.5 * 8.7);
    expect(Math.min(...count)).toBeGreaterThan(100 - 4.5 * 8.7);
  });

  test("fewer training comparisons are a prefix of more, and the held-out parts stay", () => {
    const split = (train?: number) =>
      splitByComparison(
        DATA,
        { validation: 3, test: 5, ...(train === undefined ? {} : { train }) },
        randomStream(1),
      );
    const all = split();
    const few = split(4);
    expect([...countByUser(few.train)]).toEqual([4, 4, 4, 4, 4]);
    expect(left(few.test)).toEqual(left(all.test));
    expect(left(few.validation)).toEqual(left(all.validation));
    rowsByUser(all.train).forEach((rows, user) => {
      const mine = rowsByUser(few.train)[user].map((row) => few.train.left[row]);
      expect(mine).toEqual(rows.slice(0, 4).map((row) => all.train.left[row]));
    });
  });

  test("other users do not change one user's split", () => {
    const alone = keepUsers(DATA, Int32Array.of(3));
    const split = (data: PreferenceData) =>
      splitByComparison(data, { validation: 3, test: 5 }, randomStream(1));
    const whole = split(DATA).test;
    expect(left(split(alone).test)).toEqual(left(whole).filter((_, row) => whole.user[row] === 3));
  });

  test.each([
    [
      { validation: 10, test: 10 },
      '"user-0" has 20 comparisons; 10 for validation and 10 for test leave 0 to train, of 1 wanted',
    ],
    [{ validation: 3, test: 5, train: 13 }, "leave 12 to train, of 13 wanted"],
    [{ validation: -1, test: 5 }, "splitByComparison: validation must be an integer >= 0, got -1"],
    [{ validation: 0, test: 0.5 }, "splitByComparison: test must be an integer >= 0, got 0.5"],
    [{ validation: 0, test: 1, train: 1.5 }, "splitByComparison: train must be an integer >= 1, got 1.5"],
    [{ validation: 0, tests: 5 } as never, 'splitByComparison: unknown option "tests"'],
  ])("bad input %j", (heldOut, message) => {
    expect(() => splitByComparison(DATA, heldOut, randomStream(1))).toThrow(message);
  });
});

describe("by statement", () => {
  test.each(SEEDS)("no statement stands in two parts and no comparison is lost, seed %i", (seed) => {
    const parts = splitByStatement(STATEMENTS, { validation: 0.2, test: 0.3 }, randomStream(seed));
    const statements = [parts.train, parts.validation, parts.test].map((part) => [...new Set(part.context)]);
    expect(statements.map((part) => part.length)).toEqual([5, 2, 3]);
    expect(sorted(statements.flat())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const rows = [parts.train, parts.validation, parts.test].flatMap(left);
    expect(sorted(rows)).toEqual(left(DATA));
    expect(parts.by).toBe("statement");
  });

  test.each([
    [
      DATA,
      { validation: 0, test: 0.5 },
      "splitByStatement: the data has no contexts (statements) to split by",
    ],
    [
      STATEMENTS,
      { validation: 0.5, test: 0.5 },
      "splitByStatement: 10 statements leave none for a part of test 5 and validation 5",
    ],
    [STATEMENTS, { validation: 0, test: 0.01 }, "leave none for a part of test 0"],
    [STATEMENTS, { validation: 0, test: 0 }, "splitByStatement: test must be a number > 0 and < 1, got 0"],
    [
      STATEMENTS,
      { validation: 20, test: 0.1 },
      "splitByStatement: validation must be a number >= 0 and < 1, got 20",
    ],
    [
      STATEMENTS,
      { validation: 0.01, test: 0.1 },
      "10 statements leave none for a part of test 1 and validation 0",
    ],
  ])("bad input %#", (data, fractions, message) => {
    expect(() => splitByStatement(data, fractions, randomStream(1))).toThrow(message);
  });
});

test.each(SEEDS)("a statement stands in one part only, in whatever order rows come, seed %i", (seed) => {
  const rng = randomStream(seed).split("statements");
  const drawn = { ...STATEMENTS, context: Int32Array.from({ length: 100 }, () => rng.integer(10)) };
  const split = splitByStatement(drawn, { validation: 0.2, test: 0.3 }, randomStream(seed));
  const parts = [split.train, split.validation, split.test].map((part) => new Set(part.context));
  expect(new Set(parts.flatMap((part) => [...part])).size).toBe(
    parts.reduce((sum, { size }) => sum + size, 0),
  );
  expect(parts[2].size).toBeGreaterThan(0);
});

describe("by user", () => {
  test.each(SEEDS)("each user stands in one part, with all comparisons, truth included, seed %i", (seed) => {
    const { seen, unseen } = splitByUser(DATA, 2, randomStream(seed));
    expect(unseen.users).toHaveLength(2);
    expect([...seen.users, ...unseen.users].toSorted()).toEqual([...DATA.users]);
    for (const part of [seen, unseen]) {
      expect([...countByUser(part)]).toEqual(part.users.map(() => 20));
      part.left.forEach((item, row) => {
        expect(part.users[part.user[row]]).toBe(DATA.users[DATA.user[item / 2]]);
      });
      part.users.forEach((user, i) => {
        const from = 2 * DATA.users.indexOf(user);
        expect(part.truth?.idealPoints.slice(2 * i, 2 * i + 2)).toEqual(
          DATA.truth?.idealPoints.slice(from, from + 2),
        );
        expect(part.truth?.weights.slice(2 * i, 2 * i + 2)).toEqual(
          DATA.truth?.weights.slice(from, from + 2),
        );
      });
    }
  });

  test("somebody must stay", () => {
    expect(() => splitByUser(DATA, 5, randomStream(1))).toThrow(
      "splitByUser: unseen must be an integer >= 1 and <= 4, got 5",
    );
  });
});

describe("taking some of every user's comparisons", () => {
  test("the first ones, in order; the rest is the rest", () => {
    const { taken, rest } = takePerUser(DATA, 3);
    expect(left(taken).slice(0, 4)).toEqual([0, 2, 4, 40]);
    expect([...countByUser(taken)]).toEqual([3, 3, 3, 3, 3]);
    expect(sorted([...left(taken), ...left(rest)])).toEqual(left(DATA));
  });

  test("bad input", () => {
    expect(() => takePerUser(DATA, 21)).toThrow(
      'takePerUser: user "user-0" has 20 comparisons, of 21 wanted',
    );
    expect(() => takePerUser(DATA, -1)).toThrow("takePerUser: count must be an integer >= 0, got -1");
  });

  test("none of them leaves everything", () => {
    expect(comparisonCount(takePerUser(DATA, 0).taken)).toBe(0);
    expect(takePerUser(DATA, 0).rest).toEqual(selectRows(DATA, Int32Array.from(DATA.user.keys())));
  });
});
