import { list, show } from "../../../core/index.js";
import { readContexts } from "../read-contexts.js";
import { Ids, isBlank, rowError, type Cell, type Table } from "../table.js";
import type { ColumnChooser } from "../columns.js";
import type { AnswersRead, Format, Work } from "./format.js";
import { judgedAnswers } from "./judged-answers.js";
import type { Judgement } from "./pairs-of.js";

/** The items of a ranking, best first, tied ones together. */
type Tiers = readonly (readonly string[])[];

/** A ranking in one cell: "tea > milk = juice", "tea, milk, juice", or an array, in which an array is a tie. */
export const orders: Format = {
  name: "rankings",
  looks: "rankings in one column (user, order: a > b = c)",
  sure(chooser, table) {
    if (chooser.taken("order") !== undefined) return { sure: 1, because: "a column of orders is named" };
    const [order] = chooser.candidates("order");
    if (order === undefined || table.rows === 0) return undefined;
    const tiers = tiersOf(table.cell(0, order));
    if (tiers === undefined || tiers.flat().length < 2) return undefined;
    return { sure: 0.86, because: `column ${table.columns[order]} holds orders` };
  },
  roles(chooser) {
    const order = chooser.needed("order");
    const context = chooser.optional("context");
    const tiersIn = (table: Table, row: number): Tiers => {
      const tiers = tiersOf(table.cell(row, order));
      if (tiers !== undefined) return tiers;
      const got = show(table.cell(row, order));
      throw rowError(table, row, `must be an order such as "a > b = c", got ${got}`, order);
    };
    return { needed: [order], read: (work) => readRankings(work, { context, tiersIn, column: order }) };
  },
};

/** A ranking in columns: rank1 holds the best item, rank2 the next. */
export const rankColumns: Format = {
  name: "rankings",
  looks: "rankings in columns (user, rank1, rank2, rank3)",
  sure(chooser, table) {
    const columns = placeColumns(chooser);
    if (columns.length < 2) return undefined;
    return {
      sure: 0.9,
      because: `columns ${list(columns.map((column) => table.columns[column]))} are places`,
    };
  },
  roles(chooser, table) {
    const columns = placeColumns(chooser);
    columns.forEach((column, i) => chooser.claim(`rank ${i + 1}`, column));
    const context = chooser.optional("context");
    const tiersIn = (rows: Table, row: number): Tiers => {
      const cells = columns.map((column) => rows.cell(row, column));
      const last = cells.findLastIndex((cell) => !isBlank(cell));
      const gap = cells.findIndex((cell) => isBlank(cell));
      if (gap >= 0 && gap < last) {
        const [here, later] = [gap, last].map((i) => table.columns[columns[i]]);
        throw rowError(rows, row, `a rank is missing: ${here} is empty, ${later} is not`, columns[gap]);
      }
      return cells.slice(0, last + 1).map((cell) => [String(cell).trim()]);
    };
    return { needed: [], read: (work) => readRankings(work, { context, tiersIn, column: columns[0] }) };
  },
};

const PLACES = new Set(["rank", "ranked", "place", "position", "top", "preference", "choice"]);

/** Columns that are called by a place and its number, in the order of the numbers. */
function placeColumns(chooser: ColumnChooser): number[] {
  const found = chooser.free().flatMap((column) => {
    const [word, number, ...more] = chooser.wordsOf(column);
    const isPlace = more.length === 0 && PLACES.has(word) && /^\d+$/.test(number ?? "");
    return isPlace ? [{ column, place: Number(number) }] : [];
  });
  return found.sort((a, b) => a.place - b.place).map(({ column }) => column);
}

/** What a cell says; undefined where it holds no order. */
function tiersOf(cell: Cell): Tiers | undefined {
  if (Array.isArray(cell)) return arrayTiers(cell as readonly unknown[]);
  if (typeof cell !== "string" || isBlank(cell)) return undefined;
  const text = cell.trim();
  if (text.startsWith("[")) {
    try {
      return arrayTiers(JSON.parse(text) as readonly unknown[]);
    } catch {
      return undefined;
    }
  }
  const split = (whole: string, by: RegExp): string[] => whole.split(by).map((item) => item.trim());
  const tiers = text.includes(">")
    ? split(text, />+/).map((tier) => split(tier, /[=~]/))
    : split(text, text.includes(";") ? /;/ : text.includes("|") ? /\|/ : /,/).map((item) => [item]);
  return tiers.flat().every((item) => item !== "") ? tiers : undefined;
}

function arrayTiers(values: readonly unknown[]): Tiers | undefined {
  const isName = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
  const tiers = values.map((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  return tiers.every((tier) => tier.every(isName)) ? tiers.map((tier) => tier.map(String)) : undefined;
}

interface Reading {
  readonly context: number | undefined;
  readonly column: number;
  tiersIn(table: Table, row: number): Tiers;
}

function readRankings(work: Work, { context, column, tiersIn }: Reading): AnswersRead {
  const { table, options, tables } = work;
  const ids = new Ids();
  const asked = readContexts(table, context, tables.contexts);
  let unanswered = 0;
  const sets: Judgement[] = [];
  for (let row = 0; row < table.rows; row++) {
    const tiers = tiersIn(table, row);
    if (tiers.length === 0) unanswered++;
    else sets.push({ ...judgementOf(table, row, tiers, ids), ...contextOf(asked.context, row) });
  }
  const complete = sets.every(({ items }) => items.length === ids.all.length);
  return {
    ...judgedAnswers(work, {
      ...{ sets, ids, asked, kind: "ranking", strength: options.strength ?? "ignore", column },
      notes: complete ? [] : ["some rankings leave items out; nothing is said of those"],
    }),
    unanswered,
    coding: { name: "the order: what stands before is preferred" },
    warnings: [],
  };
}

function contextOf(context: Int32Array | undefined, row: number): Pick<Judgement, "context"> {
  return context === undefined ? {} : { context: context[row] };
}

/** @throws DataError for an item that is there twice */
function judgementOf(table: Table, row: number, tiers: Tiers, ids: Ids): Judgement {
  const values = new Map<number, number>();
  tiers.forEach((tier, place) => {
    for (const name of tier) {
      const item = ids.add(name);
      if (values.has(item)) throw rowError(table, row, `ranks ${show(name)} twice`);
      values.set(item, -place);
    }
  });
  return { row, items: [...values.keys()], values: [...values.values()] };
}
