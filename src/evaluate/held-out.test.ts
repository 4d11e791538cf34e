import { expect, test } from "vitest";
import { randomStream } from "../core/index.js";
import { unitsOf } from "../data/index.js";
import { drawFolds, heldIn, trainingWithout } from "./held-out.js";

const ints = (values: readonly number[]): Int32Array => Int32Array.from(values);

/** All pairs of `items` items, of `judgements` judgements of each user. */
function judged(users: number, judgements: number, items: number): Required<Parameters<typeof drawFolds>[0]> {
  const rows: number[][] = [];
  for (let u = 0; u < users; u++)
    for (let j = 0; j < judgements; j++)
      for (let a = 0; a < items; a++)
        for (let b = a + 1; b < items; b++) rows.push([u, a, b, u * judgements + j]);
  const [user, left, right, judgement] = [0, 1, 2, 3].map((part) => ints(rows.map((row) => row[part])));
  return { user, left, right, judgement };
}

test("folds of comparisons without judgements are what they always were: a lot a user, then rows dealt in random order", () => {
  const rng = randomStream(3);
  const user = ints(Array.from({ length: 60 }, () => rng.integer(5)));
  const { first, second } = drawFolds({ user, left: user, right: user }, 5, 4, randomStream(9));
  const again = randomStream(9);
  const next = Array.from({ length: 5 }, () => again.integer(4));
  const expected = new Array<number>(60);
  for (const row of again.permutation(60)) expected[row] = next[user[row]]++ % 4;
  expect([...first]).toEqual(expected);
  expect(second).toBe(first);
});

test("a judgement is held out whole, or trains whole, and each is held out once", () => {
  const rows = judged(7, 6, 5);
  const folds = drawFolds(rows, 7, 3, randomStream(1));
  const of = (places: Int32Array): Set<number> => new Set(Array.from(places, (row) => rows.judgement[row]));
  const seen: number[] = [];
  for (const fold of [0, 1, 2]) {
    const [held, train] = [heldIn(folds, fold), trainingWithout(folds, fold)];
    expect(held.length + train.length).toBe(rows.user.length);
    expect([...of(held)].filter((j) => of(train).has(j))).toEqual([]);
    // two of six a user
    expect(of(held).size).toBe(14);
    seen.push(...of(held));
  }
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, j) => j));
});

test("of a user's only judgement an item is held out or trains: pairs across the two do neither", () => {
  const rows = judged(8, 1, 7);
  const folds = drawFolds(rows, 8, 5, randomStream(1));
  const itemsOf = (places: Int32Array): Set<string> =>
    new Set(
      Array.from(places, (row) =>
        [rows.left[row], rows.right[row]].map((i) => `${rows.user[row]}/${i}`),
      ).flat(),
    );
  for (const fold of [0, 1, 2]) {
    const [held, train] = [heldIn(folds, fold), trainingWithout(folds, fold)];
    expect([...itemsOf(held)].filter((item) => itemsOf(train).has(item))).toEqual([]);
    expect(held.length).toBeGreaterThan(0);
  }
  // seven items lie in three folds of two or three, for a fold of one item holds no pair
  const sizes = new Map<string, number>();
  unitsOf(rows).user.forEach((_, unit) => {
    const row = unitsOf(rows).first.indexOf(unit);
    const at = row >= 0 ? folds.first[row] : folds.second[unitsOf(rows).second.indexOf(unit)];
    const key = `${unitsOf(rows).user[unit]}/${at}`;
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  });
  expect([...sizes.values()].every((size) => size === 2 || size === 3)).toBe(true);
  expect(sizes.size).toBe(24);
});
