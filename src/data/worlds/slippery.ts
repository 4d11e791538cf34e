import { checkArray, InputError, list, show } from "../../core/index.js";
import type { Moves } from "./grid.js";

/** What a cell of a {@link slipperyGrid} can be, by its mark. */
export const CELL_MARKS: { readonly [mark: string]: string } = {
  ".": "grass",
  f: "flowers",
  m: "mud",
  P: "pit",
  G: "goal",
};

/** Names of the kinds of cells, in the order of their weights. */
export const CELL_KINDS: readonly string[] = Object.values(CELL_MARKS);

/** A grid of cells of several kinds, on which a step may slip aside. Moves are up, down, left and right; one into a wall stays. */
export interface SlipperyGrid extends Moves {
  /** The kind of each cell, shape [S]: a place in {@link CELL_KINDS}. */
  readonly kindOf: Int32Array;
  /** The two states that a move slips to, to its left and its right, row-major [S, A, 2]. */
  readonly slips: Int32Array;
  /** Cells that are left no more: goals and pits. */
  readonly ends: readonly number[];
  /** Row and column of each cell, shape [S]. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Up, down, left, right. */
const STEPS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;
/** Directions to the left and the right of each. */
const ASIDE = [
  [2, 3],
  [2, 3],
  [0, 1],
  [0, 1],
] as const;
const WALL = "#";

/** The grid of {@link slipperyGrid} without lines: the short way to the goal leads through flowers along a pit, the safe ones over grass and mud. */
export const GARDEN: readonly string[] = [".m.....", ".m.m.m.", "..fffG.", ".fPPPf.", "...m..."];

/**
 * A grid from lines of marks: "." grass, "f" flowers, "m" mud, "P" a pit and "G" a goal (both end a walk), "#" a wall.
 * @throws InputError for lines of different lengths, an unknown mark, or no goal
 */
export function slipperyGrid(lines: readonly string[] = GARDEN): SlipperyGrid {
  checkArray("slipperyGrid: lines", lines, "an array of lines of marks");
  const columns = lines.at(0)?.length ?? 0;
  const marks = Object.keys(CELL_MARKS);
  const cells = lines.flatMap((line, row) => {
    if (line.length !== columns)
      throw new InputError(
        `slipperyGrid: line ${row + 1} must have ${columns} marks as the first has, got ${line.length}: ${show(line)}`,
      );
    return [...line].flatMap((mark, column) => {
      if (mark === WALL) return [];
      if (!marks.includes(mark))
        throw new InputError(
          `slipperyGrid: line ${row + 1}, mark ${column + 1} must be one of ${list([...marks, WALL])}, got ${show(mark)}`,
        );
      return [{ row, column, kind: marks.indexOf(mark) }];
    });
  });
  const isKind = (kind: number, name: string): boolean => CELL_KINDS[kind] === name;
  if (!cells.some(({ kind }) => isKind(kind, "goal")))
    throw new InputError(
      `slipperyGrid: lines must have a goal, marked "G": without one no way is better than another; got ${list(lines)}`,
    );
  const index = new Map(cells.map(({ row, column }, cell) => [row * columns + column, cell]));
  const step = (cell: number, action: number): number => {
    const [row, column] = [cells[cell].row + STEPS[action][0], cells[cell].column + STEPS[action][1]];
    const isInside = column >= 0 && column < columns;
    return (isInside ? index.get(row * columns + column) : undefined) ?? cell;
  };
  const each = <T>(of: (cell: number, action: number) => T): T[] =>
    cells.flatMap((_, cell) => STEPS.map((__, action) => of(cell, action)));
  return {
    states: cells.length,
    actions: STEPS.length,
    next: Int32Array.from(each(step)),
    slips: Int32Array.from(each((cell, action) => ASIDE[action].map((side) => step(cell, side))).flat()),
    kindOf: Int32Array.from(cells, ({ kind }) => kind),
    ends: cells.flatMap(({ kind }, cell) => (isKind(kind, "goal") || isKind(kind, "pit") ? [cell] : [])),
    row: Int32Array.from(cells, ({ row }) => row),
    column: Int32Array.from(cells, ({ column }) => column),
    rows: lines.length,
    columns,
  };
}
