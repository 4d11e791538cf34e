import { hasTag, headingAbove, joinText } from "../../formats/index.js";
import type { CodeCell, Notebook } from "../../formats/index.js";
import { outputLines } from "./output-lines.js";
import { sameLine } from "./same-line.js";
import { unifiedDiff } from "./unified-diff.js";

/** A cell whose output is not what it was. */
export interface CellDifference {
  /** Number among the code cells that are not empty, from 1. */
  readonly cellNumber: number;
  readonly heading: string | undefined;
  /** A unified diff of the outputs. */
  readonly diff: string;
}

/** What came of comparing the outputs of two runs of one notebook. */
export interface OutputComparison {
  readonly differences: readonly CellDifference[];
  /** Code cells whose outputs were compared, and those left out by their tag. */
  readonly compared: number;
  readonly ignored: number;
}

interface NumberedCell {
  readonly cell: CodeCell;
  readonly cellNumber: number;
  readonly heading: string | undefined;
}

/**
 * Compares what the cells of two runs of one notebook put out, cell by cell. Cells tagged `nb-ignore-output` are left out;
 * injected parameters are not compared.
 * @param tolerance relative, of numbers: 0 or more
 */
export function compareOutputs(committed: Notebook, executed: Notebook, tolerance: number): OutputComparison {
  const [before, after] = [comparedCells(committed), comparedCells(executed)];
  const same = sameLine(tolerance);
  const differences: CellDifference[] = [];
  let ignored = 0;
  for (const [i, { cell, cellNumber, heading }] of after.entries()) {
    const old = before[i]?.cell;
    if (hasTag(cell, "nb-ignore-output")) {
      ignored++;
      continue;
    }
    const lines = { before: outputLines(old?.outputs ?? []), after: outputLines(cell.outputs) };
    const diff = unifiedDiff({ ...lines, beforeName: "committed", afterName: "executed" }, same);
    if (diff !== undefined) differences.push({ cellNumber, heading, diff });
  }
  return { differences, compared: after.length - ignored, ignored };
}

function comparedCells(notebook: Notebook): NumberedCell[] {
  let cellNumber = 0;
  return notebook.cells.flatMap((cell, index): NumberedCell[] => {
    if (cell.cell_type !== "code" || joinText(cell.source).trim() === "") return [];
    cellNumber++;
    if (hasTag(cell, "injected-parameters")) return [];
    return [{ cell, cellNumber, heading: headingAbove(notebook, index) }];
  });
}
