import { checkObject, InputError } from "../core/index.js";
import { checkPoints, type Points } from "./points.js";

/** x ↦ matrix · x + offset. */
export interface AffineMap {
  /** Row-major [to, from]. */
  readonly matrix: Float64Array;
  /** Shape [to]. */
  readonly offset: Float64Array;
}

/** Moves points with a map, for example prototypes and users with the map that was found for items. @throws InputError */
export function applyAffine(map: AffineMap, points: Points): Points {
  checkObject(
    "applyAffine: map",
    map,
    ["matrix", "offset"],
    "a map, as alignAffine and procrustes return it",
  );
  const n = checkPoints("applyAffine: points", points, 0);
  const from = points.dimension;
  const to = map.offset.length;
  if (map.matrix.length !== from * to) {
    throw new InputError(
      `applyAffine: the map is from dimension ${map.matrix.length / to}, got points of dimension ${from}`,
    );
  }
  const values = new Float32Array(n * to);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < to; t++) {
      let sum = map.offset[t];
      for (let f = 0; f < from; f++) sum += map.matrix[t * from + f] * points.values[i * from + f];
      values[i * to + t] = sum;
    }
  }
  return { values, dimension: to };
}

/** Root mean squared distance between pairs of points. */
export function rootMeanSquare(points: Points, target: Points): number {
  let sum = 0;
  for (let i = 0; i < points.values.length; i++) sum += (points.values[i] - target.values[i]) ** 2;
  return Math.sqrt((sum * points.dimension) / points.values.length);
}
