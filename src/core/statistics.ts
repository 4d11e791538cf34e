import { checkNumbers, checkObject } from "./check-shapes.js";
import jstat from "jstat";
import { checkKeys, checkNumber } from "./check.js";
import { InputError } from "./errors.js";
import type { RandomStream } from "./random.js";

/** An estimate with its interval; `n` values went into it. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly kind: string;
}

/** The arithmetic mean. @throws InputError when `values` is empty. */
export function mean(values: ArrayLike<number>): number {
  checkNumbers("mean: values", values);
  if (values.length === 0) throw new InputError("mean: needs at least one value, got none");
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The sample standard deviation (n - 1); 0 for a single value. */
export function standardDeviation(values: ArrayLike<number>): number {
  checkNumbers("standardDeviation: values", values);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return values.length === 1 ? 0 : Math.sqrt(sum / (values.length - 1));
}

/** The quantile at `p` in [0, 1], linear between order statistics (type 7, as numpy's default). */
export function quantile(values: ArrayLike<number>, p: number): number {
  checkNumbers("quantile: values", values);
  checkNumber("quantile: p", p, { min: 0, max: 1 });
  if (values.length === 0) throw new InputError("quantile: needs at least one value, got none");
  const sorted = Float64Array.from(values).sort();
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * Student's t interval of the mean at `confidence` (0-1); with one value the interval is that value.
 * @example
 * tInterval([0.8, 0.82, 0.79]).low;
 */
export function tInterval(values: ArrayLike<number>, confidence = 0.95): Interval {
  checkNumbers("tInterval: values", values);
  checkNumber("tInterval: confidence", confidence, { above: 0, below: 1 });
  const centre = mean(values);
  const n = values.length;
  const t = n > 1 ? jstat.studentt.inv(0.5 + confidence / 2, n - 1) : 0;
  const half = (t * standardDeviation(values)) / Math.sqrt(n);
  return {
    mean: centre,
    low: centre - half,
    high: centre + half,
    n,
    kind: `${percent(confidence)} t interval`,
  };
}

/** Percentile bootstrap interval of the mean. @param rng the stream that draws the resamples */
export function bootstrapInterval(
  values: ArrayLike<number>,
  rng: RandomStream,
  options: { readonly confidence?: number; readonly resamples?: number } = {},
): Interval {
  checkKeys("bootstrapInterval", options, ["confidence", "resamples"]);
  checkNumbers("bootstrapInterval: values", values);
  checkObject("bootstrapInterval: rng", rng, ["integer"], "a random stream, as randomStream(seed) makes it");
  const { confidence = 0.95, resamples = 2000 } = options;
  checkNumber("bootstrapInterval: confidence", confidence, { above: 0, below: 1 });
  const n = values.length;
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[rng.integer(n)];
    return sum / n;
  });
  const tail = (1 - confidence) / 2;
  const kind = `${percent(confidence)} bootstrap interval`;
  return { mean: mean(values), low: quantile(means, tail), high: quantile(means, 1 - tail), n, kind };
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`;
}

/** The p-value of a statistic among what data sets of the null distribution gave: (1 + how many are at least as large) / (1 + their number). */
export function nullPValue(statistic: number, nullStatistics: readonly number[]): number {
  const above = nullStatistics.filter((value) => value >= statistic).length;
  return (1 + above) / (1 + nullStatistics.length);
}
