import type { Rankings } from "./divide.js";

/** How often items were preferred, and how often asked about, row-major [groups, I]. */
export interface Wins {
  readonly won: Float64Array;
  readonly all: Float64Array;
}

/** Counts of each group of comparisons. @param groupOf the group of each row of the data, of `groups` */
export function countWins(
  { items, left, right, label }: Rankings,
  rows: Iterable<number>,
  groupOf: Int32Array,
  groups: number,
): Wins {
  const count = items.ids.length;
  const won = new Float64Array(groups * count);
  const all = new Float64Array(won.length);
  for (const row of rows) {
    const from = groupOf[row] * count;
    won[from + (label[row] > 0 ? right[row] : left[row])]++;
    all[from + left[row]]++;
    all[from + right[row]]++;
  }
  return { won, all };
}

/** The mean place of each item in the rankings of each occasion, 1 the best, row-major [C, I]. */
export function meanPlaces(data: Rankings): number[] {
  const { won, all } = countWins(data, data.label.keys(), data.context, data.contexts.ids.length);
  // who wins every comparison is first
  return Array.from(won, (wins, i) =>
    Number((1 + (data.items.ids.length - 1) * (1 - wins / Math.max(1, all[i]))).toFixed(2)),
  );
}
