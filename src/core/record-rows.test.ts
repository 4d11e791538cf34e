import { expect, test } from "vitest";
import { figureRecord, rowsWhere, valuesIn, VERSION, type RecordRow } from "./index.js";

const row = (rest: Partial<RecordRow>): RecordRow => ({ seed: 1, split: "seen", accuracy: 0.5, ...rest });
const ROWS = [
  row({ k: 10, method: "a", seed: 3 }),
  row({ k: 2, method: "b" }),
  row({ k: 2, method: "a", seed: 2 }),
  row({ method: "a" }),
];

test("rows are those that have every value, in their order", () => {
  expect(rowsWhere(ROWS, { method: "a" })).toEqual([ROWS[0], ROWS[2], ROWS[3]]);
  expect(rowsWhere(ROWS, { method: "a", k: 2 })).toEqual([ROWS[2]]);
  expect(rowsWhere(ROWS, { k: undefined })).toEqual([ROWS[3]]);
  expect(rowsWhere(ROWS, { method: "c" })).toEqual([]);
  expect(rowsWhere(ROWS, {})).toEqual(ROWS);
});

test("values come once each, smallest first by number, without the rows that lack them", () => {
  expect(valuesIn(ROWS, "k")).toEqual([2, 10]);
  expect(valuesIn(ROWS, "beta")).toEqual([]);
});

test("a record has the seeds of its rows, each once in order, and the package's version", () => {
  const input = { id: "x", claim: "c", caption: "d", profile: "fast", config: {}, engine: "e" } as const;
  const record = figureRecord({ ...input, data: [], rows: [...ROWS, row({ seed: 10 })] });
  expect(record.seeds).toEqual([1, 2, 3, 10]);
  expect(record.versions).toEqual({ "pal-lab": VERSION });
  const given = figureRecord({ ...input, data: [], rows: ROWS, seeds: [9], versions: { other: "1" } });
  expect(given.seeds).toEqual([9]);
  expect(given.versions).toEqual({ "pal-lab": VERSION, other: "1" });
});
