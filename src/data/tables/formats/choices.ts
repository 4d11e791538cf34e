import { list, show } from "../../../core/index.js";
import type { ColumnChooser } from "../columns.js";
import { doubtfulIds } from "../read-columns.js";
import { readContexts } from "../read-contexts.js";
import { columnSetting, unclear } from "../settings.js";
import { idOf, Ids, isBlank, rowError, type Table } from "../table.js";
import type { AnswersRead, Format, Work } from "./format.js";
import { judgedAnswers } from "./judged-answers.js";
import type { Judgement } from "./pairs-of.js";

/** A choice among three or more: option_1, option_2, option_3 and which was chosen, by its id, its column's name or its number. */
export const choices: Format = {
  name: "choices",
  looks: "choices among three or more (user, option_1, option_2, option_3, choice)",
  sure(chooser, table) {
    const options = optionColumns(chooser);
    if (options.length < 3) return undefined;
    const names = list(options.map((column) => table.columns[column]));
    return { sure: 0.95, because: `columns ${names} are options` };
  },
  roles(chooser, table) {
    const options = optionColumns(chooser);
    options.forEach((column, i) => chooser.claim(`option ${i + 1}`, column));
    const choice = chooser.needed("label");
    const context = chooser.optional("context");
    const names = options.map((column) => table.columns[column]);
    return { needed: [], read: (work) => readRows(work, { options, names, choice, context }) };
  },
};

/** Columns that differ in a number or a letter alone, the most that do: option_1, option_2, option_3. */
function optionColumns(chooser: ColumnChooser): number[] {
  const series = new Map<string, { readonly column: number; readonly at: string }[]>();
  for (const column of chooser.free()) {
    const words = chooser.wordsOf(column);
    const at = words.at(-1) ?? "";
    const isOption = words.length > 1 && /^(\d+|[a-z])$/.test(at) && words[0] !== "choice";
    if (!isOption || !chooser.isItemWords(words.slice(0, -1))) continue;
    const key = `${words.slice(0, -1).join("_")} ${/\d/.test(at) ? "number" : "letter"}`;
    series.set(key, [...(series.get(key) ?? []), { column, at }]);
  }
  const [longest = []] = [...series.values()].sort((a, b) => b.length - a.length);
  return [...longest]
    .sort((a, b) => Number(a.at) - Number(b.at) || (a.at < b.at ? -1 : 1))
    .map(({ column }) => column);
}

interface Columns {
  readonly options: readonly number[];
  readonly names: readonly string[];
  readonly choice: number;
  readonly context: number | undefined;
}

function readRows(work: Work, columns: Columns): AnswersRead {
  const { table, tables } = work;
  const ids = new Ids();
  const asked = readContexts(table, columns.context, tables.contexts);
  const offered = Array.from({ length: table.rows }, (_, row) =>
    columns.options.map((column) => (isBlank(table.cell(row, column)) ? "" : idOf(table, row, column))),
  );
  const answered = [...offered.keys()].filter((row) => !isBlank(table.cell(row, columns.choice)));
  const { name, place } = codingOf(table, columns, { offered, answered });
  const sets = answered.map((row): Judgement => {
    const there = [...offered[row].keys()].filter((i) => offered[row][i] !== "");
    const items = there.map((i) => ids.add(offered[row][i]));
    if (new Set(items).size < items.length) throw rowError(table, row, "offers one option twice");
    return {
      ...{ row, items, values: there.map((i) => (i === place(row) ? 1 : 0)) },
      ...(asked.context === undefined ? {} : { context: asked.context[row] }),
    };
  });
  return {
    ...judgedAnswers(work, {
      ...{ sets, ids, asked, kind: "choice", strength: "ignore", column: columns.options[0] },
    }),
    unanswered: table.rows - answered.length,
    coding: { name },
    warnings: doubtfulIds(table, columns.options),
  };
}

interface Sets {
  /** The options of each row, "" for one that was not offered. */
  readonly offered: readonly (readonly string[])[];
  /** Rows with a choice. */
  readonly answered: readonly number[];
}

interface ChoiceCoding {
  readonly name: string;
  /** Which option of a row was chosen. */
  place(row: number): number;
}

/** By id, by number or by the name of the column, whichever fits every row. @throws DataError for a choice outside its set, InputError where two fit and differ */
function codingOf(
  table: Table,
  { choice, names, options }: Columns,
  { offered, answered }: Sets,
): ChoiceCoding {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  const ends = names.map((name) => (/([0-9]+|[a-z])$/i.exec(name)?.[1] ?? "").toLowerCase());
  const said = (row: number): string => idOf(table, row, choice);
  const ways: readonly ChoiceCoding[] = [
    { name: "the id of what was chosen", place: (row) => offered[row].indexOf(said(row)) },
    {
      name: `which option was chosen: ${ends.join(", ")}`,
      place: (row) => ends.indexOf(said(row).toLowerCase()),
    },
    {
      name: "the name of the column of what was chosen",
      place: (row) => names.map(plain).indexOf(plain(said(row))),
    },
  ];
  const fits = (way: ChoiceCoding, row: number): boolean => (offered[row][way.place(row)] ?? "") !== "";
  const [first, second] = ways.filter((way) => answered.every((row) => fits(way, row)));
  if (first === undefined) {
    const count = (way: ChoiceCoding): number => answered.filter((row) => fits(way, row)).length;
    const [likeliest] = [...ways].sort((a, b) => count(b) - count(a));
    const row = answered.find((each) => !fits(likeliest, each)) ?? 0;
    const set = offered[row].filter((option) => option !== "");
    throw rowError(
      table,
      row,
      `the choice ${show(said(row))} is not in its set ${list(set)} (read as ${likeliest.name})`,
      choice,
    );
  }
  if (second === undefined || answered.every((row) => first.place(row) === second.place(row))) return first;
  const [one, other] = options.map((column) => table.columns[column]);
  throw unclear(
    `${table.file}: column ${show(table.columns[choice])} may hold ${first.name}, or ${second.name}`,
    columnSetting({ left: one, right: other }),
    () => "write the ids of the options in another way than their numbers, such as i1, i2, i3",
  );
}
