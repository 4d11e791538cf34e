import { describe, expect, test } from "vitest";
import {
  checkEveryUserAnswers,
  checkPairs,
  checkPreferenceData,
  comparisonCount,
  countByUser,
  featureDimension,
  selectRows,
  selectUser,
  simulateIdealPoints,
  type PreferenceData,
} from "./index.js";

/** Two users, three items of two features, two contexts, four comparisons. */
const DATA: PreferenceData = {
  users: ["ann", "bob"],
  items: { ids: ["a", "b", "c"], features: Float32Array.of(1, 2, 3, 4, 5, 6) },
  contexts: { ids: ["p", "q"] },
  user: Int32Array.of(0, 1, 1, 0),
  left: Int32Array.of(0, 1, 2, 0),
  right: Int32Array.of(1, 2, 0, 2),
  context: Int32Array.of(0, 1, 0, 1),
  label: Int8Array.of(1, -1, 1, -1),
  weight: Float32Array.of(1, 0.5, 0.5, 2),
  groups: ["east", "west"],
  source: { name: "four answers", license: "CC0-1.0", sha256: "0" },
};

test("sizes", () => {
  expect(comparisonCount(DATA)).toBe(4);
  expect(featureDimension(DATA.items)).toBe(2);
  expect(featureDimension(DATA.contexts)).toBe(0);
  expect(featureDimension(undefined)).toBe(0);
  expect([...countByUser(DATA)]).toEqual([2, 2]);
});

test("rows are selected in the order asked for, in every column", () => {
  const { user, left, right, context, label, weight, items, users } = selectRows(DATA, Int32Array.of(3, 0));
  expect([...user]).toEqual([0, 0]);
  expect([...left]).toEqual([0, 0]);
  expect([...right]).toEqual([2, 1]);
  expect([...(context ?? [])]).toEqual([1, 0]);
  expect([...label]).toEqual([-1, 1]);
  expect([...(weight ?? [])]).toEqual([2, 1]);
  expect([items, users]).toEqual([DATA.items, DATA.users]);
});

describe("one user's data", () => {
  test("has that user only", () => {
    const bob = selectUser(DATA, "bob");
    expect(bob.users).toEqual(["bob"]);
    expect([...bob.user]).toEqual([0, 0]);
    expect([...bob.left]).toEqual([1, 2]);
    expect(bob.groups).toEqual(["west"]);
    expect(() => checkPreferenceData("test", bob)).not.toThrow();
  });

  test("has that user's truth", () => {
    const data = simulateIdealPoints({
      dimension: 2,
      prototypes: 3,
      users: 4,
      comparisonsPerUser: 2,
      setting: "mixture",
      seed: 1,
    });
    const { truth } = selectUser(data, "user-2");
    expect(truth?.idealPoints).toEqual(data.truth?.idealPoints.slice(4, 6));
    expect(truth?.weights).toEqual(data.truth?.weights.slice(6, 9));
    expect(truth?.prototypes).toEqual(data.truth?.prototypes);
  });

  test("of an unknown user is refused, naming the known", () => {
    expect(() => selectUser(DATA, "eve")).toThrow('selectUser: unknown user "eve"; known: "ann", "bob"');
  });
});

describe("bad data", () => {
  const nan = Float32Array.of(1, 2, 3, NaN, 5, 6);
  test.each<[string, Partial<PreferenceData>, string]>([
    [
      "NaN features",
      { items: { ...DATA.items, features: nan } },
      "fit: items.features must be finite, got NaN at row 1, column 1",
    ],
    [
      "NaN context features",
      { contexts: { ids: ["p", "q"], features: Float32Array.of(0, NaN) } },
      "fit: contexts.features must be finite, got NaN at index 1",
    ],
    [
      "features that are no table",
      { items: { ids: ["a", "b", "c"], features: new Float32Array(7) } },
      "fit: items.features must be [3, D], got 7 numbers",
    ],
    [
      "no features at all",
      { items: { ids: ["a", "b", "c"], features: new Float32Array(0) } },
      "must be [3, D], got 0 numbers",
    ],
    [
      "a short column",
      { right: new Int32Array(3) },
      "fit: column right must have 4 rows as column left has, got 3",
    ],
    [
      "a short user column",
      { user: new Int32Array(5) },
      "fit: column user must have 4 rows as column left has, got 5",
    ],
    [
      "a short label column",
      { label: new Int8Array(1) },
      "fit: column label must have 4 rows as column left has, got 1",
    ],
    ["a short weight column", { weight: new Float32Array(1) }, "fit: column weight must have 4 rows"],
    ["a short context column", { context: new Int32Array(1) }, "fit: column context must have 4 rows"],
    [
      "an item that is not there",
      { left: Int32Array.of(0, 1, 3, 0) },
      "fit: left must be an index in 0 … 2, got 3 at row 2",
    ],
    [
      "a negative item",
      { right: Int32Array.of(1, -1, 0, 2) },
      "fit: right must be an index in 0 … 2, got -1 at row 1",
    ],
    [
      "a user that is not there",
      { user: Int32Array.of(0, 1, 1, 2) },
      "fit: user must be an index in 0 … 1, got 2 at row 3",
    ],
    [
      "a context that is not there",
      { context: Int32Array.of(0, 1, 2, 0) },
      "fit: context must be an index in 0 … 1, got 2 at row 2",
    ],
    [
      "a label that is neither",
      { label: Int8Array.of(1, 0, 1, -1) },
      "fit: label must be -1 (left) or +1 (right), got 0 at row 1",
    ],
    [
      "an infinite weight",
      { weight: Float32Array.of(1, Infinity, 1, 1) },
      "fit: weight must be finite, got Infinity at index 1",
    ],
    [
      "a negative weight",
      { weight: Float32Array.of(1, 1, -1, 1) },
      "fit: weight must be >= 0, got -1 at row 2",
    ],
    [
      "weights that are all 0",
      { weight: new Float32Array(4) },
      "fit: weight must be > 0 in one row at least, got 0 in all 4",
    ],
    ["contexts without a column", { context: undefined }, "fit: has a contexts table but no context column"],
    ["a column without contexts", { contexts: undefined }, "fit: has a context column but no contexts table"],
    ["two users of one name", { users: ["ann", "ann"] }, 'fit: user ids must differ, got "ann" twice'],
  ])("%s", (_, change, message) => {
    expect(() => checkPreferenceData("fit", { ...DATA, ...change })).toThrow(message);
  });

  test("an empty data set", () => {
    expect(() => checkPreferenceData("fit", selectRows(DATA, new Int32Array(0)))).toThrow(
      "fit: the data set is empty: it has 2 users and no comparisons",
    );
  });

  test("a user without comparisons", () => {
    const data = selectRows(DATA, Int32Array.of(1, 2));
    expect(() => checkEveryUserAnswers("fit", data)).toThrow('fit: 1 of 2 users have no comparisons: "ann"');
    expect(() => checkEveryUserAnswers("fit", DATA)).not.toThrow();
  });

  test("good data passes, and pairs need no users", () => {
    expect(() => checkPreferenceData("fit", DATA)).not.toThrow();
    expect(() =>
      checkPairs("scores", { items: DATA.items, left: DATA.left, right: DATA.right }),
    ).not.toThrow();
  });
});
