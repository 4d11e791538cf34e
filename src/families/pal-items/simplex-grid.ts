import { checkInteger } from "../../core/index.js";

/** Steps from corner to corner by K: more prototypes have a coarser grid, so that it stays below 90 points. */
const STEPS = [0, 0, 12, 6, 4, 4, 3, 3, 2];

/** Points of a regular grid on the simplex, corners included: where a user's weights can be. Row-major [G, K]. */
export function simplexGrid(k: number, steps: number = STEPS[k] ?? 2): Float64Array {
  checkInteger("simplexGrid: k", k, { min: 1 });
  if (k === 1) return Float64Array.of(1);
  const points: number[] = [];
  const fill = (head: readonly number[], left: number): void => {
    if (head.length === k - 1) points.push(...head.map((value) => value / steps), left / steps);
    else for (let value = 0; value <= left; value++) fill([...head, value], left - value);
  };
  fill([], steps);
  return Float64Array.from(points);
}

/** How readily a user can agree beside what they think, in log odds. */
const READINESS = [-1, 0, 1];

/** Where a user can be: points of the grid, each with every readiness where users vote. */
export function placesOf(
  k: number,
  isLifted: boolean,
): { readonly grid: Float64Array; readonly lift: Float64Array } {
  const points = simplexGrid(k);
  const lifts = isLifted ? READINESS : [0];
  const grid = Float64Array.from(
    { length: points.length * lifts.length },
    (_, i) => points[i % points.length],
  );
  const lift = Float64Array.from(
    { length: grid.length / k },
    (_, g) => lifts[Math.floor((g * k) / points.length)],
  );
  return { grid, lift };
}
