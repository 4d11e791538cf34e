// What transformers need besides: rows of sets side by side, attention to them by several heads, and layer normalisation.
import { exponential } from "./math";
import { axpy } from "./rows";
import { dot } from "./weights";

/** Added to variances, as PyTorch does. */
const LEAST_VARIANCE: f32 = 1e-5;

/** y[s, :] = rows from[s] … of x, `most` of them at most, one behind the other, then zeros. */
export function pack(sets: i32, from: usize, most: i32, cols: i32, x: usize, y: usize): void {
  const step = <usize>cols << 2, whole = step * <usize>most;
  for (let s = 0; s < sets; s++) {
    const first = load<i32>(from);
    const bytes = step * <usize>min(load<i32>(from, 4) - first, most);
    memory.copy(y, x + step * <usize>first, bytes);
    memory.fill(y + bytes, 0, whole - bytes);
    from += 4;
    y += whole;
  }
}

/** Backward of {@link pack}: adds to dx. */
export function packBackward(sets: i32, from: usize, most: i32, cols: i32, dy: usize, dx: usize): void {
  const step = <usize>cols << 2;
  for (let s = 0; s < sets; s++) {
    const first = load<i32>(from);
    const count = min(load<i32>(from, 4) - first, most);
    axpy(count * cols, 1, dy, dx + step * <usize>first);
    from += 4;
    dy += step * <usize>most;
  }
}

/** The softmax over the tokens j of a set whose mask is not 0 of <q, k_j> / sqrt(size); `step` bytes from token to token. False without such tokens. */
function sharesOf(most: i32, size: i32, step: usize, q: usize, k: usize, mask: usize, shares: usize): bool {
  const root: f32 = 1 / sqrt(<f32>size);
  let top: f32 = -Infinity;
  for (let j = 0; j < most; j++) {
    const at = <usize>j << 2;
    if (load<f32>(mask + at) == 0) continue;
    const s = root * dot(size, q, k + step * <usize>j);
    store<f32>(shares + at, s);
    top = max(top, s);
  }
  if (top == -Infinity) return false;
  let total: f32 = 0;
  for (let j: usize = 0; j < <usize>most << 2; j += 4) {
    const e: f32 = load<f32>(mask + j) == 0 ? 0 : exponential(load<f32>(shares + j) - top);
    store<f32>(shares + j, e);
    total += e;
  }
  for (let j: usize = 0; j < <usize>most << 2; j += 4) store<f32>(shares + j, load<f32>(shares + j) / total);
  return true;
}

/**
 * y[i, :] = by each head, which has as many columns, sum_j share_ij v_j over the tokens of i's set, `most` of them, those left out that the mask has 0 for.
 * The set of row i is setOf[i], or where `setOf` is 0 the number of its block of `most` rows.
 */
export function attendTo(
  rows: i32, setOf: usize, most: i32, cols: i32, heads: i32, q: usize, k: usize, v: usize, mask: usize, shares: usize, y: usize,
): void {
  const step = <usize>cols << 2, size = cols / heads;
  for (let i = 0; i < rows; i++) {
    const set = setOf == 0 ? i / most : load<i32>(setOf + (<usize>i << 2));
    const at = step * <usize>i, base = step * <usize>(set * most);
    const own = mask + (<usize>(set * most) << 2);
    memory.fill(y + at, 0, step);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * size) << 2;
      if (!sharesOf(most, size, step, q + at + head, k + base + head, own, shares)) continue;
      for (let j = 0; j < most; j++) {
        const share = load<f32>(shares + (<usize>j << 2));
        if (share != 0) axpy(size, share, v + base + head + step * <usize>j, y + at + head);
      }
    }
  }
}

/** Backward of {@link attendTo}: adds to dq, dk and dv. */
export function attendToBackward(
  rows: i32, setOf: usize, most: i32, cols: i32, heads: i32, q: usize, k: usize, v: usize, mask: usize, shares: usize,
  dy: usize, dq: usize, dk: usize, dv: usize,
): void {
  const step = <usize>cols << 2, size = cols / heads;
  const root: f32 = 1 / sqrt(<f32>size);
  for (let i = 0; i < rows; i++) {
    const set = setOf == 0 ? i / most : load<i32>(setOf + (<usize>i << 2));
    const base = step * <usize>(set * most);
    const own = mask + (<usize>(set * most) << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * size) << 2;
      const at = step * <usize>i + head, to = base + head;
      if (!sharesOf(most, size, step, q + at, k + to, own, shares)) continue;
      let mean: f32 = 0;
      for (let j = 0; j < most; j++) {
        const share = load<f32>(shares + (<usize>j << 2));
        if (share != 0) mean += share * dot(size, dy + at, v + to + step * <usize>j);
      }
      for (let j = 0; j < most; j++) {
        const share = load<f32>(shares + (<usize>j << 2));
        if (share == 0) continue;
        const other = to + step * <usize>j;
        const slope = root * share * (dot(size, dy + at, v + other) - mean);
        axpy(size, share, dy + at, dv + other);
        axpy(size, slope, k + other, dq + at);
        axpy(size, slope, q + at, dk + other);
      }
    }
  }
}

/** y[i, :] = gain (x[i, :] - mean) / sqrt(variance + 1e-5) + shift, mean and variance those of the row. */
export function layerNorm(rows: i32, cols: i32, x: usize, gain: usize, shift: usize, y: usize): void {
  const step = <usize>cols << 2;
  for (let i = 0; i < rows; i++) {
    const mean = meanOf(cols, x);
    const root = rootOf(cols, x, mean);
    for (let j: usize = 0; j < step; j += 4)
      store<f32>(y + j, load<f32>(gain + j) * root * (load<f32>(x + j) - mean) + load<f32>(shift + j));
    x += step;
    y += step;
  }
}

/** Backward of {@link layerNorm}: adds to dx, dGain and dShift. */
export function layerNormBackward(
  rows: i32, cols: i32, x: usize, gain: usize, dy: usize, dx: usize, dGain: usize, dShift: usize,
): void {
  const step = <usize>cols << 2;
  for (let i = 0; i < rows; i++) {
    const mean = meanOf(cols, x);
    const root = rootOf(cols, x, mean);
    let sum: f32 = 0, along: f32 = 0;
    for (let j: usize = 0; j < step; j += 4) {
      const n = root * (load<f32>(x + j) - mean), d = load<f32>(dy + j);
      store<f32>(dGain + j, load<f32>(dGain + j) + d * n);
      store<f32>(dShift + j, load<f32>(dShift + j) + d);
      const g = d * load<f32>(gain + j);
      sum += g;
      along += g * n;
    }
    sum /= <f32>cols;
    along /= <f32>cols;
    for (let j: usize = 0; j < step; j += 4) {
      const n = root * (load<f32>(x + j) - mean), g = load<f32>(dy + j) * load<f32>(gain + j);
      store<f32>(dx + j, load<f32>(dx + j) + root * (g - sum - n * along));
    }
    x += step;
    dy += step;
    dx += step;
  }
}

function meanOf(cols: i32, x: usize): f32 {
  let sum: f32 = 0;
  for (let j: usize = 0; j < <usize>cols << 2; j += 4) sum += load<f32>(x + j);
  return sum / <f32>cols;
}

/** 1 / sqrt(variance + 1e-5). */
function rootOf(cols: i32, x: usize, mean: f32): f32 {
  let sum: f32 = 0;
  for (let j: usize = 0; j < <usize>cols << 2; j += 4) {
    const off = load<f32>(x + j) - mean;
    sum += off * off;
  }
  return 1 / sqrt(sum / <f32>cols + LEAST_VARIANCE);
}
