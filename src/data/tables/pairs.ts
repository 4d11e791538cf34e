import { checkIsTable } from "../check-data.js";
import { checkKeys } from "../../core/index.js";
import type { Pairs } from "../preference-data.js";
import { ColumnChooser } from "./columns.js";
import type { ColumnNames } from "./roles.js";
import type { ComparisonTables } from "./formats/format.js";
import { ANSWERS } from "./formats/votes.js";
import { readContexts } from "./read-contexts.js";
import { checkHasRows, readIds } from "./read-columns.js";
import { hasSides, readSides } from "./sides.js";
import type { Table } from "./table.js";

/** Pairs to be scored, and who judges each. */
export interface JudgedPairs {
  readonly pairs: Pairs;
  /** The judge of each row, shape [N]; undefined where the table does not say. */
  readonly judges?: readonly string[];
}

/**
 * Pairs of items, one a row, without labels: columns as for comparisons, `user` is optional. A table of statements asks for agreement with each.
 * @throws InputError, DataError as for comparisons
 */
export function pairsFromTable(
  table: Table,
  columns: Pick<ColumnNames, "user" | "left" | "right" | "context" | "statement"> = {},
  tables: ComparisonTables & { readonly texts?: boolean } = {},
): JudgedPairs {
  checkIsTable("pairsFromTable: table", table);
  const caller = "score";
  checkKeys(`${caller}: columns`, columns, ["user", "left", "right", "context", "statement"]);
  checkHasRows(table);
  const { texts } = tables;
  const chooser = new ColumnChooser(caller, table, columns);
  const isNamed = columns.left !== undefined || columns.right !== undefined;
  const statement = isNamed || hasSides(chooser, table) ? undefined : chooser.optional("statement");
  const { items, left, right } =
    statement === undefined
      ? readSides(chooser, table, { pair: chooser.pair(), known: tables.items, texts })
      : agreements(table.rows);
  const [user, context] = [chooser.optional("user"), statement ?? chooser.optional("context")];
  const pairs = { items, left, right, ...readContexts(table, context, tables.contexts) };
  if (user === undefined) return { pairs };
  const { ids, of } = readIds(table, user);
  return { pairs, judges: Array.from(of, (index) => ids.all[index]) };
}

/** Disagree against agree, in every row. */
function agreements(rows: number): Pick<Pairs, "items" | "left" | "right"> {
  return { items: ANSWERS, left: new Int32Array(rows), right: new Int32Array(rows).fill(1) };
}
