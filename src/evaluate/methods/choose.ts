import { meanByRow, standardErrorByUser, type UserSums } from "../by-user.js";

/** Gains below this, in nats an answer, are worth no further type. */
export const FLOOR = 0.003;

/** One K, and how well its better variant predicts answers that did not train. */
export interface MeasuredK {
  readonly k: number;
  /** Log-likelihood of held-out answers, summed over each user's. */
  readonly nats: UserSums;
}

/** How much better `a` is than `b`: nats an answer, and its standard error over users. */
export function difference(
  a: UserSums,
  b: UserSums,
): { readonly mean: number; readonly standardError: number } {
  const sums = { value: a.value.map((value, u) => value - b.value[u]), weight: a.weight };
  return { mean: meanByRow(sums), standardError: standardErrorByUser(sums) };
}

/** Whether `a` gains over `b` by more than some standard errors, one by default, and {@link FLOOR}. */
export function isBetter(a: UserSums, b: UserSums, standardErrors = 1): boolean {
  const { mean, standardError } = difference(a, b);
  return mean > Math.max(FLOOR, standardErrors * standardError);
}

/** The K of the highest mean. */
export function bestOf(measured: readonly MeasuredK[]): MeasuredK {
  return measured.reduce((a, b) => (meanByRow(b.nats) > meanByRow(a.nats) ? b : a));
}

/** The smallest K over which the best gains no more than some standard errors, one by default, or {@link FLOOR}, whichever is larger. */
export function smallestGoodK(measured: readonly MeasuredK[], standardErrors = 1): MeasuredK {
  const best = bestOf(measured);
  return (
    [...measured].sort((a, b) => a.k - b.k).find((each) => !isBetter(best.nats, each.nats, standardErrors)) ??
    best
  );
}
