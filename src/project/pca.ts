import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";
import { checkInteger, checkKeys } from "../core/index.js";
import { checkPoints, fromRows, type Points } from "./points.js";

/** Options of {@link pca}. */
export interface PcaOptions {
  /** Directions to keep, 1 … min(n - 1, D); default 2. */
  readonly components?: number;
}

/** Points on their principal components, and what these are. */
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
  const { mean, centred } = centre(points);
  const axes = n > dimension ? axesOfCovariance(centred, n, dimension) : axesOfPoints(centred, n, dimension);
  const total = axes.variance.reduce((sum, value) => sum + value, 0);
  const directions = axes.directions.slice(0, components).map(withFixedSign);
  const coordinates = Array.from({ length: n }, (_, i) => {
    const row = centred.subarray(i * dimension, (i + 1) * dimension);
    return directions.map((direction) => row.reduce((sum, value, d) => sum + value * direction[d], 0));
  });
  const variance = axes.variance.slice(0, components);
  return {
    points: fromRows(coordinates, components),
    directions: fromRows(directions, dimension).values,
    mean: Float32Array.from(mean),
    variance,
    explained: variance.map((value) => (total === 0 ? 0 : value / total)),
  };
}

/** All directions and the variances along them, largest first. */
interface Axes {
  readonly directions: readonly number[][];
  readonly variance: readonly number[];
}

function centre({ values, dimension }: Points): { mean: Float64Array; centred: Float64Array } {
  const mean = new Float64Array(dimension);
  const n = values.length / dimension;
  values.forEach((value, i) => (mean[i % dimension] += value / n));
  return { mean, centred: Float64Array.from(values, (value, i) => value - mean[i % dimension]) };
}

/** For many points: the covariance [D, D] is smaller than they are. */
function axesOfCovariance(centred: Float64Array, n: number, dimension: number): Axes {
  const rows = Array.from({ length: dimension }, () => new Float64Array(dimension));
  for (let i = 0; i < n; i++) {
    const point = centred.subarray(i * dimension, (i + 1) * dimension);
    for (let a = 0; a < dimension; a++) {
      const row = rows[a];
      for (let b = 0; b <= a; b++) row[b] += point[a] * point[b];
    }
  }
  const covariance = new Matrix(dimension, dimension);
  for (let a = 0; a < dimension; a++) {
    for (let b = 0; b <= a; b++) {
      covariance.set(a, b, rows[a][b] / (n - 1));
      covariance.set(b, a, rows[a][b] / (n - 1));
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, j) => j).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    directions: order.map((j) => eigenvectorMatrix.getColumn(j)),
    variance: order.map((j) => Math.max(0, realEigenvalues[j])),
  };
}

function axesOfPoints(centred: Float64Array, n: number, dimension: number): Axes {
  const matrix = Matrix.from1DArray(n, dimension, centred);
  const svd = new SingularValueDecomposition(matrix, { autoTranspose: true });
  return {
    directions: svd.diagonal.map((_, j) => svd.rightSingularVectors.getColumn(j)),
    variance: svd.diagonal.map((value) => value ** 2 / (n - 1)),
  };
}

function withFixedSign(direction: number[]): number[] {
  let largest = 0;
  for (const value of direction) if (Math.abs(value) > Math.abs(largest) * (1 + 1e-9)) largest = value;
  return largest < 0 ? direction.map((value) => -value) : direction;
}
