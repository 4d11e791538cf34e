import { checkNumbers } from "../../core/index.js";
/** Points in a plane, one pair each. */
export type PlanePoints = readonly (readonly [number, number])[];

/** Row-major values, shape [n, 2], as pairs with 5 significant digits. */
export function planePoints(values: ArrayLike<number>): PlanePoints {
  checkNumbers("planePoints: values", values);
  const round = (x: number): number => Number(x.toPrecision(5));
  return Array.from(
    { length: values.length / 2 },
    (_, i) => [round(values[2 * i]), round(values[2 * i + 1])] as const,
  );
}
