import { checkRows, mean, type RecordRow, standardDeviation } from "../core/index.js";

/** The rule of {@link kByValidation}, for captions. */
export const CHOICE_RULE = "smallest K within one standard error (at least 0.005) of the best on validation";

/** Differences below half a percentage point are not worth a prototype. */
const LEAST_DIFFERENCE = 0.005;

/**
 * The K that validation chooses: the smallest whose mean validation accuracy over seeds is within one standard error of the best
 * mean, and in any case within 0.005. Test accuracy takes no part.
 * @returns undefined when no row has a validation accuracy
 */
export function kByValidation(rows: readonly RecordRow[]): number | undefined {
  checkRows("kByValidation: rows", rows);
  const byK = new Map<number, number[]>();
  for (const { k, validation, split } of rows) {
    if (k === undefined || validation === undefined || split !== "seen") continue;
    byK.set(k, [...(byK.get(k) ?? []), validation]);
  }
  const means = [...byK].map(([k, values]) => ({ k, value: mean(values), values })).sort((a, b) => a.k - b.k);
  if (means.length === 0) return undefined;
  const best = means.reduce((a, b) => (b.value > a.value ? b : a));
  const error = Math.max(LEAST_DIFFERENCE, standardDeviation(best.values) / Math.sqrt(best.values.length));
  return means.find(({ value }) => value >= best.value - error)?.k;
}
