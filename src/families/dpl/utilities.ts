import { exp, log } from "../../core/index.js";
import type { RowMap } from "../latent.js";
import { NAMES, project, projectorOf } from "../parts/index.js";
import type { Dpl } from "./dpl.js";

/** What a DPL model knows of items by their features, [n, 2] or [n, atoms], as {@link utilityMoments} reads it. */
export function utilityMap({ architecture }: Pick<Dpl, "architecture">): RowMap {
  const map = { prefix: NAMES.items, projector: projectorOf({ architecture }) };
  return (ops, p, x) => project(ops, p, map, x);
}

/** Mean and standard deviation of items' random utilities, shape [n] each. */
export interface UtilityMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * The moments of the utilities that a DPL model gives to items. Their origin, and for `mean-variance` their scale, are whatever training ended with:
 * comparisons say nothing of them; atoms lie on [0, 1].
 * @param rows what {@link utilityMap} gives, row-major [n, 2] or [n, atoms]
 */
export function utilityMoments(
  model: Pick<Dpl, "variant" | "atoms" | "spread" | "largestDeviation">,
  rows: Float32Array,
): UtilityMoments {
  const width = model.variant === "categorical" ? model.atoms : 2;
  const n = rows.length / width;
  const [mean, deviation] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    [mean[i], deviation[i]] = model.variant === "categorical" ? ofAtoms(row) : ofGaussian(model, row);
  }
  return { mean, deviation };
}

function ofGaussian(
  { spread, largestDeviation }: Pick<Dpl, "spread" | "largestDeviation">,
  [m, x]: Float32Array,
): [mean: number, deviation: number] {
  return [m, Math.min(spread === "exp" ? exp(x - 2) : log(1 + exp(x)), largestDeviation)];
}

function ofAtoms(logits: Float32Array): [mean: number, deviation: number] {
  const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const raised = Float64Array.from(logits, (value) => exp(value - largest));
  const total = raised.reduce((sum, value) => sum + value, 0);
  const moment = (power: number): number =>
    raised.reduce((sum, value, i) => sum + (value / total) * (i / (raised.length - 1)) ** power, 0);
  const mean = moment(1);
  return [mean, Math.sqrt(Math.max(0, moment(2) - mean * mean))];
}
