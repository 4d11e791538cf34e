import { InputError, show } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import type { ColumnChooser } from "./columns.js";
import { featureColumns, readVector, type FeatureColumns } from "./features.js";
import type { ItemTable } from "./item-table.js";
import { idsOrTexts } from "./ids-or-texts.js";
import { placeIn } from "./read-contexts.js";
import { readIds } from "./read-columns.js";
import { Ids, lastMessage, rowError, type Table } from "./table.js";

/** The items that each row compares. */
export interface Sides {
  readonly items: FeatureTable;
  /** Item indices, shape [rows]. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Whether the left item is the preferred one in every row: there are no labels. */
  readonly isOutcome: boolean;
  /** The columns that hold ids or texts. */
  readonly columns: readonly number[];
  /** The ids of a row, where there are any: a label may name one. */
  readonly ids?: { left(row: number): string; right(row: number): string };
  /** Whether items are ids or texts, and why, in words. */
  readonly notes: readonly string[];
}

/** Words that begin the names of the features of either side. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ["left", "right"],
  ["a", "b"],
  ["chosen", "rejected"],
  ["winner", "loser"],
];

/** How the items of comparisons are found. */
export interface SideHints {
  /** The columns that hold ids or texts; undefined: the items are feature columns. */
  readonly pair: ReturnType<ColumnChooser["pair"]>;
  /** The second table, whose ids the columns hold. */
  readonly known: ItemTable | undefined;
  /** Whether items are texts, where the caller says so. */
  readonly texts?: boolean;
}

/**
 * Reads the items of a table's comparisons.
 * @throws InputError when no columns hold items; DataError naming an id that `known` lacks, or features that are no numbers
 */
export function readSides(chooser: ColumnChooser, table: Table, { pair, known, texts }: SideHints): Sides {
  if (pair === undefined) return withFeatures(chooser, table, undefined);
  const ids = new Ids();
  const [left, right] = [readIds(table, pair.left, ids), readIds(table, pair.right, ids)];
  const shared = {
    isOutcome: pair.isOutcome,
    columns: [pair.left, pair.right],
    ids: { left: (row: number) => ids.all[left.of[row]], right: (row: number) => ids.all[right.of[row]] },
  };
  if (known === undefined) {
    const isChat = lastMessage(table.cell(0, pair.left)) !== undefined;
    const named = idsOrTexts(ids.all, 2 * table.rows, texts ?? (isChat ? true : undefined));
    return withFeatures(chooser, table, { ...shared, ...named, left: left.of, right: right.of });
  }
  return {
    ...shared,
    items: known,
    left: placeIn(table, pair.left, left, known),
    right: placeIn(table, pair.right, right, known),
    notes: [],
  };
}

/** Whether a table has columns that may hold the items of comparisons. */
export function hasSides(chooser: ColumnChooser, table: Table): boolean {
  return chooser.pairs().length > 0 || sideFeatures(chooser, table) !== undefined;
}

function sideFeatures(chooser: ColumnChooser, table: Table): SideFeatures | undefined {
  return PREFIXES.map(([left, right]) => ({
    left: featureColumns(table, left, chooser.free()),
    right: featureColumns(table, right, chooser.free()),
    isOutcome: left === "chosen" || left === "winner",
  })).find(({ left, right }) => left.length > 0 && right.length > 0);
}

/** Items with the features that stand in the table itself; `named` is what its columns of ids gave. */
function withFeatures(chooser: ColumnChooser, table: Table, named: Sides | undefined): Sides {
  const found = sideFeatures(chooser, table);
  if (found === undefined) {
    if (named !== undefined) return named;
    throw chooser.missing(["left", "right"]);
  }
  if (found.left.length !== found.right.length) {
    const names = (columns: FeatureColumns): string =>
      columns.map((column) => table.columns[column]).join(", ");
    throw new InputError(
      `${table.file}: left has ${found.left.length} feature columns (${names(found.left)}), right ${found.right.length}`,
    );
  }
  found.left.forEach((column, i) => chooser.claim(`left feature ${i}`, column));
  found.right.forEach((column, i) => chooser.claim(`right feature ${i}`, column));
  return named === undefined ? itemsOfVectors(table, found) : vectorsOfItems(table, named, found);
}

interface SideFeatures {
  readonly left: FeatureColumns;
  readonly right: FeatureColumns;
  readonly isOutcome: boolean;
}

/** Items without ids: each different vector is one. */
function itemsOfVectors(table: Table, features: SideFeatures): Sides {
  const ids = new Ids();
  const vectors: number[][] = [];
  const read = (columns: FeatureColumns): Int32Array => {
    const of = new Int32Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      const vector = readVector(table, row, columns, vectors[0]?.length);
      of[row] = ids.add(vector.join(" "));
      if (of[row] === vectors.length) vectors.push(vector);
    }
    return of;
  };
  const [left, right] = [read(features.left), read(features.right)];
  const items = { ids: vectors.map((_, i) => `item-${i}`), features: Float32Array.from(vectors.flat()) };
  return { items, left, right, isOutcome: features.isOutcome, columns: [], notes: [] };
}

/** Items with ids and features: an id has the same features wherever it stands. */
function vectorsOfItems(table: Table, named: Sides, features: SideFeatures): Sides {
  const vectors: (number[] | undefined)[] = named.items.ids.map(() => undefined);
  let dimension: number | undefined;
  const read = (of: Int32Array, columns: FeatureColumns): void => {
    of.forEach((item, row) => {
      const vector = readVector(table, row, columns, dimension);
      dimension = vector.length;
      const before = vectors[item];
      if (before !== undefined && before.some((value, i) => value !== vector[i])) {
        throw rowError(
          table,
          row,
          `the item ${show(named.items.ids[item])} has other features than before`,
          columns[0],
        );
      }
      vectors[item] = vector;
    });
  };
  read(named.left, features.left);
  read(named.right, features.right);
  return {
    ...named,
    notes: [],
    items: { ...named.items, features: Float32Array.from(vectors.flatMap((vector) => vector ?? [])) },
  };
}
