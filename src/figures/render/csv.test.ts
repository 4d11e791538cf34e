import { expect, test } from "vitest";
import { rowsToCsv } from "./csv.js";

test("columns have a fixed order, ceilings are flattened, texts quoted", () => {
  const csv = rowsToCsv([
    { seed: 1, split: "seen", accuracy: 0.5, k: 2, ceilings: { oracle: 1, chance: 0.5 } },
    { seed: 2, split: "unseen", accuracy: 0.25, group: 'a "b", c' },
  ]);
  expect(csv).toBe(
    "k,group,seed,split,accuracy,ceiling.chance,ceiling.oracle\r\n" +
      "2,,1,seen,0.5,0.5,1\r\n" +
      ',"a ""b"", c",2,unseen,0.25,,\r\n',
  );
});

test("no rows, no text", () => {
  expect(rowsToCsv([])).toBe("");
});
