import { expect, test } from "vitest";
import { matrixRegrets, regrets, type RecordRow } from "./index.js";

const row = (method: string, seed: number, accuracy: number, world = "w"): RecordRow => ({
  ...{ seed, split: "seen", accuracy, method },
  settings: { world, family: method },
  measures: { nats: accuracy },
});
const BY_METHOD = {
  where: ({ settings }: RecordRow) => String(settings?.world),
  who: ({ method }: RecordRow) => method ?? "",
  value: ({ accuracy }: RecordRow) => accuracy,
};

test("regrets are differences to the highest mean, seed by seed, with their t interval", () => {
  const rows = [row("a", 1, 0.9), row("a", 2, 0.7), row("b", 1, 0.8), row("b", 2, 0.4)];
  const [a, b] = regrets(rows, BY_METHOD);
  expect(a).toMatchObject({ who: "a", mean: 0, low: 0, high: 0, isBest: true });
  // differences 0.1 and 0.3: mean 0.2, standard error 0.1, t(1) at .975 is 12.7062
  expect(b.mean).toBeCloseTo(0.2, 12);
  expect(b.high).toBeCloseTo(0.2 + 1.27062, 4);
  expect(b).toMatchObject({ n: 2, isBest: false });
});

test("each world has a best of its own, and one that lacks a seed is none", () => {
  const rows = [
    ...[row("a", 1, 0.6), row("a", 2, 0.6), row("b", 1, 0.9)],
    ...[row("a", 1, 0.5, "v"), row("b", 1, 0.7, "v")],
  ];
  const best = regrets(rows, BY_METHOD).filter(({ isBest }) => isBest);
  expect(best.map(({ where, who }) => [where, who])).toEqual([
    ["w", "a"],
    ["v", "b"],
  ]);
});

test("rows without a value are left out, and in the matrix those of texts' lengths", () => {
  const bare: RecordRow = { seed: 1, split: "seen", accuracy: 0.5, settings: { world: "w", family: "c" } };
  const found = matrixRegrets([row("a", 1, -0.5), row("length", 1, -0.1), bare]);
  expect(found.map(({ who, mean }) => [who, mean])).toEqual([["a", 0]]);
});
