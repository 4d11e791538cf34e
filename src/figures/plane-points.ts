/** Points in a plane, one pair each. */
export type PlanePoints = readonly (readonly [number, number])[];

/** Row-major values, shape [n, 2], as pairs with 5 significant digits. */
export function planePoints(values: ArrayLike<number>): PlanePoints {
  const round = (x: number): number => Number(x.toPrecision(5));
  return Array.from(
    { length: values.length / 2 },
    (_, i) => [round(values[2 * i]), round(values[2 * i + 1])] as const,
  );
}

/** For each row of weights, shape [n, k], the index of its largest entry; -1 for all where k is 0. */
export function heaviest(weights: ArrayLike<number>, rows: number): number[] {
  const k = weights.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let best = k === 0 ? -1 : 0;
    for (let j = 1; j < k; j++) if (weights[row * k + j] > weights[row * k + best]) best = j;
    return best;
  });
}
