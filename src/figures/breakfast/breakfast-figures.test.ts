import { describe, expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { breakfastMap, breakfastNewOccasion } from "./index.js";
import { labelPlaces } from "./label-places.js";

const record = (rows: readonly RecordRow[]): FigureRecord =>
  figureRecord({
    ...{ id: "a-figure", claim: "", caption: "c", profile: "fast", config: {}, engine: "none", data: [] },
    rows,
  });

const NAMES = "Danish pastry; coffee cake; buttered toast; cinnamon toast; hard rolls and butter";
/** Pastries at the left, toast at the right; three people at the left, one at the right. */
const map = (seed: number, pastryAt = -1): RecordRow => ({
  ...{
    seed,
    split: "seen",
    method: "PAL-A in the plane",
    accuracy: 0.7,
    settings: { items: NAMES, given: 0 },
  },
  series: {
    items: [pastryAt, 0, -1, 1, 1, 0, 0.5, 1, 0, -1],
    prototypes: [-2, 0, 2, 0],
    people: [-1, 0, -1, 1, -0.5, 0, 1, 0.5],
  },
});

describe("the map", () => {
  test("says on which sides pastries and toast lie, and how many people stand near which", () => {
    const { record: said, data, alt } = breakfastMap(record([map(2), map(1)]));
    expect(said.checked?.holds).toBe(true);
    expect(said.claim).toBe("Pastries lie on one side, plain toast on the other, sweet toast between them");
    expect(alt).toContain("3 people stand on the pastries' half");
    const texts = data.flatMap(({ text }) => (text as string[] | undefined) ?? []);
    expect([...texts].sort()).toEqual(NAMES.split("; ").sort());
    expect(data.map(({ name }) => name)).toEqual([
      "people",
      "prototypes (K = 2)",
      "pastry",
      "plain toast",
      "sweet toast",
      "muffin, roll or other",
    ]);
  });

  test("says no such thing where one run has it otherwise", () => {
    const { record: said } = breakfastMap(record([map(1), map(2, 3)]));
    expect(said.checked?.holds).toBe(false);
    expect(said.claim).toContain("5 breakfast items and the ideal points of 4 people");
  });
});

test("labels that have room lie over no other, and stay inside", () => {
  const labels = [
    { x: 0.5, y: 5, text: "at the left edge" },
    { x: 9.5, y: 5, text: "at the right edge" },
    { x: 5, y: 5, text: "in the middle" },
    { x: 5.05, y: 5, text: "beside the middle" },
  ];
  const places = labelPlaces(labels, { x: [0, 10], y: [0, 10], scale: 60 });
  expect(places[0]).toBe("middle right");
  expect(places[1]).toBe("middle left");
  expect(new Set(places.slice(2)).size).toBe(2);
});

const told = (way: string, given: number, accuracy: number): RecordRow[] =>
  [1, 2, 3].map((seed) => ({
    seed,
    split: "seen",
    method: way,
    accuracy: accuracy + seed / 1000,
    settings: { given },
  }));

describe("a new occasion", () => {
  const ways = (types: number, pal = 0.65): RecordRow[] =>
    [0, 7].flatMap((given) => [
      ...told("the two averages, weighted", given, 0.7),
      ...told("types by occasion + own tastes", given, given === 0 ? 0.71 : types),
      ...told("PAL-A: ideal points, occasions ignored", given, 0.6),
      ...told("PAL-B: the occasion as context", given, pal),
    ]);

  test("is predicted better by own tastes and worse by PAL where the runs say so, and the map's row is no way", () => {
    const { record: said, alt, data } = breakfastNewOccasion(record([...ways(0.75), map(1)]));
    expect(said.checked?.holds).toBe(true);
    expect(alt).toContain("the two averages, weighted 0.702 after none, 0.702 after 7");
    expect(data.some(({ name }) => name === "PAL-A in the plane")).toBe(false);
    expect(breakfastNewOccasion(record(ways(0.7))).record.checked?.holds).toBe(false);
    expect(breakfastNewOccasion(record(ways(0.75, 0.72))).record.checked?.holds).toBe(false);
  });
});
