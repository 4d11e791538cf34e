import { list } from "../../core/index.js";
import { isBlank, type Cell, type Table } from "./table.js";

/** Features made of the columns of a table of items or contexts that hold numbers, or few different words. */
export interface DescribingColumns {
  /** The columns that were used. */
  readonly columns: readonly number[];
  /** What each feature is: "price", "colour = red". */
  readonly names: readonly string[];
  /** The features of a row. */
  row(row: number): number[];
}

/** Words a column may hold, at most, and rows that share each on average, at least, to be categories. */
const MOST_CATEGORIES = 12;
const LEAST_SHARED = 2;

/**
 * Every column of numbers, whatever its name, and beside them every column of few different words, a feature a word (one for two words). A table
 * of words alone has none: items of one category would be the same item.
 */
export function describingColumns(table: Table, candidates: readonly number[]): DescribingColumns {
  const numbers = candidates.filter((column) => isNumeric(table, column));
  const parts = (numbers.length === 0 ? [] : candidates).flatMap((column) => {
    if (numbers.includes(column))
      return [{ column, names: [table.columns[column]], of: (cell: Cell) => [Number(cell)] }];
    const words = categories(table, column);
    if (words === undefined) return [];
    const used = words.length === 2 ? words.slice(1) : words;
    return [
      {
        column,
        names: used.map((word) => `${table.columns[column]} = ${word}`),
        of: (cell: Cell) => used.map((word) => (wordOf(cell) === word ? 1 : 0)),
      },
    ];
  });
  return {
    columns: parts.map(({ column }) => column),
    names: parts.flatMap(({ names }) => names),
    row: (row) => parts.flatMap(({ column, of }) => of(table.cell(row, column))),
  };
}

/** What was made of the columns, for people. */
export function describeFeatures(file: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`features of ${file}, standardised where a method compares them: ${list(names)}`];
}

/** Whether each cell is a number; one that is different in some row, too. */
export function isNumeric(table: Table, column: number): boolean {
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, column);
    if (isBlank(cell) || typeof cell === "object" || typeof cell === "boolean") return false;
    if (!Number.isFinite(Math.fround(Number(cell)))) return false;
  }
  return table.rows > 0;
}

function categories(table: Table, column: number): string[] | undefined {
  const words = new Set<string>();
  for (let row = 0; row < table.rows; row++) {
    const word = wordOf(table.cell(row, column));
    if (word === undefined) return undefined;
    words.add(word);
    if (words.size > MOST_CATEGORIES) return undefined;
  }
  return words.size > 1 && table.rows >= LEAST_SHARED * words.size ? [...words].sort() : undefined;
}

function wordOf(cell: Cell): string | undefined {
  if (typeof cell === "boolean") return String(cell);
  return typeof cell === "string" && !isBlank(cell) ? cell.trim() : undefined;
}
