// States that are Gaussians: means and log variances side by side, and sets of answers that they are found from.
import { exponential } from "./math";
import { axpy } from "./rows";

/** y -= x over n floats. */
export function subtract(n: i32, x: usize, y: usize): void {
  axpy(n, -1, x, y);
}

/** y[i, :] = x[i, first … first + count). */
export function columns(rows: i32, cols: i32, first: i32, count: i32, x: usize, y: usize): void {
  x += <usize>first << 2;
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>count << 2; j += 4) store<f32>(y + j, load<f32>(x + j));
    x += <usize>cols << 2;
    y += <usize>count << 2;
  }
}

/** Backward of {@link columns}: dx[i, first … first + count) += dy[i, :]. */
export function columnsBackward(rows: i32, cols: i32, first: i32, count: i32, dy: usize, dx: usize): void {
  dx += <usize>first << 2;
  for (let i = 0; i < rows; i++) {
    axpy(count, 1, dy, dx);
    dx += <usize>cols << 2;
    dy += <usize>count << 2;
  }
}

/** y[i, :] = the mean (or the sum) of x[r, :] over from[i] <= r < from[i + 1], 0 where there is none. */
export function segmentMean(sets: i32, from: usize, cols: i32, x: usize, y: usize, sums: i32): void {
  for (let i = 0; i < sets; i++) {
    const first = load<i32>(from), last = load<i32>(from, 4);
    memory.fill(y, 0, <usize>cols << 2);
    const share: f32 = sums ? 1 : 1 / <f32>(last - first);
    for (let r = first; r < last; r++) axpy(cols, share, x + (<usize>(r * cols) << 2), y);
    from += 4;
    y += <usize>cols << 2;
  }
}

/** Backward of {@link segmentMean}: adds to the rows of dx. */
export function segmentMeanBackward(sets: i32, from: usize, cols: i32, dy: usize, dx: usize, sums: i32): void {
  for (let i = 0; i < sets; i++) {
    const first = load<i32>(from), last = load<i32>(from, 4);
    const share: f32 = sums ? 1 : 1 / <f32>(last - first);
    for (let r = first; r < last; r++) axpy(cols, share, dy, dx + (<usize>(r * cols) << 2));
    from += 4;
    dy += <usize>cols << 2;
  }
}

/** z[i, :] = m + e^(v / 2) noise for rows (m, v) of `posterior`, [rows, 2 d]. */
export function gaussianSample(rows: i32, d: i32, posterior: usize, noise: usize, z: usize): void {
  const half = <usize>d << 2;
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < half; j += 4) {
      const deviation = exponential(<f32>0.5 * load<f32>(posterior + half + j));
      store<f32>(z + j, load<f32>(posterior + j) + deviation * load<f32>(noise + j));
    }
    posterior += 2 * half;
    noise += half;
    z += half;
  }
}

/** Backward of {@link gaussianSample}: adds to dPosterior. */
export function gaussianSampleBackward(
  rows: i32, d: i32, posterior: usize, noise: usize, dz: usize, dPosterior: usize,
): void {
  const half = <usize>d << 2;
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < half; j += 4) {
      const g = load<f32>(dz + j);
      const slope = <f32>0.5 * exponential(<f32>0.5 * load<f32>(posterior + half + j)) * load<f32>(noise + j);
      store<f32>(dPosterior + j, load<f32>(dPosterior + j) + g);
      store<f32>(dPosterior + half + j, load<f32>(dPosterior + half + j) + g * slope);
    }
    posterior += 2 * half;
    dPosterior += 2 * half;
    noise += half;
    dz += half;
  }
}

/** y[i] = weight · KL of the Gaussian (m, v) in row i to the prior's one row; prior 0: to the standard normal. */
export function gaussianKl(rows: i32, d: i32, posterior: usize, prior: usize, weight: f32, y: usize): void {
  const half = <usize>d << 2;
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < half; j += 4) {
      const m = load<f32>(posterior + j), v = load<f32>(posterior + half + j);
      const shift = prior == 0 ? m : m - load<f32>(prior + j);
      const scale: f32 = prior == 0 ? 0 : load<f32>(prior + half + j);
      sum += scale - v - 1 + exponential(v - scale) + shift * shift * exponential(-scale);
    }
    store<f32>(y + i, <f32>0.5 * weight * sum);
    posterior += 2 * half;
  }
}

/** Backward of {@link gaussianKl}: adds to dPosterior, and where there is a prior to dPrior. */
export function gaussianKlBackward(
  rows: i32, d: i32, posterior: usize, prior: usize, weight: f32, dy: usize, dPosterior: usize, dPrior: usize,
): void {
  const half = <usize>d << 2;
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    const g = weight * load<f32>(dy + i);
    for (let j: usize = 0; j < half; j += 4) {
      const m = load<f32>(posterior + j), v = load<f32>(posterior + half + j);
      const shift = prior == 0 ? m : m - load<f32>(prior + j);
      const scale: f32 = prior == 0 ? 0 : load<f32>(prior + half + j);
      const ratio = exponential(v - scale), inverse = exponential(-scale);
      const perMean = g * shift * inverse;
      store<f32>(dPosterior + j, load<f32>(dPosterior + j) + perMean);
      store<f32>(dPosterior + half + j, load<f32>(dPosterior + half + j) + <f32>0.5 * g * (ratio - 1));
      if (prior == 0) continue;
      store<f32>(dPrior + j, load<f32>(dPrior + j) - perMean);
      const perScale = <f32>0.5 * g * (1 - ratio - shift * shift * inverse);
      store<f32>(dPrior + half + j, load<f32>(dPrior + half + j) + perScale);
    }
    posterior += 2 * half;
    dPosterior += 2 * half;
  }
}
