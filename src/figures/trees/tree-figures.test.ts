import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { treePlanes, treePrototypes, treeReturns } from "./index.js";

const record = (rows: readonly RecordRow[]): FigureRecord =>
  figureRecord({
    ...{ id: "a-figure", claim: "", caption: "c", profile: "fast", config: {}, engine: "none" },
    ...{ data: [], rows },
  });
const VARIABLES = ["cart position", "cart speed", "pole angle", "pole speed"];
/** Shares of the root's weights: 0.7 on one variable, 0.1 on the others. */
const rootOn = (variable: number): { readonly [name: string]: number } =>
  Object.fromEntries(VARIABLES.map((name, j) => [`root ${name}`, j === variable ? 0.7 : 0.1]));
const row = (method: string, measures: RecordRow["measures"], more: Partial<RecordRow> = {}): RecordRow => ({
  ...{ seed: 1, split: "seen", accuracy: 0.8, method, measures, ...more },
});

/** Two by two cells; the root's decision is at position 1, another one at angle 0.2 and a third outside the picture. */
const picture = {
  positions: [-1.6, 1.6],
  angles: [-0.2, 0.2],
  rewards: [0.1, 0.2, 0.3, 0.4],
  planes: [1, 0, -1, 0, 5, -1, 0, 1, 9],
  leaves: [0.25, -1.6, 0, 0.75, 3, 0.4],
  limits: [2.4, 0.2],
};
const planes = (right: number, wrong: number): RecordRow[] => [
  row("tree, soft", rootOn(right), { series: picture }),
  row("track alone, soft", rootOn(wrong), { series: { ...picture, limits: [2.4] } }),
];

test("planes are cut at the picture's edge, leaves say their rewards, and limits without an angle are open", () => {
  const { data, layout, record: said } = treePlanes(record(planes(2, 0)));
  expect(said.checked?.holds).toBe(true);
  expect(said.claim).toContain("cart position in 1 of 1 runs");
  const lines = data.filter(({ mode, xaxis }) => mode === "lines" && xaxis === "x");
  expect(lines.map(({ x, y }) => [x, y]).slice(0, 3)).toEqual([
    [
      [1, 1],
      [-0.42, 0.42],
    ],
    [
      [-3.2, 3.2],
      [0.2, 0.2],
    ],
    [[], []],
  ]);
  expect(lines[0].y as number[]).toHaveLength(2);
  const texts = (layout.annotations as { text: string }[]).map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(["0.25", "0.75"]));
  const open = data.filter(({ name }) => name === "what the answers reward")[1];
  expect(open.x).toEqual([-2.4, -2.4, null, 2.4, 2.4, null]);
  const [heat] = data;
  expect(heat.z).toEqual([
    [0.1, 0.2],
    [0.3, 0.4],
  ]);
});

test("a root elsewhere takes the title's claim away, and says where it is", () => {
  expect(treePlanes(record(planes(0, 0))).record.claim).toContain(
    "tree for pole and track cart position in 1 of 1",
  );
  expect(treePlanes(record(planes(2, 1))).record.checked?.holds).toBe(false);
  expect(treePlanes(record(planes(2, 0).slice(1))).data).toEqual([]);
});

const returns = (least: number): RecordRow[] => [
  row("tree, soft", { share: least }),
  row("tree, hard", { share: 0.8 }),
  row("track alone, soft", { share: 0.4 }),
  row("true reward", { share: 1 }),
  row("IL, soft", { share: 1 }, { k: 4 }),
  row("CRL, soft", { share: 0.1 }, { k: 4 }),
  row("IL, hard", { share: 0.9 }, { k: 4 }),
];

test("returns: every run of soft trees must earn 0.9; what has no place is not drawn", () => {
  const { record: said, alt, data } = treeReturns(record(returns(0.95)));
  expect(said.checked?.holds).toBe(true);
  expect(alt).toContain("cart with a pole 0.95 soft, 0.80 hard; digits 0 to 3 1.00 soft, 0.90 hard");
  const drawn = data.flatMap(({ y }) => (y ?? []) as number[]);
  expect(drawn).not.toContain(0.1);
  expect(treeReturns(record(returns(0.89))).record.checked?.holds).toBe(false);
});

const prototypes = (track: number): RecordRow[] => [
  row("a tree for each prototype", { ...rootOn(2), wanted: 2 }, { k: 2, group: "pole" }),
  row("a tree for each prototype", { ...rootOn(track), wanted: 0 }, { k: 2, group: "track" }),
  row("one tree", { ...rootOn(2), wanted: 2 }, { k: 1, group: "pole" }),
  row("one tree", { ...rootOn(2), wanted: 0 }, { k: 1, group: "track" }),
];

test("prototypes: each must have the variable of its group at the root", () => {
  const { record: said, alt } = treePrototypes(record(prototypes(0)));
  expect(said.checked?.holds).toBe(true);
  expect(said.claim).toContain("in 1 of 1 runs");
  expect(alt).toContain(
    "track group's prototype: cart position in 1 of 1; one tree for all: pole angle in 1 of 1",
  );
  expect(treePrototypes(record(prototypes(3))).record.checked?.holds).toBe(false);
});

test("records without rows are drawn as such", () => {
  for (const draw of [treePlanes, treeReturns, treePrototypes]) expect(draw(record([])).data).toEqual([]);
});
