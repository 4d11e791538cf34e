import type { RecordRow } from "../../core/index.js";
import { mean, tInterval } from "../../core/index.js";

/** A small table of means; every text is plain. */
export interface KeyNumbers {
  /** What is the same in all rows: "setting mixture". */
  readonly fixed: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How the numbers were made and how many rows were left out. */
  readonly note: string;
}

/** What rows can differ in, in the order of the table's columns, and what readers call it. */
const DIMENSIONS = {
  setting: "setting",
  group: "group",
  method: "method",
  comparisonsPerUser: "comparisons a user",
  newComparisonsPerUser: "comparisons of a new user",
  latentDimension: "latent dimension",
  beta: "beta",
  split: "users",
  kStar: "K*",
  k: "K",
} as const;
type Dimension = keyof typeof DIMENSIONS;

const MOST_ROWS = 40;
const MOST_COLUMNS = 12;

/**
 * The accuracies of a record by everything that varies in it except the seed, as mean and half width of the
 * 95 % t interval; the values of K (or of the last number that varies) are the columns. Undefined without rows.
 */
export function keyNumbers(rows: readonly RecordRow[]): KeyNumbers | undefined {
  if (rows.length === 0) return undefined;
  const names = Object.keys(DIMENSIONS) as Dimension[];
  const varying = names.filter((name) => values(rows, name).length > 1);
  const fixed = names.filter((name) => !varying.includes(name) && rows[0][name] !== undefined);
  const across = columnDimension(rows, varying);
  const down = varying.filter((name) => name !== across);
  const columns = across === undefined ? [undefined] : values(rows, across);
  const ceilings = [...new Set(rows.flatMap((row) => Object.keys(row.ceilings ?? {})))];
  const groups = [...groupBy(rows, down).values()];
  const lines = groups.map((group) => [
    ...down.map((name) => text(group[0][name])),
    ...columns.map((value) => cell(group.filter((row) => across === undefined || row[across] === value))),
    ...ceilings.map((name) => ceiling(group, name)),
  ]);
  return {
    fixed: fixed.map((name) => `${DIMENSIONS[name]}: ${text(rows[0][name])}`),
    header: [
      ...down.map((name) => DIMENSIONS[name]),
      ...columns.map((value) =>
        across === undefined ? "accuracy" : `${DIMENSIONS[across]} = ${text(value)}`,
      ),
      ...ceilings,
    ],
    rows: lines.slice(0, MOST_ROWS),
    note: noteOf({ groups, columns: columns.length, left: lines.length - MOST_ROWS, ceilings }),
  };
}

function columnDimension(rows: readonly RecordRow[], varying: readonly Dimension[]): Dimension | undefined {
  return varying.findLast((name) => {
    const all = values(rows, name);
    return all.length <= MOST_COLUMNS && all.every((value) => typeof value === "number");
  });
}

/** The different values, ascending; a row without the value counts as one more. */
function values(rows: readonly RecordRow[], name: Dimension): (string | number | undefined)[] {
  const all = [...new Set(rows.map((row) => row[name]))];
  return all.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : 0));
}

function groupBy(rows: readonly RecordRow[], names: readonly Dimension[]): Map<string, RecordRow[]> {
  const groups = new Map<string, RecordRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(names.map((name) => row[name] ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function cell(group: readonly RecordRow[]): string {
  if (group.length === 0) return "–";
  const interval = tInterval(group.map((row) => row.accuracy));
  const centre = interval.mean.toFixed(3);
  return group.length === 1 ? centre : `${centre} ± ${(interval.high - interval.mean).toFixed(3)}`;
}

function ceiling(group: readonly RecordRow[], name: string): string {
  const found = group.flatMap((row) => row.ceilings?.[name] ?? []);
  return found.length === 0 ? "–" : mean(found).toFixed(3);
}

function noteOf(table: {
  readonly groups: readonly (readonly RecordRow[])[];
  readonly columns: number;
  readonly left: number;
  readonly ceilings: readonly string[];
}): string {
  const { groups, columns, left, ceilings } = table;
  const runs = groups.reduce((sum, group) => sum + group.length, 0);
  const each = new Set(groups.map((group) => group.length / columns));
  const n =
    each.size === 1 && Number.isInteger([...each][0])
      ? `n = ${[...each][0]} runs each`
      : `${runs} runs in all`;
  const limits = ceilings.length > 0 ? ` ${ceilings.join(", ")}: known limits at this setting.` : "";
  const more = left > 0 ? ` ${left} more rows are in the CSV.` : "";
  return `Accuracy as a fraction: mean ± half width of the 95 % t interval over seeds, ${n}.${limits}${more}`;
}

function text(value: string | number | undefined): string {
  return value === undefined ? "–" : String(value);
}
