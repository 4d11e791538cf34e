import { expect, test } from "vitest";
import { figureRecord, type RecordRow } from "../../../core/index.js";
import { loadEngine } from "../../../engine/index.js";
import { experimentNamed, runJob, type ExperimentName, type RunConfig } from "../index.js";
import { TREE_CLAIMS } from "./claims.js";

async function rowsOf(experiment: ExperimentName, given: RunConfig): Promise<readonly RecordRow[]> {
  const config = experimentNamed(experiment).resolve(given);
  return (await runJob({ experiment, config, seed: 1 }, { engine: await loadEngine() })).rows;
}
const of = (rows: readonly RecordRow[], method: string): { readonly [name: string]: number } =>
  rows.find((row) => row.method === method)?.measures ?? {};

test("a tree of who looks at the track alone has cart position at its root and in its slope, and a policy for the right tree keeps the pole up", async () => {
  const rows = await rowsOf("cart-pole-trees", { rounds: 4, starts: 3, candidates: 20 });
  const [right, wrong] = ["tree, soft", "track alone, soft"].map((method) => of(rows, method));
  expect(wrong.root).toBe(0);
  expect(wrong["slope cart position"]).toBeGreaterThan(0.7);
  expect(right["slope pole angle"]).toBeGreaterThan(0.5);
  expect(right.share).toBeGreaterThan(0.9);
  expect(of(rows, "random pushes").share).toBeLessThan(0.3);
  const { series } = rows.find(({ method }) => method === "tree, soft") ?? {};
  expect(series?.rewards).toHaveLength((series?.positions.length ?? 0) * (series?.angles.length ?? 0));
  expect(series?.planes).toHaveLength(9);
});

test("digits are ordered by what they are worth, and the policy for the soft tree earns what is to be had", async () => {
  const rows = await rowsOf("digit-trees", { digits: 4, depth: 2, pairs: 500, epochs: 40 });
  expect(rows.map(({ method }) => method)).toEqual(["IL, soft", "IL, hard", "CRL, soft", "CRL, hard"]);
  for (const method of ["IL, soft", "CRL, soft"]) expect(of(rows, method).share).toBeGreaterThan(0.99);
  for (const { measures } of rows) expect(measures?.share).toBeLessThanOrEqual(1);
});

test("two groups lean to prototypes of their own, and one tree serves neither as well", async () => {
  const rows = await rowsOf("prototype-trees", { answersPerUser: 60, restarts: 2 });
  const two = rows.filter(({ k }) => k === 2);
  expect(new Set(two.map(({ measures }) => measures?.prototype)).size).toBe(2);
  for (const { accuracy } of two) expect(accuracy).toBeGreaterThan(0.93);
  const one = rows.filter(({ k }) => k === 1).map(({ accuracy }) => accuracy);
  expect(Math.min(...one)).toBeLessThan(0.87);
});

test("bad configurations are refused before anything runs", () => {
  const resolve = (name: ExperimentName, given: RunConfig) => () => experimentNamed(name).resolve(given);
  expect(resolve("cart-pole-trees", { depth: 12 })).toThrow(
    "RewardTree: depth must be an integer from 1 to 4, got 12",
  );
  expect(resolve("cart-pole-trees", { candidates: 1 })).toThrow(
    "cart-pole-trees: candidates must be an integer >= 2",
  );
  expect(resolve("digit-trees", { digits: 11 })).toThrow("digitGrid: digits must be an integer");
  expect(resolve("prototype-trees", { users: 1 })).toThrow("prototype-trees: users must be an integer >= 2");
  expect(resolve("prototype-trees", { restarts: 0 })).toThrow(
    "prototype-trees: restarts must be an integer >= 1",
  );
});

const record = (rows: readonly RecordRow[]) =>
  figureRecord({
    ...{ id: "a-figure", claim: "", caption: "", profile: "full", config: {}, engine: "none" },
    ...{ data: [], rows },
  });
const row = (
  seed: number,
  method: string,
  measures: RecordRow["measures"],
  more: object = {},
): RecordRow => ({
  ...{ seed, split: "seen", method, accuracy: 0.9, measures, ...more },
});
const [returns, soft, roots, prototypes] = TREE_CLAIMS;

test("one run below 0.9 fails the claim about returns", () => {
  const rows = (least: number): RecordRow[] =>
    [1, least].flatMap((share, i) =>
      ["tree, soft", "tree, hard", "track alone, soft"].map((method) => row(i, method, { share })),
    );
  expect(returns.check(record(rows(0.9))).status).toBe("holds");
  expect(returns.check(record(rows(0.89))).status).toBe("fails");
  expect(() => returns.check(record([]))).toThrow("a-figure has no rows of tree, soft");
});

test("soft must be above hard by more than the interval, everywhere", () => {
  const rows = (hard: number): RecordRow[] =>
    [4, 10].flatMap((k) =>
      ["IL", "CRL"].flatMap((leaves) =>
        [1, 2, 3].flatMap((seed) => [
          row(seed, `${leaves}, soft`, { share: 1 }, { k }),
          row(seed, `${leaves}, hard`, { share: (leaves === "IL" ? hard : 0.8) + seed / 100 }, { k }),
        ]),
      ),
    );
  expect(soft.check(record(rows(0.9))).status).toBe("holds");
  expect(soft.check(record(rows(0.975))).status).toBe("fails");
});

test("one root on another variable fails, of the right tree too", () => {
  const rows = (right: number, wrong: number): RecordRow[] => [
    ...[1, 2].map((seed) => row(seed, "tree, soft", { root: seed === 2 ? right : 2 })),
    ...[1, 2].map((seed) => row(seed, "track alone, soft", { root: seed === 2 ? wrong : 0 })),
  ];
  expect(roots.check(record(rows(2, 0))).status).toBe("holds");
  expect(roots.check(record(rows(0, 0))).status).toBe("fails");
  expect(roots.check(record(rows(2, 3))).ours).toContain("cart position in 1 of 2");
});

test("groups must have prototypes of their own, with the right roots", () => {
  const rows = (prototype: number, root: number): RecordRow[] =>
    [1, 2].flatMap((k) => [
      row(1, "trees", { prototype: 0, root: 2, wanted: 2 }, { k, group: "pole" }),
      row(1, "trees", { prototype, root, wanted: 0 }, { k, group: "track" }),
    ]);
  expect(prototypes.check(record(rows(1, 0))).status).toBe("holds");
  expect(prototypes.check(record(rows(0, 0))).status).toBe("fails");
  expect(prototypes.check(record(rows(1, 2))).status).toBe("fails");
});
