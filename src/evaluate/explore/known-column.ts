import type { UserColumn } from "../../data/index.js";

/** Groups smaller than this are put together. */
const LEAST_GROUP = 5;
const MOST_GROUPS = 10;

/** A column of the users of a problem: those whose value is known. */
export interface KnownColumn {
  readonly type: "categorical" | "numeric";
  /** Users, as the problem numbers them. */
  readonly place: Int32Array;
  /** Their groups, or their numbers. */
  readonly value: Float64Array;
  readonly groups: readonly string[];
}

/** A column's users, and their groups or numbers; undefined where all are the same. */
export function readColumn({ values }: UserColumn): KnownColumn | undefined {
  const place = Int32Array.from(values.keys()).filter((u) => values[u] !== "");
  const texts = Array.from(place, (u) => values[u]);
  const different = [...new Set(texts)];
  if (different.length < 2) return undefined;
  const areNumbers = texts.every((text) => Number.isFinite(Number(text)));
  if (areNumbers && different.length > 2)
    return { type: "numeric", place, value: Float64Array.from(texts, Number), groups: [] };
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  const large = different
    .filter((name) => (count.get(name) ?? 0) >= LEAST_GROUP)
    .sort((a, b) => (count.get(b) ?? 0) - (count.get(a) ?? 0))
    .slice(0, MOST_GROUPS)
    .sort();
  const hasOthers = large.length < different.length;
  const groups = hasOthers ? [...large, "others"] : large;
  if (groups.length < 2) return undefined;
  const value = Float64Array.from(texts, (text) => {
    const at = large.indexOf(text);
    return at < 0 ? large.length : at;
  });
  return { type: "categorical", place, value, groups };
}
