import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { RecordRow } from "../../core/index.js";
import { stableJson, type FigureRecord, type Json } from "../../core/index.js";
import { STUDIES, type StudyResult } from "./index.js";

interface Cell {
  readonly shape: string;
  readonly users: number;
  readonly answers: number;
  readonly differ: number;
  readonly pValues: readonly number[];
}

function committed(id: string): FigureRecord<{ cells: readonly Cell[] }> {
  return JSON.parse(readFileSync(`figures/${id}.record.json`, "utf8")) as never;
}

/** The score test's rows, from the cells that are committed of them. */
function rowsOf(cells: readonly Cell[]): RecordRow[] {
  return cells.flatMap(({ shape, users, answers, differ, pValues }) =>
    pValues.map((pValue, i) => ({
      ...{ group: `${shape}, ${users} users`, comparisonsPerUser: answers, beta: differ, pValue },
      ...{ seed: i + 1, split: "seen" as const, accuracy: 0 },
    })),
  );
}

/** What the sweeps of each study found when its committed figures were made. */
function results(study: string): { [name: string]: StudyResult } {
  if (study === "polis") return { votes: committed("polis-held-out") };
  const calibration = committed("heterogeneity-test-calibration");
  return {
    scoreTest: { rows: rowsOf(calibration.extra?.cells ?? []), data: [] },
    heldOut: calibration,
    populations: committed("choose-k-recovery"),
  };
}

describe.each(STUDIES.map((study) => [study.name, study] as const))("the study %s", (name, study) => {
  test("draws its committed records of their rows: claim, caption, configuration, cells", () => {
    const figures = study.draw(results(name));
    expect(figures.map(({ record }) => record.id).sort()).toEqual([...study.figures].sort());
    // a record keeps the version that made it
    const text = (record: FigureRecord): string => stableJson({ ...record, versions: {} } as never as Json);
    for (const { record } of figures)
      expect(text(record) === text(committed(record.id)), record.id).toBe(true);
  });

  test("asks for as many runs as were committed", () => {
    const runs = Object.values(study.sweeps)
      .flat()
      .map(({ grid, seeds }) =>
        Object.values(grid).reduce((n, values) => n * (values?.length ?? 0), seeds.length),
      );
    // 45 x 100 + 15 x 50 score tests, 250 held-out tests and 112 populations; seven conversations, two splits
    expect(runs.reduce((sum, n) => sum + n, 0)).toBe(name === "polis" ? 14 : 5612);
  });
});
