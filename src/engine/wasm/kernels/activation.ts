// Bias, dropout and activation of hidden layers, and their backward passes, four lanes at a time.
import { exp4, ln4, LEAST_LOGGED, normalCdf4, normalPdf4 } from "./math";
import { addColumns, axpy } from "./rows";

/** Slope of the leaky relu below 0. */
const LEAK: f32 = 0.2;

/** x[i, :] += bias. */
export function addBias(rows: i32, cols: i32, x: usize, bias: usize): void {
  for (let i = 0; i < rows; i++) axpy(cols, 1, bias, x + (<usize>(i * cols) << 2));
}

/** 1 - 2 / (e^(2 x) + 1). */
// @ts-ignore: decorator
@inline
function tanh4(v: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(v, v)), one)));
}

// @ts-ignore: decorator
@inline
function clamp4(v: v128): v128 {
  return f32x4.max(f32x4.min(v, f32x4.splat(1)), f32x4.splat(-1));
}

// @ts-ignore: decorator
@inline
function activation(kind: i32, v: v128): v128 {
  if (kind == 3) return f32x4.max(v, f32x4.mul(v, f32x4.splat(LEAK)));
  if (kind > 3) return kind == 4 ? tanh4(v) : kind == 5 ? exp4(v) : kind == 6 ? clamp4(v) : ln4(v);
  return kind == 0 ? v : kind == 1 ? f32x4.max(v, f32x4.splat(0)) : f32x4.mul(v, normalCdf4(v));
}

/** x[i, :] += bias and out = activation(x), in one pass where rows are whole vectors; x and out may be the same. Buffers are padded to four floats. */
export function activateWithBias(kind: i32, rows: i32, cols: i32, x: usize, bias: usize, out: usize): void {
  if (cols & 3) {
    addBias(rows, cols, x, bias);
    activate(kind, rows * cols, x, out);
    return;
  }
  for (let row = 0; row < rows; row++) {
    // a loop of its own for what networks mostly have: the others choose at every vector
    if (kind == 3 && x == out) {
      for (let i: usize = 0; i < <usize>cols << 2; i += 16)
        v128.store(out + i, activation(3, f32x4.add(v128.load(x + i), v128.load(bias + i))));
    } else {
      for (let i: usize = 0; i < <usize>cols << 2; i += 16) {
        const v = f32x4.add(v128.load(x + i), v128.load(bias + i));
        v128.store(x + i, v);
        v128.store(out + i, activation(kind, v));
      }
    }
    x += <usize>cols << 2;
    out += <usize>cols << 2;
  }
}

/** out = activation(x); kind 0 linear, 1 relu, 2 gelu (exact), 3 leaky relu, 4 tanh, 5 e^x, 6 clamped to -1 … 1, 7 ln x. Buffers are padded to four floats. */
export function activate(kind: i32, n: i32, x: usize, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) v128.store(out + i, activation(kind, v128.load(x + i)));
}

/** g activation'(v); of relu, leaky relu, tanh and e^x v is what comes out: it says all. */
// @ts-ignore: decorator
@inline
function backward(kind: i32, v: v128, g: v128): v128 {
  if (kind == 3) return v128.bitselect(g, f32x4.mul(g, f32x4.splat(LEAK)), f32x4.gt(v, f32x4.splat(0)));
  if (kind == 1) return v128.and(g, f32x4.gt(v, f32x4.splat(0)));
  if (kind == 4) return f32x4.mul(g, f32x4.sub(f32x4.splat(1), f32x4.mul(v, v)));
  if (kind == 5) return f32x4.mul(g, v);
  if (kind == 6) return v128.and(g, f32x4.le(f32x4.abs(v), f32x4.splat(1)));
  if (kind == 7) return v128.and(f32x4.div(g, v), f32x4.gt(v, f32x4.splat(LEAST_LOGGED)));
  return kind == 2 ? f32x4.mul(g, f32x4.add(normalCdf4(v), f32x4.mul(v, normalPdf4(v)))) : g;
}

/** gradient *= activation', in place, by x or by what came out of it (see `backward`); where `sums` is not 0, its columns' sums are added to that, in the same pass where rows are whole vectors. */
export function activateBackward(kind: i32, rows: i32, cols: i32, x: usize, gradient: usize, sums: usize): void {
  if (sums == 0 || cols & 3) {
    for (let i: usize = 0; i < <usize>(rows * cols) << 2; i += 16)
      v128.store(gradient + i, backward(kind, v128.load(x + i), v128.load(gradient + i)));
    if (sums != 0) addColumns(rows, cols, gradient, sums);
    return;
  }
  for (let row = 0; row < rows; row++) {
    if (kind == 3) {
      for (let i: usize = 0; i < <usize>cols << 2; i += 16) {
        const g = backward(3, v128.load(x + i), v128.load(gradient + i));
        v128.store(gradient + i, g);
        v128.store(sums + i, f32x4.add(v128.load(sums + i), g));
      }
    } else {
      for (let i: usize = 0; i < <usize>cols << 2; i += 16) {
        const g = backward(kind, v128.load(x + i), v128.load(gradient + i));
        v128.store(gradient + i, g);
        v128.store(sums + i, f32x4.add(v128.load(sums + i), g));
      }
    }
    x += <usize>cols << 2;
    gradient += <usize>cols << 2;
  }
}

/** Of rows c of a product: 1: activateWithBias in place, `other` the bias; 2: they are gradients, activateBackward by `other`. */
export function finishRows(after: i32, kind: i32, rows: i32, cols: i32, c: usize, other: usize, sums: usize): void {
  if (after == 1) activateWithBias(kind, rows, cols, c, other, c);
  else activateBackward(kind, rows, cols, other, c, sums);
}

/** x[i] = keep ? x[i] / (1 - p) : 0. The same seed gives the same mask, so the backward pass calls this again. */
export function dropout(n: i32, x: usize, p: f32, seed: u32): void {
  const threshold = <u32>(p * 4294967296.0);
  const scale: f32 = 1 / (1 - p);
  for (let i = 0; i < n; i++) {
    let h = <u32>i * 0x9e3779b1 ^ seed;
    h = (h ^ (h >> 16)) * 0x85ebca6b;
    h = (h ^ (h >> 13)) * 0xc2b2ae35;
    h ^= h >> 16;
    const at = x + (<usize>i << 2);
    store<f32>(at, h >= threshold ? load<f32>(at) * scale : 0);
  }
}
