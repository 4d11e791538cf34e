// Attention within sets of rows, and what is composed of numbers one by one.
import { exponential } from "./math";
import { axpy } from "./rows";
import { dot } from "./weights";

/** Added to lengths: no cosine is infinite. */
const LEAST_LENGTH: f32 = 1e-6;

/** y = factor · x over n floats, or added. Buffers are padded to four floats. */
export function scale(n: i32, factor: f32, x: usize, y: usize, adds: i32): void {
  const by = f32x4.splat(factor);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const v = f32x4.mul(by, v128.load(x + i));
    v128.store(y + i, adds ? f32x4.add(v128.load(y + i), v) : v);
  }
}

/** z = x · y over n floats, or added. Buffers are padded to four floats. */
export function multiply(n: i32, x: usize, y: usize, z: usize, adds: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const v = f32x4.mul(v128.load(x + i), v128.load(y + i));
    v128.store(z + i, adds ? f32x4.add(v128.load(z + i), v) : v);
  }
}

/** s[i] = <x, y> / ((|x| + 1e-6) (|y| + 1e-6)) of rows i. */
export function rowCosines(rows: i32, cols: i32, x: usize, y: usize, s: usize): void {
  const step = <usize>cols << 2;
  for (let i = 0; i < rows; i++) {
    const lengths = (sqrt(dot(cols, x, x)) + LEAST_LENGTH) * (sqrt(dot(cols, y, y)) + LEAST_LENGTH);
    store<f32>(s + (<usize>i << 2), dot(cols, x, y) / lengths);
    x += step;
    y += step;
  }
}

/** Backward of {@link rowCosines}: adds to dx and dy. */
export function rowCosinesBackward(rows: i32, cols: i32, x: usize, y: usize, ds: usize, dx: usize, dy: usize): void {
  const step = <usize>cols << 2;
  for (let i = 0; i < rows; i++) {
    const lx = sqrt(dot(cols, x, x)), ly = sqrt(dot(cols, y, y));
    const ax = lx + LEAST_LENGTH, ay = ly + LEAST_LENGTH;
    const g = load<f32>(ds + (<usize>i << 2)) / (ax * ay);
    const along = g * dot(cols, x, y);
    axpy(cols, g, y, dx);
    axpy(cols, g, x, dy);
    if (lx > 0) axpy(cols, -along / (ax * lx), x, dx);
    if (ly > 0) axpy(cols, -along / (ay * ly), y, dy);
    x += step;
    y += step;
    dx += step;
    dy += step;
  }
}

/** The softmax over rows first … last - 1 of k of <q, k> / sqrt(cols), written to `shares`. */
function sharesOf(first: i32, last: i32, cols: i32, q: usize, k: usize, shares: usize): void {
  const root: f32 = 1 / sqrt(<f32>cols);
  let most: f32 = -Infinity;
  for (let j = first; j < last; j++) {
    const s = root * dot(cols, q, k + (<usize>(j * cols) << 2));
    store<f32>(shares + (<usize>(j - first) << 2), s);
    most = max(most, s);
  }
  let total: f32 = 0;
  const end = <usize>(last - first) << 2;
  for (let j: usize = 0; j < end; j += 4) {
    const e = exponential(load<f32>(shares + j) - most);
    store<f32>(shares + j, e);
    total += e;
  }
  for (let j: usize = 0; j < end; j += 4) store<f32>(shares + j, load<f32>(shares + j) / total);
}

/** y[i, :] = sum_j share_ij v[j, :] over the rows j of i's set, from[s] <= j < from[s + 1]. */
export function attention(sets: i32, from: usize, cols: i32, q: usize, k: usize, v: usize, shares: usize, y: usize): void {
  const step = <usize>cols << 2;
  for (let s = 0; s < sets; s++) {
    const first = load<i32>(from), last = load<i32>(from, 4);
    for (let i = first; i < last; i++) {
      const at = step * <usize>i;
      sharesOf(first, last, cols, q + at, k, shares);
      memory.fill(y + at, 0, step);
      for (let j = first; j < last; j++) axpy(cols, load<f32>(shares + (<usize>(j - first) << 2)), v + step * <usize>j, y + at);
    }
    from += 4;
  }
}

/** Backward of {@link attention}: adds to dq, dk and dv. */
export function attentionBackward(
  sets: i32, from: usize, cols: i32, q: usize, k: usize, v: usize, shares: usize, dy: usize, dq: usize, dk: usize, dv: usize,
): void {
  const step = <usize>cols << 2;
  const root: f32 = 1 / sqrt(<f32>cols);
  for (let s = 0; s < sets; s++) {
    const first = load<i32>(from), last = load<i32>(from, 4);
    for (let i = first; i < last; i++) {
      const at = step * <usize>i;
      sharesOf(first, last, cols, q + at, k, shares);
      let mean: f32 = 0;
      for (let j = first; j < last; j++)
        mean += load<f32>(shares + (<usize>(j - first) << 2)) * dot(cols, dy + at, v + step * <usize>j);
      for (let j = first; j < last; j++) {
        const other = step * <usize>j;
        const share = load<f32>(shares + (<usize>(j - first) << 2));
        const slope = root * share * (dot(cols, dy + at, v + other) - mean);
        axpy(cols, share, dy + at, dv + other);
        axpy(cols, slope, k + other, dq + at);
        axpy(cols, slope, q + at, dk + other);
      }
    }
    from += 4;
  }
}
