import type { RecordRow } from "./record.js";

/** A filter on rows: every key that is given must be equal. */
export type Where = { readonly [Key in keyof RecordRow]?: RecordRow[Key] };

/** The rows that have these values. */
export function rowsWhere(rows: readonly RecordRow[], where: Where): RecordRow[] {
  const wanted = Object.entries(where);
  return rows.filter((row) => wanted.every(([key, value]) => row[key as keyof RecordRow] === value));
}

/** The values of a key among rows, ascending; rows without it are left out. */
export function valuesIn(
  rows: readonly RecordRow[],
  key: "k" | "kStar" | "comparisonsPerUser" | "newComparisonsPerUser" | "latentDimension" | "beta",
): number[] {
  return [...new Set(rows.flatMap((row) => row[key] ?? []))].sort((a, b) => a - b);
}
