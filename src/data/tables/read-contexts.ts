import { show } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";
import type { ItemTable } from "./item-table.js";
import { readIds, tableOfIds, type IdColumn } from "./read-columns.js";
import { columnSetting, unclear } from "./settings.js";
import { rowError, type Table } from "./table.js";

/** The contexts of each row: ids of `known`, or texts and ids as they are. @throws DataError naming an id that `known` lacks */
export function readContexts(
  table: Table,
  column: number | undefined,
  known: ItemTable | undefined,
): { readonly contexts?: FeatureTable; readonly context?: Int32Array } {
  if (column === undefined) {
    if (known === undefined) return {};
    throw unclear(
      `loadComparisons: a table of contexts is given, but ${table.file} has no context column`,
      columnSetting({ context: "…" }),
      (how) => `name it: ${how}`,
    );
  }
  const ids = readIds(table, column);
  if (known === undefined) return { contexts: tableOfIds(ids.ids.all), context: ids.of };
  return { contexts: known, context: placeIn(table, column, ids, known) };
}

/** The place of each row's id in a second table. @throws DataError naming an id that it lacks */
export function placeIn(table: Table, column: number, { ids, of }: IdColumn, known: ItemTable): Int32Array {
  const place = ids.all.map((id) => known.index.get(id) ?? -1);
  const lost = of.findIndex((id) => place[id] < 0);
  if (lost >= 0)
    throw rowError(table, lost, `the id ${show(ids.all[of[lost]])} is not in ${known.file}`, column);
  return of.map((id) => place[id]);
}

/** What second tables have that is not used, for people. */
export function notesOn(tables: readonly (ItemTable | undefined)[]): string[] {
  return tables.flatMap((table) =>
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
