import { checkRows } from "../core/index.js";
/** Options for a danfojs data frame of `rows`: every column as wide as its widest cell, so that `print()` cuts nothing. */
export function tableOptions(rows: readonly Readonly<Record<string, unknown>>[]): TableOptions {
  checkRows("tableOptions: rows", rows);
  const names = Object.keys(rows[0] ?? {});
  const widest = (name: string): number =>
    Math.max(name.length, ...rows.map((row) => String(row[name]).length));
  const index = { width: Math.max(2, String(rows.length).length + 1) };
  const columns = Object.fromEntries(
    [index, ...names.map((name) => ({ width: widest(name) + 1 }))].entries(),
  );
  return {
    config: { tableDisplayConfig: { columns }, tableMaxColInConsole: names.length, tableMaxRow: rows.length },
  };
}

/** What {@link tableOptions} gives to `new DataFrame(rows, …)`. */
export interface TableOptions {
  readonly config: {
    readonly tableDisplayConfig: {
      readonly columns: { readonly [index: string]: { readonly width: number } };
    };
    readonly tableMaxColInConsole: number;
    readonly tableMaxRow: number;
  };
}
