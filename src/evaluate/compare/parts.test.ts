import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { selectRows, simulateIdealPoints, type PreferenceData } from "../../data/index.js";
import { compare } from "./compare.js";
import { firstOf, partsOf, type Parts } from "./parts.js";
import { prepare } from "./prepare.js";

const NAMES = ["train", "validation", "seen", "given", "asked"] as const;

/** Every user ranks `rankings` sets of `items` items: all pairs of each. */
function ranked(users: number, rankings: number, items: number): PreferenceData {
  const rng = randomStream(3);
  const rows: { user: number; left: number; right: number; judgement: number }[] = [];
  for (let user = 0; user < users; user++)
    for (let j = 0; j < rankings; j++) {
      const order = rng.permutation(20).slice(0, items);
      order.forEach((left, i) =>
        order.slice(i + 1).forEach((right) => rows.push({ user, left, right, judgement: j })),
      );
    }
  const column = (name: keyof (typeof rows)[0]): Int32Array => Int32Array.from(rows, (row) => row[name]);
  return {
    ...{
      users: Array.from({ length: users }, (_, u) => `u${u}`),
      items: { ids: names(20) },
      source: { name: "ranked", license: "CC0-1.0", sha256: "0" },
    },
    ...{ user: column("user"), left: column("left"), right: column("right") },
    ...{ judgement: column("judgement"), judged: "rankings" },
    label: new Int8Array(rows.length).fill(-1),
  };
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `item ${i}`);
}

/** In which parts each thing of a user stands, of those that `things` names a row by. */
function places(parts: Parts, things: (data: PreferenceData, row: number) => readonly string[]): string[][] {
  const found = new Map<string, Set<string>>();
  for (const name of NAMES) {
    const part = parts[name];
    part.user.forEach((user, row) => {
      for (const thing of things(part, row)) {
        const key = `${part.users[user]} ${thing}`;
        found.set(key, (found.get(key) ?? new Set()).add(name));
      }
    });
  }
  return [...found.values()].map((set) => [...set]);
}

describe("comparisons made of rankings", () => {
  test("a ranking is on one side", () => {
    const parts = partsOf(ranked(20, 6, 5), 1);
    const sides = places(parts, (data, row) => [String(data.judgement?.[row])]);
    expect(sides).toHaveLength(120);
    expect(sides.every((set) => set.length === 1)).toBe(true);
    expect(NAMES.map((name) => parts[name].label.length / 10)).toEqual([64, 16, 16, 16, 8]);
  });

  test("of an only ranking an item is on one side, and pairs between sides are on none", () => {
    const parts = partsOf(ranked(20, 1, 9), 1);
    const sides = places(parts, ({ left, right }, row) => [String(left[row]), String(right[row])]);
    expect(sides.every((set) => set.length === 1)).toBe(true);
    // of 9 items 5 train, 2 choose settings and 2 are asked; of new users' 6 are given and 3 asked
    expect(NAMES.map((name) => parts[name].label.length)).toEqual([160, 16, 16, 60, 12]);
  });

  test("somebody whose part makes no comparison is in no part", () => {
    const data = ranked(20, 1, 9);
    const [star, pairs] = [data.left[0], data.right.slice(0, 8)];
    // u0 chose one of nine: without the chosen item there is no comparison
    const rows = [...data.user.keys()].filter((row) => data.user[row] > 0 || data.left[row] === star);
    expect(pairs).toHaveLength(8);
    const pick = (values: Int32Array): Int32Array => Int32Array.from(rows, (row) => values[row]);
    const chosen: PreferenceData = {
      ...data,
      ...{ user: pick(data.user), left: pick(data.left), right: pick(data.right) },
      ...{ judgement: pick(data.judgement as Int32Array), label: new Int8Array(rows.length).fill(-1) },
    };
    for (let seed = 1; seed <= 10; seed++) {
      const { train, given, asked } = partsOf(chosen, seed);
      for (const part of [train, given, asked])
        expect(new Set(part.user).size, `seed ${seed}`).toBe(part.users.length);
      expect(given.users).toEqual(asked.users);
    }
  });

  test("users are counted by rankings, or by the items of an only one; the note says so", () => {
    const limits = { users: 50, answers: 500, features: 8 };
    const notes = ["new users give comparisons one by one, ranking by ranking"];
    expect(prepare(ranked(9, 4, 3), limits, 1)).toMatchObject({ notes, data: { users: { length: 9 } } });
    expect(prepare(ranked(9, 1, 6), limits, 1)).toMatchObject({ notes, data: { users: { length: 9 } } });
    const few =
      "9 of 9 users gave fewer than 4 answers (a ranking, a choice or a set of ratings counts once; ";
    expect(prepare(ranked(9, 3, 5), limits, 1).notes[0]).toContain(few);
    expect(prepare(ranked(9, 1, 5), limits, 1).notes[0]).toContain(
      "of an only ranking or set of ratings, 6 items are enough",
    );
  });
});

describe("what cannot be divided", () => {
  const star = (users: number): PreferenceData => {
    const data = ranked(users, 1, 9);
    const rows = [...data.user.keys()].filter((row) => row % 36 < 8);
    return selectRows({ ...data, judged: "choices" }, Int32Array.from(rows));
  };

  test("of an only choice all comparisons are with the chosen one: it is one answer", async () => {
    const limits = { users: 50, answers: 50, features: 8 };
    expect(prepare(star(20), limits, 1).notes[0]).toMatch(/^20 of 20 users gave fewer than 4 answers/);
    await expect(compare(star(20))).rejects.toThrow("compare: needs at least 8 users with 4 answers");
  });

  test("a part without a comparison is named, whatever judgements are", async () => {
    const data = { ...star(20), judged: undefined };
    await expect(compare(data, { families: ["bradley-terry"] })).rejects.toThrow(
      /^compare: no comparison is left to [a-z ]+, as none may be made of items on two sides/,
    );
  });
});

test("comparisons of their own are dealt one by one: each is in one part, new users' are given in an order", () => {
  const data = simulateIdealPoints({
    pairs: "fresh",
    ...{ dimension: 2, prototypes: 2, users: 20, comparisonsPerUser: 30, setting: "mixture", seed: 2 },
  });
  const parts = partsOf(data, 4);
  expect(NAMES.map((name) => parts[name].label.length)).toEqual([288, 96, 96, 80, 40]);
  expect(firstOf(parts.given, 3).label).toHaveLength(12);
  expect([...firstOf(parts.given, 3).left.slice(0, 3)]).toEqual([...parts.given.left.slice(0, 3)]);
});
