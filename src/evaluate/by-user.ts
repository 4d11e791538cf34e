import { quantile, type Interval, type RandomStream } from "../core/index.js";

/** Sums over each user's rows, shape [U] both: what intervals over users are made of. */
export interface UserSums {
  readonly value: Float64Array;
  readonly weight: Float64Array;
}

/** Sums of `values` by user, each row by its weight; a row whose value is NaN was not asked about, and does not count. @param users U */
export function sumByUser(
  values: ArrayLike<number>,
  rows: { readonly user: Int32Array; readonly weight?: ArrayLike<number> },
  users: number,
): UserSums {
  const sums = { value: new Float64Array(users), weight: new Float64Array(users) };
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const weight = rows.weight?.[row] ?? 1;
    sums.value[rows.user[row]] += weight * values[row];
    sums.weight[rows.user[row]] += weight;
  }
  return sums;
}

/** Sums of several repeats as one: their mean. The rows of each may be others. */
export function averageSums(all: readonly UserSums[]): UserSums {
  const mean = (part: keyof UserSums): Float64Array =>
    all[0][part].map((_, u) => all.reduce((sum, each) => sum + each[part][u], 0) / all.length);
  return { value: mean("value"), weight: mean("weight") };
}

/** The mean a row. */
export function meanByRow({ value, weight }: UserSums): number {
  return total(value) / total(weight);
}

/** Standard error of {@link meanByRow} when users, not rows, are what was drawn. */
export function standardErrorByUser(sums: UserSums): number {
  const centre = meanByRow(sums);
  let squared = 0;
  let users = 0;
  sums.value.forEach((value, u) => {
    if (sums.weight[u] === 0) return;
    squared += (value - centre * sums.weight[u]) ** 2;
    users++;
  });
  if (users < 2) return 0;
  return Math.sqrt((squared * users) / (users - 1)) / total(sums.weight);
}

/** Percentile bootstrap interval of {@link meanByRow}, whole users drawn with replacement. */
export function intervalByUser(sums: UserSums, rng: RandomStream, resamples = 1000): Interval {
  const users = sums.value.length;
  const means = Float64Array.from({ length: resamples }, () => {
    let [value, weight] = [0, 0];
    for (let i = 0; i < users; i++) {
      const u = rng.integer(users);
      value += sums.value[u];
      weight += sums.weight[u];
    }
    return weight === 0 ? 0 : value / weight;
  });
  const kind = "95 % bootstrap interval over users";
  return { mean: meanByRow(sums), low: quantile(means, 0.025), high: quantile(means, 0.975), n: users, kind };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
