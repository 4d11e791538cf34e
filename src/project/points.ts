import { checkFinite, checkInteger, checkObject, InputError } from "../core/index.js";

/** n points in a space of `dimension` D: row-major, shape [n, D]. */
export interface Points {
  readonly values: Float32Array;
  readonly dimension: number;
}

/** @returns n. @throws InputError unless the points are rectangular, finite and at least `atLeast` */
export function checkPoints(what: string, points: Points, atLeast = 1): number {
  checkObject(what, points, ["values", "dimension"], "points, { values: Float32Array, dimension }");
  const { values, dimension } = points;
  checkInteger(`${what}.dimension`, dimension, { min: 1 });
  if (values.length % dimension !== 0) {
    throw new InputError(`${what} must be [n, ${dimension}], got ${values.length} numbers`);
  }
  checkFinite(what, values, dimension);
  const n = values.length / dimension;
  if (n < atLeast) throw new InputError(`${what} must have at least ${atLeast} points, got ${n}`);
  return n;
}

/** @returns n. @throws InputError unless both have the same number of points */
export function checkPaired(caller: string, points: Points, target: Points): number {
  const n = checkPoints(`${caller}: points`, points);
  const m = checkPoints(`${caller}: target`, target);
  if (n !== m) throw new InputError(`${caller}: points and target must be pairs, got ${n} and ${m}`);
  return n;
}

/** The rows as plain arrays, for packages that want them so. */
export function toRows({ values, dimension }: Points): number[][] {
  return Array.from({ length: values.length / dimension }, (_, i) =>
    Array.from(values.subarray(i * dimension, (i + 1) * dimension)),
  );
}

/** Row-major points from rows; `dimension` is their length. */
export function fromRows(rows: readonly (readonly number[])[], dimension: number): Points {
  const values = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => values.set(row, i * dimension));
  return { values, dimension };
}
