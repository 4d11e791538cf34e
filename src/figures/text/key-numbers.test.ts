import { expect, test } from "vitest";
import type { RecordRow } from "../../core/index.js";
import { keyNumbers } from "./key-numbers.js";

const row = (k: number, seed: number, accuracy: number, more: Partial<RecordRow> = {}): RecordRow => ({
  ...{ k, seed, accuracy, split: "seen", kStar: 2, ...more },
});

test("K is across, the rest down, with mean and half of the t interval", () => {
  const rows = [1, 2, 3].flatMap((seed) => [
    row(1, seed, 0.58 + seed / 50, { ceilings: { blind: 0.6 } }),
    row(2, seed, 0.9),
    row(1, seed, 0.5, { kStar: 3 }),
  ]);
  const table = keyNumbers(rows);
  expect(table?.header).toEqual(["K*", "K = 1", "K = 2", "blind"]);
  // 0.60, 0.62, 0.64: sd 0.02, t(0.975, 2) = 4.302653: half = 4.302653 * 0.02 / sqrt(3) = 0.0497
  expect(table?.rows).toEqual([
    ["2", "0.620 ± 0.050", "0.900 ± 0.000", "0.600"],
    ["3", "0.500 ± 0.000", "–", "–"],
  ]);
  expect(table?.fixed).toEqual(["users: seen"]);
  expect(table?.note).toContain("9 runs in all");
});

test("a single run has no interval", () => {
  expect(keyNumbers([row(1, 1, 0.625)])?.rows).toEqual([["0.625"]]);
});

test("more rows than fit are counted", () => {
  const rows = Array.from({ length: 45 }, (_, i) => row(1, 1, 0.5, { group: `g${i}` }));
  const table = keyNumbers(rows);
  expect(table?.rows).toHaveLength(40);
  expect(table?.note).toContain("5 more rows are in the CSV.");
});

test("no rows, no table", () => {
  expect(keyNumbers([])).toBeUndefined();
});
