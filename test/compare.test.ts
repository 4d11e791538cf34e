import { describe, expect, test } from "vitest";
import { randomStream } from "../src/core/index.js";
import type { PreferenceData } from "../src/data/index.js";
import { votes } from "../src/families/fixtures/training-worlds.js";
import { KINDS } from "../src/families/index.js";
import { takeaway } from "../src/report/index.js";
import {
  compare,
  namedWorld,
  type Comparison,
  type ComparisonRow,
  type NamedWorld,
} from "../src/evaluate/index.js";

/** Of each kind of user one quick family, and who knows no users. */
const QUICK = ["bradley-terry", "latent-classes", "lore", "maxmin", "p-ttt", "pal-a"];
const SMALL = { users: 80, answers: 30, features: 8 };

const found = new Map<string, Promise<Comparison>>();

/** A world with ceilings, compared once. */
function compared(name: string): Promise<Comparison> {
  const { data, truth } = namedWorld(name);
  const known =
    found.get(name) ?? compare(data, { families: QUICK, seeds: 2, limits: SMALL, given: [0, 2, 10], truth });
  found.set(name, known);
  return known;
}

const rowsOf = ({ rows }: Comparison, id: string): ComparisonRow[] => rows.filter((row) => row.id === id);
const isSure = ({ gain }: ComparisonRow): boolean =>
  gain !== undefined && gain.adjusted < 0.05 && gain.mean > 0.003;

/** The same answers by people drawn anew for each: nobody has a taste. */
function shuffled({ data, truth }: NamedWorld): NamedWorld {
  const order = randomStream(1).permutation(data.user.length);
  return { data: { ...data, user: data.user.map((_, row) => data.user[order[row]]) }, truth };
}

describe("a world in which nobody differs", () => {
  test("nobody gains, and the sentence says so", async () => {
    const comparison = await compared("nobody-differs");
    expect(comparison.rows.filter(isSure)).toEqual([]);
    expect(takeaway(comparison)).toMatch(
      /^Nobody gains from knowing the user: no family is surely better than /,
    );
  });

  test("one reward for all comes near to who knows everybody", async () => {
    const comparison = await compared("nobody-differs");
    const [blind] = rowsOf(comparison, "bradley-terry");
    const [oracle] = rowsOf(comparison, "oracle");
    expect(Number(blind.nats?.mean)).toBeGreaterThan(Number(oracle.nats?.mean) - 0.03);
  });
});

describe("two opposed groups", () => {
  test("every family that knows users gains, from few answers on; who knows none is at chance", async () => {
    const comparison = await compared("two-opposed");
    for (const id of QUICK.slice(1)) {
      const rows = rowsOf(comparison, id);
      const seen = rows.find(({ users }) => users === "seen");
      const fresh = rows.find(({ answers }) => answers === 10);
      expect(seen !== undefined && isSure(seen), `${id} of seen users`).toBe(true);
      expect(fresh !== undefined && isSure(fresh), `${id} of new users`).toBe(true);
    }
    expect(Math.abs(Number(rowsOf(comparison, "bradley-terry")[0].nats?.mean) + Math.LN2)).toBeLessThan(0.02);
    expect(takeaway(comparison)).toMatch(/^Nobody gains from knowing a new user before 2 answers; then /);
  });

  test("nobody is surely above Bayes after as many answers, nor above who knows everybody", async () => {
    const comparison = await compared("two-opposed");
    const bayes = rowsOf(comparison, "bayes");
    expect(bayes).toHaveLength(3);
    for (const row of comparison.rows.filter(({ role }) => role === "family")) {
      const best =
        row.users === "seen"
          ? rowsOf(comparison, "oracle")[0]
          : bayes.find(({ answers }) => answers === row.answers);
      expect(Number(row.nats?.low), `${row.id}, ${row.answers ?? "seen"}`).toBeLessThan(
        Number(best?.nats?.high),
      );
    }
    // more answers, more known
    const means = bayes.map(({ nats }) => Number(nats?.mean));
    expect([...means].sort((a, b) => a - b)).toEqual(means);
  });

  test("users' identities shuffled bring every family down to who knows no users", async () => {
    const { data } = shuffled(namedWorld("two-opposed"));
    const comparison = await compare(data, { families: QUICK, seeds: 2, limits: SMALL, given: [0, 10] });
    expect(comparison.rows.filter(isSure)).toEqual([]);
    for (const row of comparison.rows.filter(({ role }) => role === "family"))
      expect(Number(row.accuracy?.mean), row.id).toBeLessThan(0.56);
  }, 120_000);

  test.each(KINDS.filter((kind) => ![...QUICK, "pal-b", "pal-items"].includes(kind)))(
    "the same of %s",
    async (kind) => {
      const { data } = shuffled(namedWorld("two-opposed"));
      const options = { seeds: 1, limits: SMALL, given: [10], visits: 20_000 };
      const comparison = await compare(data, { ...options, families: [kind] });
      expect(comparison.rows.filter(isSure)).toEqual([]);
      const rows = rowsOf(comparison, kind);
      expect(rows.map(({ status }) => status)).toEqual(["ran", "ran"]);
      for (const { accuracy } of rows) expect(Number(accuracy?.mean)).toBeLessThan(0.58);
    },
    120_000,
  );

  test("the same seed gives the same numbers", async () => {
    const { data } = namedWorld("two-opposed");
    const options = { families: ["lore"], seeds: 1, limits: SMALL, given: [2] };
    const [one, two] = [await compare(data, options), await compare(data, options)];
    expect(two.rows).toEqual(one.rows);
    expect((await compare(data, { ...options, seed: 2 })).rows).not.toEqual(one.rows);
  });
});

test("families that cannot take the data are listed with their reason, in every place", async () => {
  const { data } = namedWorld("two-opposed");
  const comparison = await compare(data, {
    families: ["pal-b", "lore"],
    seeds: 1,
    limits: SMALL,
    given: [2],
  });
  const refused = rowsOf(comparison, "pal-b");
  expect(refused.map(({ users, answers, status }) => [users, answers, status])).toEqual([
    ["seen", undefined, "refused"],
    ["new", 2, "refused"],
  ]);
  expect(refused[0].reason).toContain("prototypes are functions of the context");
  expect(refused[0].accuracy).toBeUndefined();
});

test("a training that diverges is shown as such", async () => {
  const { data } = namedWorld("two-opposed");
  const wild = { ...data, items: { ...data.items, features: data.items.features?.map((x) => 1e25 * x) } };
  const comparison = await compare(wild, {
    families: ["pal-a", "latent-classes"],
    seeds: 1,
    limits: SMALL,
    given: [2],
  });
  expect(rowsOf(comparison, "pal-a").map(({ status }) => status)).toEqual(["diverged", "diverged"]);
  expect(rowsOf(comparison, "pal-a")[0].reason).toMatch(/loss|finite/);
  expect(rowsOf(comparison, "latent-classes")[0].status).toBe("ran");
});

test("votes on statements, and texts of items: the length rule stands beside the majority", async () => {
  const statements = await compare(votes(), { families: ["pal-items"], seeds: 1, given: [2, 5, 500] });
  expect(statements.rows.filter(({ role }) => role === "baseline").map(({ id }) => id)).toContain("majority");
  expect(statements.given).toEqual([2, 5]);
  const { data } = namedWorld("nobody-differs");
  const text = data.items.ids.map((_, i) => "x".repeat(1 + ((7 * i) % 40)));
  const longer: PreferenceData = {
    ...data,
    items: { ...data.items, text },
    label: data.label.map((_, row) => (text[data.right[row]].length > text[data.left[row]].length ? 1 : -1)),
  };
  const comparison = await compare(longer, { families: ["lore"], seeds: 1, limits: SMALL, given: [2] });
  const [rule] = rowsOf(comparison, "length");
  expect(rule.name).toBe("the longer text");
  expect(rule.accuracy?.mean).toBe(1);
});

test("shuffled identities bring down the families that need contexts or ids, too", async () => {
  const { data } = shuffled({ data: votes(), truth: namedWorld("opinions").truth });
  const families = ["pal-b", "pal-items"];
  const comparison = await compare(data, { families, seeds: 2, limits: SMALL, given: [5] });
  expect(
    new Set(comparison.rows.filter(({ role }) => role === "family").map(({ status }) => status)),
  ).toEqual(new Set(["ran"]));
  expect(comparison.rows.filter(isSure)).toEqual([]);
}, 120_000);

test("fewer visits are fewer passes, and said; none is refused", async () => {
  const { data } = namedWorld("two-opposed");
  const options = { families: ["lore"], seeds: 1, limits: SMALL, given: [] };
  const training = ({ choices }: Comparison) => choices.find(([name]) => name === "training")?.[1];
  const few = await compare(data, { ...options, visits: 30_000 });
  expect(training(few)).toMatch(/^families trained by gradients make 26 passes/);
  expect(training(await compare(data, options))).toMatch(/make 104 passes/);
  await expect(compare(data, { visits: 0 })).rejects.toThrow(
    "compare: visits must be an integer >= 1, got 0",
  );
});

describe("bad input", () => {
  const { data } = namedWorld("two-opposed");
  test.each<[object, string]>([
    [{ families: ["nope"] }, `compare: no family "nope"; there are ${KINDS.join(", ")}`],
    [{ families: [] }, "compare: families must be a list of at least one of"],
    [{ seeds: 0 }, "compare: seeds must be an integer >= 1, got 0"],
    [{ given: [-1] }, "compare: given must be an integer >= 0, got -1"],
    [{ limits: { users: 3 } }, "compare: limits.users must be an integer >= 8, got 3"],
    [{ limits: { rows: 3 } }, 'compare: limits: unknown option "rows"'],
    [{ family: "lore" }, 'compare: unknown option "family"'],
  ])("%j", async (options, message) => {
    await expect(compare(data, options)).rejects.toThrow(message);
  });

  test("too few users, and a world that is unknown", async () => {
    const few = { ...data, user: data.user.map((user) => user % 3), users: data.users.slice(0, 3) };
    await expect(compare(few)).rejects.toThrow(
      "compare: needs at least 8 users with 4 answers or more each, got 3",
    );
    expect(() => namedWorld("moon")).toThrow(
      'compare: no world "moon"; there are nobody-differs, two-opposed',
    );
  });
});
