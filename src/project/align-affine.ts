import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { InputError } from "../core/index.js";
import { applyAffine, rootMeanSquare, type AffineMap } from "./affine-map.js";
import { checkPaired, toRows, type Points } from "./points.js";

/** An affine map, the points that it moved, and how far they are from their target. */
export interface AffineAlignment extends AffineMap {
  /** The moved points, shape [n, dimension of the target]. */
  readonly aligned: Points;
  /** Root mean squared distance between `aligned` and the target. */
  readonly residual: number;
}

/**
 * The affine map that brings points nearest to their target (least squares; the smallest map where several do equally
 * well). A latent space of PAL is known only up to such a map, since f is a free linear map: align items to the true
 * items, then move prototypes and users with the same map.
 * @throws InputError for fewer pairs than dimension + 1, which any map would fit
 */
export function alignAffine(points: Points, target: Points): AffineAlignment {
  const n = checkPaired("alignAffine", points, target);
  const from = points.dimension;
  const to = target.dimension;
  if (n <= from) {
    throw new InputError(
      `alignAffine: ${from} dimensions need at least ${from + 1} pairs of points, got ${n}`,
    );
  }
  const x = new Matrix(toRows(points));
  const y = new Matrix(toRows(target));
  const meanX = x.mean("column");
  const meanY = y.mean("column");
  const svd = new SingularValueDecomposition(x.subRowVector(meanX), { autoTranspose: true });
  const weights = svd.solve(y.subRowVector(meanY));
  const shift = Matrix.rowVector(meanX).mmul(weights).to1DArray();
  const map: AffineMap = {
    matrix: Float64Array.from(weights.transpose().to1DArray()),
    offset: Float64Array.from({ length: to }, (_, t) => meanY[t] - shift[t]),
  };
  const aligned = applyAffine(map, points);
  return { ...map, aligned, residual: rootMeanSquare(aligned, target) };
}
