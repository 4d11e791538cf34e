import type { ColumnChooser } from "../columns.js";
import { wordsOf } from "../names.js";
import { rowError, isBlank, type Table } from "../table.js";
import type { Answer, Answers } from "../answers.js";

const WON = new Set("winner wins win won better preferred prefers chosen".split(" "));
const LEFT = new Set("a left first 1".split(" "));
const RIGHT = new Set("b right second 2".split(" "));
const TIE = new Set("tie tied draw".split(" "));

/** What a column that names one outcome says where it is 1: "winner_model_a", "left_preferred", "winner_tie". */
function outcomeOf(table: Table, column: number): -1 | 0 | 1 | undefined {
  const words = wordsOf(table.columns[column]);
  if (!words.some((word) => WON.has(word))) return undefined;
  const named = (
    [
      [LEFT, -1],
      [RIGHT, 1],
      [TIE, 0],
    ] as const
  ).filter(([side]) => words.some((word) => side.has(word)));
  return named.length === 1 ? named[0][1] : undefined;
}

/**
 * Answers in columns of 0 and 1 that each name an outcome: one that names a side (1: it won, 0: the other did), or one for each side and
 * perhaps for a tie. SHP's `labels` is such a column: 1 means that A won.
 * @param label the column of the labels, where it is given
 * @returns what reads them (a DataError for a row in which not exactly one of several columns is 1); undefined where the table has no such columns
 */
export function sideLabels(
  chooser: ColumnChooser,
  table: Table,
  label: string | undefined,
): ((rows: Table) => Answers) | undefined {
  const given = label === undefined ? undefined : table.columns.indexOf(label);
  const free = [...chooser.free(), ...(given === undefined ? [] : [given])].filter((column) =>
    isBinary(table, column),
  );
  const found = free.flatMap((column) => {
    const says = outcomeOf(table, column);
    return says === undefined ? [] : [{ column, says }];
  });
  const shp = given ?? free.find((column) => table.columns[column] === "labels");
  if (
    found.length === 0 &&
    shp !== undefined &&
    table.columns[shp] === "labels" &&
    table.columns.includes("human_ref_A")
  )
    found.push({ column: shp, says: -1 });
  const sides = found.filter(({ says }) => says !== 0);
  if (sides.length === 0 || new Set(found.map(({ says }) => says)).size < found.length) return undefined;
  if (given !== undefined && found.every(({ column }) => column !== given)) return undefined;
  for (const { column } of found)
    if (column !== given) chooser.claim(`label ${table.columns[column]}`, column);
  const names = found.map(({ column, says }) => `${table.columns[column]} = 1 ${MEANING[says + 1]}`);
  const coding = `${names.join(", ")}${found.length === 1 ? ", 0 the other one" : ""} (by the columns' names)`;
  return (rows) => ({
    coding: { name: coding },
    of: Array.from({ length: rows.rows }, (_, row) => answerOf(rows, row, found)),
  });
}

const MEANING = ["left", "tie", "right"] as const;

interface Outcome {
  readonly column: number;
  readonly says: -1 | 0 | 1;
}

function answerOf(table: Table, row: number, found: readonly Outcome[]): Answer {
  const given = found.filter(({ column }) => !isBlank(table.cell(row, column)));
  const said = given.filter(({ column }) => binaryOf(table, row, column) === 1);
  if (given.length === 0) return undefined;
  if (said.length === 1) return said[0].says;
  const [only] = found;
  if (said.length === 0 && found.length === 1) return only.says === -1 ? 1 : -1;
  const names = found.map(({ column }) => table.columns[column]).join(", ");
  throw rowError(table, row, `exactly one of ${names} must be 1, got ${said.length}`, only.column);
}

function isBinary(table: Table, column: number): boolean {
  for (let row = 0; row < table.rows; row++) {
    if (!isBlank(table.cell(row, column)) && ![0, 1].includes(binaryOf(table, row, column))) return false;
  }
  return true;
}

/** 1 and 0, also as true and false. */
function binaryOf(table: Table, row: number, column: number): number {
  const cell = table.cell(row, column);
  if (typeof cell === "object") return NaN;
  const text = String(cell).trim().toLowerCase();
  return text === "true" ? 1 : text === "false" ? 0 : Number(text);
}
