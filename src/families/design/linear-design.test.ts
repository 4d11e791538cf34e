import { expect, test } from "vitest";
import { InputError } from "../../core/index.js";
import type { DataSizes } from "../parameters.js";
import { MixedBradleyTerry } from "../models.js";
import { columnsOf } from "./linear-design.js";

/** Sizes of votes on statements that are names alone, or of comparisons of items that are. */
const votes = (statements: number): DataSizes => ({
  ...{ users: 5, items: { rows: 2, features: 0 } },
  contexts: { rows: statements, features: 0 },
});
const items = (rows: number): DataSizes => ({ users: 5, items: { rows, features: 0 } });

test("votes on names alone have a column for each statement, in any number where no limit is given", () => {
  expect(columnsOf(votes(5000), { name: "A", utility: "linear" })).toBe(5000);
  expect(() => columnsOf(items(1501), { name: "A", utility: "linear" })).toThrow(InputError);
});

test.each([
  ["votes", votes, /at most 40 columns .* got 41; use PalItems or LatentClasses/],
  ["items", items, /at most 40 columns .* got 41; use PalA or PalB/],
])("a full covariance is learned of at most 40 columns: %s", (_, sizes, said) => {
  const model = new MixedBradleyTerry();
  expect(model.parameters(sizes(40)).length).toBeGreaterThan(0);
  expect(() => model.parameters(sizes(41))).toThrow(said);
});
