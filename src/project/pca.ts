import { Matrix } from "ml-matrix";
import { PCA } from "ml-pca";
import { checkInteger, checkKeys } from "../core/index.js";
import { checkPoints, fromRows, toRows, type Points } from "./points.js";

export interface PcaOptions {
  /** Directions to keep, 1 … min(n - 1, D); default 2. */
  readonly components?: number;
}

export interface PcaResult {
  /** Coordinates along the components, shape [n, components]. */
  readonly points: Points;
  /** Unit directions, row-major [components, D]; of each, the entry of largest magnitude is positive. */
  readonly directions: Float32Array;
  /** Shape [D]. */
  readonly mean: Float32Array;
  /** Variance along each component (divided by n - 1). */
  readonly variance: readonly number[];
  /** Fraction (0-1) of the whole variance along each component; zeros when all points are one. */
  readonly explained: readonly number[];
}

/**
 * Principal components, with the signs fixed so that the same points give the same picture.
 * @throws InputError for fewer than two points, NaN, or too many components
 */
export function pca(points: Points, options: PcaOptions = {}): PcaResult {
  checkKeys("pca", options, ["components"]);
  const n = checkPoints("pca: points", points, 2);
  const { dimension } = points;
  const { components = 2 } = options;
  checkInteger("pca: components", components, { min: 1, max: Math.min(n - 1, dimension) });
  const rows = toRows(points);
  // The covariance is smaller than the data where n > D; the decomposition of either is that of the other.
  const fitted = new PCA(rows, {
    method: n > dimension ? "covarianceMatrix" : "SVD",
    center: true,
    scale: false,
  });
  const vectors = fitted.getEigenvectors();
  const eigenvalues = fitted.getEigenvalues().map((value) => Math.max(0, value));
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  const directions = Array.from({ length: components }, (_, j) => withFixedSign(vectors.getColumn(j)));
  const mean = Matrix.rowVector(new Matrix(rows).mean("column")).getRow(0);
  const coordinates = rows.map((row) =>
    directions.map((direction) => row.reduce((sum, value, d) => sum + (value - mean[d]) * direction[d], 0)),
  );
  const variance = eigenvalues.slice(0, components);
  return {
    points: fromRows(coordinates, components),
    directions: fromRows(directions, dimension).values,
    mean: Float32Array.from(mean),
    variance,
    explained: variance.map((value) => (total === 0 ? 0 : value / total)),
  };
}

function withFixedSign(direction: number[]): number[] {
  let largest = 0;
  for (const value of direction) if (Math.abs(value) > Math.abs(largest) * (1 + 1e-9)) largest = value;
  return largest < 0 ? direction.map((value) => -value) : direction;
}
