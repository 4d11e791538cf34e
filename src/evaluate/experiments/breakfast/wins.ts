import type { Rankings } from "./divide.js";

/** The mean place of each item in the rankings of each occasion, 1 the best, row-major [C, I]. */
export function meanPlaces({ items, contexts, context, left, right, label }: Rankings): number[] {
  const count = items.ids.length;
  const won = new Float64Array(contexts.ids.length * count);
  const all = new Float64Array(won.length);
  label.forEach((side, row) => {
    const from = context[row] * count;
    won[from + (side > 0 ? right[row] : left[row])]++;
    all[from + left[row]]++;
    all[from + right[row]]++;
  });
  // who wins every comparison is first
  return Array.from(won, (wins, i) =>
    Number((1 + (count - 1) * (1 - wins / Math.max(1, all[i]))).toFixed(2)),
  );
}
