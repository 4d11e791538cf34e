import { dot, newtonStep, type Problem } from "../../families/index.js";
import type { KnownColumn } from "./known-column.js";

const POPULARITY = 2;
/** Standard deviation of a group's utilities around those of all, and of utilities around 0, in log odds. */
const SPREAD = 0.7;
/** Utilities that all users share: each counts as `share` says. */
export function oneReward(
  problem: Problem,
  share: (user: number) => number,
  around?: Float64Array,
): Float64Array {
  const centre = around ?? new Float64Array(problem.mean.width);
  const means = centre.slice();
  // hardly any prior where nothing is known before: the score test is of the likeliest utilities
  const precision = around === undefined ? 1e-4 : 1 / SPREAD ** 2;
  for (let step = 0; step < 12; step++) newtonStep(problem, means, { share, centre, precision });
  return means;
}

export function shrunk(problem: Problem, share: (user: number) => number): Float64Array {
  const centre = new Float64Array(problem.mean.width);
  const means = centre.slice();
  for (let step = 0; step < 12; step++)
    newtonStep(problem, means, { share, centre, precision: 1 / POPULARITY ** 2 });
  return means;
}

/** Groups' indices, or numbers less their mean over their standard deviation; NaN where nothing is known. */
export function valuesByUser(problem: Problem, { type, place, value }: KnownColumn): Float64Array {
  const of = new Float64Array(problem.users).fill(NaN);
  const mean = value.reduce((a, b) => a + b, 0) / value.length;
  const deviation = Math.sqrt(value.reduce((sum, x) => sum + (x - mean) ** 2, 0) / value.length) || 1;
  place.forEach((u, i) => (of[u] = type === "numeric" ? (value[i] - mean) / deviation : value[i]));
  return of;
}

interface ByColumn {
  readonly common: Float64Array;
  readonly learns: (user: number) => number;
  readonly valueOf: Float64Array;
}

export function scoreBy(
  problem: Problem,
  column: KnownColumn,
  { common, learns, valueOf }: ByColumn,
): (user: number, row: number) => number {
  if (column.type === "categorical") {
    const groups = column.groups.map((_, g) =>
      oneReward(problem, (u) => (valueOf[u] === g ? learns(u) : 0), common),
    );
    return (u, row) => dot(problem.mean, row, groups[valueOf[u]], 0);
  }
  const slope = slopes(problem, { common, learns, valueOf });
  return (u, row) => dot(problem.mean, row, common, 0) + valueOf[u] * dot(problem.mean, row, slope, 0);
}

/** Change of utilities a standard deviation of a number, Newton steps on the tilted design. */
export function slopes(problem: Problem, { common, learns, valueOf }: ByColumn): Float64Array {
  const { mean } = problem;
  const d = mean.width;
  const start = mean.start;
  const tilted = mean.value.slice();
  problem.user.forEach((u, row) => {
    const x = Number.isNaN(valueOf[u]) ? 0 : valueOf[u];
    for (let e = start[row]; e < start[row + 1]; e++) tilted[e] *= x;
  });
  // both parts together: [z, x z]
  const wide = {
    ...problem,
    mean: {
      width: 2 * d,
      start: start.map((value) => 2 * value),
      column: Int32Array.from({ length: 2 * mean.column.length }, (_, i) => pairOf(mean, i, d).column),
      value: Float64Array.from({ length: 2 * mean.column.length }, (_, i) => {
        const { at, isTilted } = pairOf(mean, i, d);
        return isTilted ? tilted[at] : mean.value[at];
      }),
    },
  };
  const x = new Float64Array(2 * d);
  x.set(common);
  const centre = x.slice();
  for (let step = 0; step < 12; step++)
    newtonStep(wide, x, { share: learns, centre, precision: 1 / SPREAD ** 2 });
  return x.slice(d);
}

function pairOf(
  { column }: { readonly column: Int32Array },
  i: number,
  d: number,
): { readonly column: number; readonly at: number; readonly isTilted: boolean } {
  const at = i >> 1;
  const isTilted = i % 2 === 1;
  return { column: column[at] + (isTilted ? d : 0), at, isTilted };
}
