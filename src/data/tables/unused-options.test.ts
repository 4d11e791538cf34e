import { expect, test } from "vitest";
import { dataFromTable } from "./data-from-table.js";
import { parseTable } from "./parse/parse-table.js";
import type { TableOptions } from "./read-answers.js";

const PAIRS = [
  { user: "u", left: "a", right: "b", label: "left" },
  { user: "v", left: "a", right: "b", label: "right" },
];
const RATINGS = ["u", "v"].flatMap((user) => [1, 5].map((rating) => ({ user, item: `i${rating}`, rating })));

function noted(rows: readonly object[], options: TableOptions): readonly string[] {
  const table = parseTable({ name: "answers", rows: rows as never });
  return dataFromTable(table, options).summary.notes.filter((note) => note.includes("not used"));
}

test.each([
  [PAIRS, { user: "me" }, 'that "me" gave all answers is not used: column "user" says who did'],
  [PAIRS, { pairs: "stages" }, "pairs is not used: it is of rankings, ratings and choices"],
  [PAIRS, { strength: "weight" }, "strength is not used: answers here say which item is preferred"],
  [RATINGS, { scale: [2, 4] }, "scale is not used: it is of grades"],
] as const)("an option that changes nothing is noted: %j, %j", (rows, options, note) => {
  expect(noted(rows, options)).toEqual([expect.stringContaining(note)]);
});

test("options that decide something, or are not given, are not noted", () => {
  expect(noted(PAIRS, {})).toEqual([]);
  expect(noted(RATINGS, { strength: "weight", pairs: "all" })).toEqual([]);
});
