// User weights on the simplex: w = softmax(v), row by row, and mixing per-prototype vectors by them.
import { exp4, madd, sum4 } from "./math";
import { axpy } from "./rows";

/** w[i, :] = softmax(v[index[i], :]) for rows of k; w is padded to four floats. Exponentials run over the whole block at once. */
export function softmaxRows(rows: i32, index: usize, k: i32, v: usize, w: usize): void {
  const bytes = <usize>k << 2;
  let to = w;
  for (let i = 0; i < rows; i++) {
    const from = v + <usize>load<i32>(index + (<usize>i << 2)) * bytes;
    let top = load<f32>(from);
    for (let j: usize = 4; j < bytes; j += 4) top = max(top, load<f32>(from + j));
    for (let j: usize = 0; j < bytes; j += 4) store<f32>(to + j, load<f32>(from + j) - top);
    to += bytes;
  }
  for (let i: usize = 0; i < <usize>(rows * k) << 2; i += 16) v128.store(w + i, exp4(v128.load(w + i)));
  to = w;
  for (let i = 0; i < rows; i++) {
    let total: f32 = 0;
    for (let j: usize = 0; j < bytes; j += 4) total += load<f32>(to + j);
    const inverse: f32 = 1 / total;
    for (let j: usize = 0; j < bytes; j += 4) store<f32>(to + j, load<f32>(to + j) * inverse);
    to += bytes;
  }
}

/** Backward of {@link softmaxRows}: dv[index[i], :] += w[i, :] ∘ (dw[i, :] - <w[i], dw[i]>). */
export function softmaxBackward(rows: i32, index: usize, k: i32, w: usize, dw: usize, dv: usize): void {
  const bytes = <usize>k << 2;
  for (let i = 0; i < rows; i++) {
    const to = dv + <usize>load<i32>(index + (<usize>i << 2)) * bytes;
    let inner: f32 = 0;
    for (let j: usize = 0; j < bytes; j += 4) inner += load<f32>(w + j) * load<f32>(dw + j);
    for (let j: usize = 0; j < bytes; j += 4) {
      store<f32>(to + j, load<f32>(to + j) + load<f32>(w + j) * (load<f32>(dw + j) - inner));
    }
    w += bytes;
    dw += bytes;
  }
}

/** z[b, :] = sum over k of w[user[b], k] · g[k][context[b], :]; the k-th block of g starts `block` floats after the one before. */
export function mixRows(count: i32, k: i32, d: i32, user: usize, w: usize, context: usize, g: usize, block: i32, z: usize): void {
  for (let b = 0; b < count; b++) {
    const weights = w + (<usize>(load<i32>(user + (<usize>b << 2)) * k) << 2);
    const offset = <usize>(load<i32>(context + (<usize>b << 2)) * d) << 2;
    const out = z + (<usize>(b * d) << 2);
    memory.fill(out, 0, <usize>d << 2);
    for (let j = 0; j < k; j++) axpy(d, load<f32>(weights + (<usize>j << 2)), g + (<usize>(j * block) << 2) + offset, out);
  }
}

/** Backward of {@link mixRows}: dw[user[b], k] += <g, dz[b]>, dg[k][context[b], :] += w · dz[b, :]. */
export function mixRowsBackward(
  count: i32, k: i32, d: i32, user: usize, w: usize, context: usize, g: usize, block: i32, dz: usize, dw: usize, dg: usize,
): void {
  for (let b = 0; b < count; b++) {
    const row = <usize>(load<i32>(user + (<usize>b << 2)) * k) << 2;
    const offset = <usize>(load<i32>(context + (<usize>b << 2)) * d) << 2;
    const gradient = dz + (<usize>(b * d) << 2);
    for (let j = 0; j < k; j++) {
      const at = (<usize>(j * block) << 2) + offset;
      const weight = row + (<usize>j << 2);
      store<f32>(dw + weight, load<f32>(dw + weight) + dot(d, g + at, gradient));
      axpy(d, load<f32>(w + weight), gradient, dg + at);
    }
  }
}

/** <x, y> over n floats. */
// @ts-ignore: decorator
@inline
export function dot(n: i32, x: usize, y: usize): f32 {
  const whole = <usize>(n & ~3) << 2;
  let sum = f32x4.splat(0);
  let i: usize = 0;
  for (; i < whole; i += 16) sum = madd(v128.load(x + i), v128.load(y + i), sum);
  let total = sum4(sum);
  for (; i < <usize>n << 2; i += 4) total += load<f32>(x + i) * load<f32>(y + i);
  return total;
}
