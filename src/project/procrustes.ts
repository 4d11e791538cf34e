import { determinant, Matrix, SingularValueDecomposition } from "ml-matrix";
import { checkKeys, InputError } from "../core/index.js";
import { applyAffine, rootMeanSquare, type AffineMap } from "./affine-map.js";
import { checkPaired, toRows, type Points } from "./points.js";

/** Options of {@link procrustes}: which motions are allowed. */
export interface ProcrustesOptions {
  /** Whether the points may be stretched, alike in all directions; default false. */
  readonly scale?: boolean;
  /** Whether the points may be mirrored; default true. */
  readonly reflection?: boolean;
}

/** The rotation, scaling and shift that bring points nearest to their target, the points that they moved, and how far those are from it. */
export interface ProcrustesResult extends AffineMap {
  /** The moved points, shape [n, d]. */
  readonly aligned: Points;
  /** Orthogonal, row-major [d, d]; `matrix` is `scale` times it. */
  readonly rotation: Float64Array;
  readonly scale: number;
  /** Root mean squared distance between `aligned` and the target. */
  readonly residual: number;
}

/**
 * The rigid motion (rotation, shift; reflection and scale where allowed) that brings points nearest to their target in
 * the sense of least squares.
 * @source Schönemann 1966; for rotations without reflection Kabsch 1976
 * @throws InputError when the shapes differ, or scale is asked for and the points are all one
 */
export function procrustes(
  points: Points,
  target: Points,
  options: ProcrustesOptions = {},
): ProcrustesResult {
  checkKeys("procrustes", options, ["scale", "reflection"]);
  const { scale: mayScale = false, reflection = true } = options;
  checkPaired("procrustes", points, target);
  const d = points.dimension;
  if (target.dimension !== d) {
    throw new InputError(
      `procrustes: points and target must share their dimension, got ${d} and ${target.dimension}`,
    );
  }
  const [x, meanX] = centred(points);
  const [y, meanY] = centred(target);
  const svd = new SingularValueDecomposition(y.transpose().mmul(x));
  const u = svd.leftSingularVectors;
  const v = svd.rightSingularVectors;
  const signs = Array.from({ length: d }, () => 1);
  if (!reflection && determinant(u) * determinant(v) < 0) signs[d - 1] = -1;
  const rotation = u.mmul(Matrix.diag(signs)).mmul(v.transpose());
  const spread = x.norm("frobenius") ** 2;
  if (mayScale && spread === 0)
    throw new InputError("procrustes: points that are all the same cannot be scaled");
  const scale = mayScale ? svd.diagonal.reduce((sum, value, i) => sum + value * signs[i], 0) / spread : 1;
  const matrix = Matrix.mul(rotation, scale);
  const shift = matrix.mmul(Matrix.columnVector(meanX)).to1DArray();
  const map: AffineMap = {
    matrix: Float64Array.from(matrix.to1DArray()),
    offset: Float64Array.from(meanY, (value, i) => value - shift[i]),
  };
  const aligned = applyAffine(map, points);
  const residual = rootMeanSquare(aligned, target);
  return { ...map, aligned, rotation: Float64Array.from(rotation.to1DArray()), scale, residual };
}

function centred(points: Points): [Matrix, number[]] {
  const matrix = new Matrix(toRows(points));
  const mean = matrix.mean("column");
  return [matrix.subRowVector(mean), mean];
}
