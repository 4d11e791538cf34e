import { cholesky, quantile } from "../../core/index.js";

/** Part of what is believed that a region holds. */
export const HELD = 0.9;

/** The ellipse that holds 90 % of what is believed of a user. */
export interface Region {
  /** Coordinates it lies in, D: of points on a simplex all but the last, which follows from them. */
  readonly dimension: number;
  /** Shape [D]. */
  readonly mean: Float64Array;
  /** Row-major [D, D], lower triangle: its square is the covariance. */
  readonly spread: Float64Array;
  /** Square root of the covariance's determinant: in proportion to the ellipse's area. */
  readonly size: number;
  /** Of the ellipse's edge, in standard deviations. */
  readonly radius: number;
}

/** Added to variances, so that draws that lie on a line or at a point have an ellipse. */
const LEAST_VARIANCE = 1e-9;

/**
 * The region of 90 % of draws from a posterior: an ellipse around their mean, of the shape of their covariance.
 * @param draws row-major [n, width]
 * @param isOnSimplex whether the numbers of a draw add up to 1
 */
export function regionOf(draws: ArrayLike<number>, width: number, isOnSimplex: boolean): Region {
  const [n, d] = [draws.length / width, isOnSimplex ? width - 1 : width];
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += draws[i * width + j] / n;
  const covariance = new Float64Array(d * d);
  for (let j = 0; j < d; j++) covariance[j * (d + 1)] = LEAST_VARIANCE;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const off = (draws[i * width + j] - mean[j]) / n;
      for (let l = 0; l < d; l++) covariance[j * d + l] += off * (draws[i * width + l] - mean[l]);
    }
  }
  const spread = cholesky(covariance, d);
  const shape = { dimension: d, mean, spread };
  const distances = Array.from({ length: n }, (_, i) =>
    distance(
      shape,
      Array.from({ length: d }, (_, j) => draws[i * width + j]),
    ),
  );
  const size = mean.reduce((product, _, j) => product * spread[j * (d + 1)], 1);
  return { ...shape, size, radius: quantile(distances, HELD) };
}

/** Whether a state lies in a region. */
export function isWithin(region: Region, state: ArrayLike<number>): boolean {
  return distance(region, state) <= region.radius;
}

/** The edge of a region of two coordinates, row-major [corners, 2]. */
export function outlineOf({ mean, spread, radius }: Region, corners = 64): Float32Array {
  return Float32Array.from({ length: 2 * corners }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / corners;
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return i % 2 === 0 ? mean[0] + spread[0] * x : mean[1] + spread[2] * x + spread[3] * y;
  });
}

type Shape = Pick<Region, "dimension" | "mean" | "spread">;

/** From the middle, in standard deviations of a draw. */
function distance({ dimension: d, mean, spread }: Shape, state: ArrayLike<number>): number {
  const off = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    off[i] = state[i] - mean[i];
    for (let j = 0; j < i; j++) off[i] -= spread[i * d + j] * off[j];
    off[i] /= spread[i * (d + 1)];
  }
  return Math.sqrt(off.reduce((sum, value) => sum + value * value, 0));
}
