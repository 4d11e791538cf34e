import { diffArrays } from "diff";
import { hasTag, headingAbove, joinText } from "../../formats/index.js";
import type { Cell, Notebook } from "../../formats/index.js";
import { outputLines } from "./output-lines.js";
import { sameLine } from "./same-line.js";
import { unifiedDiff } from "./unified-diff.js";

/** A cell that two notebooks do not have alike. */
export interface NotebookChange {
  readonly kind: "added" | "removed" | "changed";
  /** Place among all cells of the first notebook (of the second for `added`), from 1. */
  readonly cell: number;
  readonly cellType: Cell["cell_type"];
  readonly heading: string | undefined;
  /** Unified diffs of the parts that differ: tags, source, outputs. */
  readonly diffs: readonly string[];
}

interface Place {
  readonly cell: Cell;
  readonly index: number;
}

/**
 * The cells in which two notebooks differ: in source, tags or output. Counts, ids, times and other metadata do not matter,
 * nor do moments, paths, pictures and the width of tables in outputs.
 * @param tolerance relative difference up to which numbers in outputs are equal; default 0
 */
export function diffNotebooks(first: Notebook, second: Notebook, tolerance = 0): NotebookChange[] {
  const places = (notebook: Notebook): Place[] => notebook.cells.map((cell, index) => ({ cell, index }));
  const pairs = alignCells(places(first), places(second));
  return pairs.flatMap(([before, after]): NotebookChange[] => {
    const place = before ?? after;
    if (place === undefined) return [];
    const diffs = cellDiffs(before?.cell, after?.cell, tolerance);
    if (before !== undefined && after !== undefined && diffs.length === 0) return [];
    const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const heading = headingAbove(before === undefined ? second : first, place.index);
    return [{ kind, cell: place.index + 1, cellType: place.cell.cell_type, heading, diffs }];
  });
}

type Pair = readonly [Place | undefined, Place | undefined];

/** Cells of equal source belong together; between those, cells of one kind do in their order. */
function alignCells(before: Place[], after: Place[]): Pair[] {
  const comparator = (a: Place, b: Place): boolean =>
    a.cell.cell_type === b.cell.cell_type && sourceOf(a.cell) === sourceOf(b.cell);
  const pairs: Pair[] = [];
  let [left, right] = [0, 0];
  let gone: Place[] = [];
  let come: Place[] = [];
  for (const { removed, added, value } of diffArrays(before, after, { comparator })) {
    const count = value.length;
    if (removed) gone = before.slice(left, (left += count));
    else if (added) come = after.slice(right, (right += count));
    else {
      pairs.push(...pairInOrder(gone, come));
      [gone, come] = [[], []];
      for (let i = 0; i < count; i++) pairs.push([before[left++], after[right++]]);
    }
  }
  return [...pairs, ...pairInOrder(gone, come)];
}

function pairInOrder(gone: readonly Place[], come: readonly Place[]): Pair[] {
  const rest = [...gone];
  const pairs = come.flatMap((place): Pair[] => {
    const match = rest.findIndex(({ cell }) => cell.cell_type === place.cell.cell_type);
    if (match < 0) return [[undefined, place]];
    const [found, ...skipped] = rest.splice(0, match + 1).reverse();
    return [...skipped.reverse().map((old): Pair => [old, undefined]), [found, place]];
  });
  return [...pairs, ...rest.map((old): Pair => [old, undefined])];
}

function cellDiffs(before: Cell | undefined, after: Cell | undefined, tolerance: number): string[] {
  const parts: [string, (cell: Cell) => string[], (a: string, b: string) => boolean][] = [
    ["tags", tagsOf, (a, b) => a === b],
    ["source", (cell) => sourceOf(cell).split("\n"), (a, b) => a === b],
    ["output", (cell) => (cell.cell_type === "code" ? outputLines(cell.outputs) : []), sameLine(tolerance)],
  ];
  return parts.flatMap(([name, lines, equal]) => {
    const [old, now] = [before, after].map((cell) =>
      cell === undefined ? [] : lines(cell).map((line) => line.replace(/\r$/, "")),
    );
    const sides = {
      before: old ?? [],
      after: now ?? [],
      beforeName: `${name} before`,
      afterName: `${name} after`,
    };
    const found = unifiedDiff(sides, equal);
    if (found !== undefined || before === undefined || after === undefined) return found ?? [];
    const [one, other] = [before, after].map((cell) => lineEnds(cell, name));
    return one === other ? [] : [`${name}: line ends differ: ${one} before, ${other} after`];
  });
}

/** How lines end in a part of a cell. */
function lineEnds(cell: Cell, part: string): string {
  const printed =
    cell.cell_type === "code"
      ? cell.outputs.map((output) => (output.output_type === "stream" ? joinText(output.text) : "")).join("")
      : "";
  const text = part === "source" ? sourceOf(cell) : part === "output" ? printed : "";
  return text.includes("\r\n") ? "\\r\\n (Windows)" : "\\n";
}

function sourceOf(cell: Cell): string {
  return joinText(cell.source).replace(/\s+$/, "");
}

function tagsOf(cell: Cell): string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag): tag is string => hasTag(cell, String(tag))).sort() : [];
}
