import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { beforeAll, expect, test } from "vitest";
import { loadEngine, type Engine } from "../../engine/index.js";
import { collapseAnswers } from "./answers.js";
import {
  ANSWERS,
  CELLS,
  HELD,
  KL_WEIGHTS,
  NEW_USERS,
  recordedCell,
  SEEDS,
  USERS,
  type RecordedCell,
} from "./recorded.js";

interface Row {
  readonly accuracy: number;
  readonly ceilings: { readonly blind: number; readonly bayes: number };
  readonly comparisonsPerUser: number;
  readonly newComparisonsPerUser: number;
  readonly measures: { readonly activeUnits: number };
  readonly seed: number;
  readonly settings: { readonly klWeight: number };
}
interface Record {
  readonly config: {
    readonly sweeps: readonly { readonly base: { readonly users: number; readonly testUsers: number } }[];
  };
  readonly rows: readonly Row[];
}

const record = JSON.parse(
  readFileSync(new URL("../../../figures/vpl-collapse.record.json", import.meta.url), "utf8"),
) as Record;

function cells(): RecordedCell[] {
  return ANSWERS.flatMap((answers) =>
    KL_WEIGHTS.map((klWeight) => {
      const rows = record.rows.filter(
        (row) =>
          row.comparisonsPerUser === answers &&
          row.newComparisonsPerUser === answers &&
          row.settings.klWeight === klWeight,
      );
      expect(rows.map(({ seed }) => seed)).toEqual(SEEDS);
      const mean = (of: (row: Row) => number): number =>
        Number((rows.reduce((sum, row) => sum + of(row), 0) / rows.length).toFixed(4));
      return {
        ...{ answers, klWeight, accuracies: rows.map(({ accuracy }) => accuracy) },
        activeUnits: rows.map(({ measures }) => measures.activeUnits),
        ...{ blind: mean(({ ceilings }) => ceilings.blind), bayes: mean(({ ceilings }) => ceilings.bayes) },
      };
    }),
  );
}

// `PAL_LAB_UPDATE=1 npx vitest run src/explorer/collapse/recorded.test.ts` reads the record again
test("the grid is that of lesson 10's record", async () => {
  if (process.env.PAL_LAB_UPDATE === "1") {
    const file = new URL("recorded.ts", import.meta.url);
    const text = readFileSync(file, "utf8").replace(
      /(export const CELLS: readonly RecordedCell\[\] = )[^;]*;/,
      (_, head: string) => `${head}${JSON.stringify(cells())};`,
    );
    writeFileSync(fileURLToPath(file), await format(text, { parser: "typescript", printWidth: 110 }));
    return;
  }
  expect(CELLS).toEqual(cells());
  expect(new Set(record.config.sweeps.map(({ base }) => `${base.users} ${base.testUsers}`))).toEqual(
    new Set([`${USERS} ${NEW_USERS}`]),
  );
});

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

test("a cell that is computed again is the record's, to the last bit", async () => {
  const asked = { answers: 1, klWeight: 1, seed: 2 };
  const said: string[] = [];
  const tools = {
    engine,
    trained: () => undefined,
    progress: (text: string) => void said.push(text),
    turn: () => Promise.resolve(),
  };
  const cell = await collapseAnswers["collapse/cell"](asked, tools);
  const recorded = recordedCell(1, 1);
  expect(cell).toEqual({
    ...asked,
    accuracy: recorded.accuracies[SEEDS.indexOf(2)],
    activeUnits: recorded.activeUnits[SEEDS.indexOf(2)],
  });
  expect(said).toContain("pass 40 of 40");
  expect(HELD).toBe(8);
});
