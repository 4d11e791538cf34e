import { checkIsTable } from "../check-data.js";
import { checkKeys, checkOneOf, InputError, randomStream, show } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import {
  ANSWER_OPTIONS,
  assemble,
  checkAnswerOptions,
  type AnswerOptions,
  type LoadedTable,
} from "./assemble.js";
import { readLabels, type Answers, type Coding } from "./codings.js";
import { ColumnChooser, type ColumnNames } from "./columns.js";
import type { ItemTable } from "./item-table.js";
import {
  checkHasRows,
  doubtfulIds,
  readGroups,
  readIds,
  readTimes,
  readUsers,
  sourceOf,
  tableOfIds,
} from "./read-columns.js";
import { readSideLabels } from "./side-labels.js";
import { readSides, type Sides } from "./sides.js";
import { rowError, withoutMissing, type Table } from "./table.js";
import { readHeldOut, readUserColumns, withoutUserColumns } from "./user-columns.js";

export interface ComparisonOptions extends AnswerOptions {
  /** Names of the columns; those that are not given are guessed. */
  readonly columns?: Pick<
    ColumnNames,
    "user" | "left" | "right" | "label" | "context" | "group" | "time" | "heldOut"
  >;
  /** What the values of the label column mean, where no usual coding holds: `{ left: ["L"], right: ["R"], tie: ["="] }`. */
  readonly labels?: Coding;
  /** `drop` (default), or `half`: a tie is half a preference for either item. */
  readonly ties?: "drop" | "half";
  /** Comparisons of one pair in one context by one user: `all` count (default), or the `last`. */
  readonly repeated?: "all" | "last";
}

/** Second tables that ids of the first refer to. */
export interface ComparisonTables {
  readonly items?: ItemTable;
  readonly contexts?: ItemTable;
}

const COLUMNS = ["user", "left", "right", "label", "context", "group", "time", "heldOut"];

/**
 * Comparisons, one a row, as preferences. Items are ids of a second table, texts, feature columns, or ids alone (then they are learned).
 * A table of chosen and rejected items needs no labels; the side on which the chosen one stands is then drawn (seed 0).
 * @throws InputError for columns that are missing or ambiguous, or labels of an unknown coding
 * @throws DataError for a cell that cannot be right (with its line), an id that the second table lacks, or when nothing is left
 */
export function comparisonsFromTable(
  whole: Table,
  options: ComparisonOptions = {},
  tables: ComparisonTables = {},
): LoadedTable {
  checkIsTable("comparisonsFromTable: table", whole);
  const caller = "loadComparisons";
  checkKeys(caller, options, [...ANSWER_OPTIONS, "columns", "labels", "ties", "repeated"]);
  checkAnswerOptions(caller, options);
  checkOneOf(`${caller}: ties`, options.ties ?? "drop", ["drop", "half"]);
  checkOneOf(`${caller}: repeated`, options.repeated ?? "all", ["all", "last"]);
  checkHasRows(whole);
  const { columns = {}, ties = "drop", repeated = "all", minimumPerUser = 1 } = options;
  checkKeys(`${caller}: columns`, columns, COLUMNS);
  const chooser = new ColumnChooser(caller, whole, columns);
  const pair = chooser.pair();
  const user = options.user === undefined ? chooser.needed("user") : chooser.optional("user");
  const table = withoutMissing(whole, [user, pair?.left, pair?.right]);
  const sides = readSides(chooser, table, tables.items);
  const readAnswers = answersOf(chooser, table, sides, options);
  const context = chooser.optional("context");
  const [group, time] = [chooser.optional("group"), chooser.optional("time")];
  const heldOut = readHeldOut(table, chooser.optional("heldOut"));
  const when = readTimes(table, time);
  const users = readUsers(table, user, options.user);
  const own = readGroups(table, group, users);
  const known = readUserColumns(table, [...(group === undefined ? [] : [group]), ...chooser.free()], users);
  const { left, right, answers, note } = readAnswers();
  return assemble(
    {
      users: users.ids.all,
      groups: own.groups,
      columns: known.columns,
      heldOut,
      items: sides.items,
      user: users.of,
      left,
      right,
      ...readContexts(table, context, tables.contexts),
      answer: answers.of,
      ...(when.time === undefined ? {} : { time: when.time }),
    },
    {
      table,
      kind: "comparisons",
      columns: withoutUserColumns(chooser.chosen(), known.columns),
      coding: answers.coding,
      ties: ties === "half" ? "half" : "dropped",
      repeated,
      minimumPerUser,
      source: sourceOf(table, options.source),
      warnings: [
        ...doubtfulIds(table, [user, ...sides.columns, context]),
        ...own.warnings,
        ...(repeated === "last" ? when.warnings : []),
      ],
      notes: [...note, ...known.notes, ...ignoredOf(tables)],
    },
  );
}

/** Takes the columns of the answers, and gives what reads them once all roles are known. */
function answersOf(
  chooser: ColumnChooser,
  table: Table,
  sides: Sides,
  { columns = {}, labels }: ComparisonOptions,
): () => Labelled {
  if (sides.isOutcome) return () => drawSides(sides);
  const bySide = labels === undefined ? readSideLabels(chooser, table, columns.label) : undefined;
  if (bySide !== undefined) return () => labelled(sides, bySide);
  const label = chooser.needed("label");
  return () => labelled(sides, readLabels(table, label, sides.ids, labels));
}

interface Labelled {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly answers: Answers;
  readonly note: readonly string[];
}

function labelled({ left, right }: Sides, answers: Answers): Labelled {
  return { left, right, answers, note: [] };
}

/** Where the left column is always the preferred one, its place would give the answer away: each pair gets its sides by lot. */
function drawSides({ left, right }: Sides): Labelled {
  const lot = randomStream(0).split("sides");
  const swaps = Uint8Array.from(left, () => lot.integer(2));
  return {
    left: left.map((item, row) => (swaps[row] === 1 ? right[row] : item)),
    right: right.map((item, row) => (swaps[row] === 1 ? left[row] : item)),
    answers: {
      of: Array.from(swaps, (swap) => (swap === 1 ? 1 : -1)),
      coding: "by the columns: the first item was preferred",
    },
    note: [
      "which item stands left was drawn by lot (seed 0), because the preferred one always has the same column",
    ],
  };
}

/** The contexts of each row: ids of `known`, or texts and ids as they are. @throws DataError naming an id that `known` lacks */
export function readContexts(
  table: Table,
  column: number | undefined,
  known: ItemTable | undefined,
): { readonly contexts?: FeatureTable; readonly context?: Int32Array } {
  if (column === undefined) {
    if (known === undefined) return {};
    throw new InputError(
      `loadComparisons: a table of contexts is given, but ${table.file} has no context column; name it: columns: { context: "…" }`,
    );
  }
  const { ids, of } = readIds(table, column);
  if (known === undefined) return { contexts: tableOfIds(ids.all), context: of };
  const place = ids.all.map((id) => known.index.get(id) ?? -1);
  const lost = of.findIndex((id) => place[id] < 0);
  if (lost >= 0)
    throw rowError(table, lost, `the id ${show(ids.all[of[lost]])} is not in ${known.file}`, column);
  return { contexts: known, context: of.map((id) => place[id]) };
}

function ignoredOf({ items, contexts }: ComparisonTables): string[] {
  return [items, contexts].flatMap((table) =>
    table === undefined
      ? []
      : [
          ...table.notes,
          ...(table.ignored.length === 0
            ? []
            : [`columns of ${table.file} that are not used: ${table.ignored.join(", ")}`]),
        ],
  );
}
