import { expect, test } from "vitest";
import type { Interval } from "../../core/index.js";
import type { Exploration } from "../../evaluate/index.js";
import { theme } from "../../figures/index.js";
import { exploreFigures } from "./explore-figures.js";

const interval = (mean: number): Interval => ({
  ...{ mean, low: mean - 0.1, high: mean + 0.1, n: 3, kind: "bootstrap" },
});
const subject = (text: string, byPrototype: readonly number[]): object => ({
  ...{ id: text, text, answers: 9, share: 0.5, byPrototype },
});
const methods = [
  { id: "bradley-terry", name: "Bradley-Terry", nats: interval(-0.6) },
  { id: "latent-classes", name: "latent classes", k: 2, nats: interval(-0.5) },
];

/** An exploration in which users are of two types, with what of it is other. */
function found(other: { readonly [part: string]: object } = {}): Exploration {
  const whole = {
    ...{ source: { name: "votes.csv", sha256: "0", license: "own" }, seed: 1, kind: "statements" },
    ...{ users: ["a", "b", "c"], weights: Float32Array.of(1, 0, 0, 1, 1, 0), heldOutAnswers: 9 },
    ...{ all: { users: 3, answers: 30 }, sample: { users: 3, answers: 30 } },
    test: {
      pValue: 0.01,
      draws: 99,
      users: 3,
      statistic: 5,
      nullStatistics: Array.from({ length: 99 }, (_, i) => i / 33),
      parts: [{}],
    },
    choice: {
      ...{ k: 2, kind: "types", sure: "sure", atEdge: false },
      candidates: [1, 2].map((k) => ({ k, nats: interval(-0.5) })),
    },
    comparison: { methods, best: "latent-classes", shown: "latent-classes" },
    calibration: { bins: [{ predicted: 0.5, observed: 0.5, low: 0.4, high: 0.6, answers: 9 }] },
    description: {
      ...{ sizes: [0.6, 0.4], leastAnswers: 5 },
      prototypes: [{ likes: [subject("buses", [0.9])], dislikes: [] }],
      divisive: [subject("cars", [0.1, 0.9])],
      bridging: [subject("trees", [0.8, 0.9])],
    },
  };
  const changed = Object.entries(other).map(([part, values]) => [
    part,
    { ...(whole as unknown as Record<string, object>)[part], ...values },
  ]);
  return { ...whole, ...Object.fromEntries(changed) } as unknown as Exploration;
}

const titles = (exploration: Exploration): Record<string, string> =>
  Object.fromEntries(
    exploreFigures(exploration).map(({ id, layout }) => [
      id,
      theme.titleParts(String((layout.title as { readonly text: string }).text)).title,
    ]),
  );

test("the titles of a whole exploration", () => {
  expect(titles(found())).toEqual({
    "explore-test": "Users differ: score test, p ≤ 1/100",
    "explore-ladder": "Chosen in validation: latent classes, 2 types",
    "explore-prototypes": "K = 2 by cross-validation: sure",
    "explore-users": "Users and their 2 types",
    "explore-divisive": "What divides: the statements on which types differ most",
    "explore-bridging": "What joins: the statements on which all types are on one side",
    "explore-calibration": "Predicted probabilities and held-out answers: latent classes, 2 types",
  });
});

test.each<[string, { readonly [part: string]: object }, string, string]>([
  [
    "users who do not differ",
    { test: { statistic: 60 / 33 } },
    "explore-test",
    "No difference between users is shown: score test, p = 0.40",
  ],
  [
    "another best method",
    { comparison: { best: "bradley-terry" } },
    "explore-ladder",
    "Chosen in validation: Bradley-Terry",
  ],
  [
    "the largest K that was tried",
    { choice: { atEdge: true, sure: "not sure" } },
    "explore-prototypes",
    "At least K = 2 by cross-validation: not sure",
  ],
  ["a continuum", { choice: { kind: "continuum" } }, "explore-users", "Users between 2 prototypes"],
  [
    "another shown method",
    { comparison: { shown: "bradley-terry" } },
    "explore-calibration",
    "Predicted probabilities and held-out answers: Bradley-Terry",
  ],
  [
    "types on two sides",
    { description: { bridging: [subject("trees", [0.4, 0.9])] } },
    "explore-bridging",
    "What joins: the statements on which types come nearest to one side",
  ],
])("%s: the title says so", (_, other, id, title) => {
  const said = titles(found(other));
  expect(said[id]).toBe(title);
  expect(said[id]).not.toBe(titles(found())[id]);
});

test("one reward for all has no types to draw", () => {
  const alike = found({ choice: { k: 1, kind: "alike" } });
  expect(Object.keys(titles(alike))).toEqual([
    "explore-test",
    "explore-ladder",
    "explore-prototypes",
    "explore-liked",
    "explore-calibration",
  ]);
});

/** Everything of a specification that has a colour, with the name that stands for it. */
function coloured(value: unknown, name: string): { readonly name: string; readonly color: string }[] {
  if (typeof value === "string") {
    const rgb = /^rgba\((\d+),(\d+),(\d+)/.exec(value)?.slice(1).map(Number);
    const color =
      rgb?.map((part) => part.toString(16).padStart(2, "0")).join("") ?? /^#([\da-f]{6})$/i.exec(value)?.[1];
    return color === undefined ? [] : [{ name, color: color.toUpperCase() }];
  }
  if (typeof value !== "object" || value === null) return [];
  const own = "name" in value && typeof value.name === "string" ? value.name : name;
  return Object.entries(value).flatMap(([key, each]) => (key === "colorway" ? [] : coloured(each, own)));
}

test("on a page a type's colour is that type's in every figure, and nothing else has it", () => {
  const maps = {
    ...{ users: [0, 1, 2], pca: [[0, 0], [1, 0], [0, 1]], umap: [[0, 0], [1, 0], [0, 1]] }, // prettier-ignore
    ...{ explained: [0.5, 0.5], trustworthiness: { pca: 1, umap: 1 }, neighbours: 2 },
  };
  const figures = exploreFigures(found({ maps }));
  const all = figures.flatMap(({ id, data, layout }) =>
    coloured([data, layout], "").map((each) => ({ ...each, id })),
  );
  for (const k of [0, 1]) {
    const own = all.filter(({ color }) => `#${color}` === theme.prototypeColor(k));
    expect([...new Set(own.map(({ name }) => name))]).toEqual([`type ${k + 1}`]);
    expect(new Set(own.map(({ id }) => id)).size).toBeGreaterThan(2);
  }
  const others = [2, 3, 4, 5].map((k) => theme.prototypeColor(k).slice(1));
  expect(all.filter(({ color }) => others.includes(color))).toEqual([]);
});

test("who is between types has a colour between theirs, in the map and among users alike", () => {
  const maps = {
    ...{ users: [0, 1, 2], pca: [[0, 0], [1, 0], [0, 1]], umap: [[0, 0], [1, 0], [0, 1]] }, // prettier-ignore
    ...{ explained: [0.5, 0.5], trustworthiness: { pca: 1, umap: 1 }, neighbours: 2 },
  };
  const weights = Float32Array.of(1, 0, 0.5, 0.5, 0, 1);
  const drawn = exploreFigures({ ...found({ maps }), weights }).find(({ id }) => id === "explore-maps");
  const colors = drawn?.data.map(({ marker }) => (marker as { readonly color: unknown }).color);
  const between = theme.blend([theme.prototypeColor(0), theme.prototypeColor(1)], [1, 1]);
  expect(colors?.flat()).toContain(between);
  expect([theme.prototypeColor(0), theme.prototypeColor(1)]).not.toContain(between);
});
