import { describe, expect, test } from "vitest";
import type { LintedCell } from "./lint-problem.js";
import { makeNotebook, type CellText } from "../fixtures/notebooks.js";
import { exerciseProblems } from "./exercise-rules.js";

const asks: CellText = { code: "const guess = NaN; // your turn", tags: ["exercise"] };
const checks: CellText = { code: "lab.exercise(guess, check);", tags: ["exercise"] };
const solves: CellText = { code: "const right = 1;\nlab.exercise(right, check);", tags: ["solution"] };
const shows: CellText = { code: "console.log(right);", tags: ["solution"] };
const runs: CellText = "train();";

/** The problems of a lesson whose solutions are folded, but those that are named by their place among all cells. */
function problemsOf(cells: readonly CellText[], unfolded: readonly number[] = []): string[] {
  const notebook = makeNotebook(cells);
  const linted = notebook.cells.flatMap((cell, cellIndex): LintedCell[] => {
    const tags = (cell.metadata.tags ?? []) as string[];
    if (tags.includes("solution") && !unfolded.includes(cellIndex))
      cell.metadata.jupyter = { source_hidden: true };
    return [{ cellIndex, cellNumber: cellIndex + 1, source: String(cell.source), tags }];
  });
  return exerciseProblems(notebook, linted).map(
    ({ rule, cellNumber, message }) => `${rule}: ${cellNumber ?? "all"}: ${message}`,
  );
}

describe("a lesson has an exercise that is checked and solved", () => {
  test.each<[string, CellText[]]>([
    ["one", [runs, checks, solves]],
    ["two", [checks, solves, runs, checks, solves]],
    ["asked before the run and checked behind it", [asks, runs, checks, solves]],
    ["a solution that also shows something", [checks, shows, solves, shows]],
  ])("%s", (_, cells) => {
    expect(problemsOf(cells)).toEqual([]);
  });

  test.each<[string, CellText[], RegExp[]]>([
    ["none", [runs], [/^lesson-exercise: all: no cell is tagged "exercise" and calls lab.exercise/]],
    [
      "a call without the tag",
      [runs, "lab.exercise(guess, check);"],
      [/: all: no cell is tagged "exercise"/],
    ],
    [
      "a call in a comment",
      [{ code: "1; // lab.exercise(guess)", tags: ["exercise"] }],
      [/: all: /, /: 1: asks, and no/],
    ],
    [
      "no check",
      [asks, solves],
      [/: all: /, /: 1: asks, and no lab.exercise says/, /: 2: solves what no cell/],
    ],
    [
      "a second without a check",
      [checks, solves, asks, runs],
      [/^lesson-exercise: 3: asks, and no lab.exercise/],
    ],
    ["no solution", [checks], [/: 1: has no cell tagged "solution" behind it that lab.exercise finds right/]],
    ["a solution that is not checked", [checks, shows], [/: 1: has no cell tagged "solution" behind it/]],
    ["one solution for two", [checks, runs, checks, solves], [/: 1: has no cell tagged "solution"/]],
    ["two solutions for one", [checks, solves, solves], [/: 3: solves what no cell tagged "exercise"/]],
  ])("%s", (_, cells, expected) => {
    const problems = problemsOf(cells);
    expect(problems).toHaveLength(expected.length);
    expected.forEach((words, i) => expect(problems[i]).toMatch(words));
  });

  test("a solution that everybody sees", () => {
    expect(problemsOf([checks, solves], [1])).toEqual([
      "lesson-exercise: 2: is a solution that is not folded: set jupyter.source_hidden",
    ]);
  });
});
