// Comparisons of items whose utilities are distributions: Gaussians, or probabilities over ordered atoms.
import { exponential, log1p4 } from "./math";

/** sqrt(2 pi): the logistic function of it times z has the slope of the normal distribution function at 0. */
const SLOPE: f32 = 2.5066282746;
/** Below it a probability counts as this: its logarithm stays finite. */
const LEAST: f32 = 1e-30;

// @ts-ignore: decorator
@inline
function deviation(kind: i32, raw: f32, largest: f32): f32 {
  if (kind == 0) return min(exponential(raw - 2), largest);
  const tail = f32x4.extract_lane(log1p4(f32x4.splat(exponential(-abs(raw)))), 0);
  return min(max(raw, <f32>0) + tail, largest);
}

/** The slope of {@link deviation}, for its value s. */
// @ts-ignore: decorator
@inline
function slope(kind: i32, raw: f32, s: f32, largest: f32): f32 {
  if (s >= largest) return 0;
  return kind == 0 ? s : 1 / (1 + exponential(-raw));
}

// @ts-ignore: decorator
@inline
function row(table: usize, index: usize, b: usize, cols: i32): usize {
  return table + (<usize>(load<i32>(index + b) * cols) << 2);
}

/** score[b] = sqrt(2 pi) (m_r - m_l) / sqrt(s_l² + s_r²) for rows (m, raw); kind 0: s = e^(raw - 2), kind 1: s = ln(1 + e^raw). */
export function gaussianScore(count: i32, table: usize, left: usize, right: usize, kind: i32, largest: f32, score: usize): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const l = row(table, left, b, 2), r = row(table, right, b, 2);
    const sl = deviation(kind, load<f32>(l, 4), largest), sr = deviation(kind, load<f32>(r, 4), largest);
    store<f32>(score + b, (SLOPE * (load<f32>(r) - load<f32>(l))) / Mathf.sqrt(sl * sl + sr * sr));
  }
}

/** Backward of {@link gaussianScore}: adds to the rows of dTable. */
export function gaussianBackward(
  count: i32, table: usize, left: usize, right: usize, kind: i32, largest: f32, dScore: usize, dTable: usize,
): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const l = row(table, left, b, 2), r = row(table, right, b, 2);
    const rawL = load<f32>(l, 4), rawR = load<f32>(r, 4);
    const sl = deviation(kind, rawL, largest), sr = deviation(kind, rawR, largest);
    const squared = sl * sl + sr * sr;
    const g = load<f32>(dScore + b);
    const perMean = (SLOPE * g) / Mathf.sqrt(squared);
    const perSpread = (-perMean * (load<f32>(r) - load<f32>(l))) / squared;
    const dl = row(dTable, left, b, 2), dr = row(dTable, right, b, 2);
    store<f32>(dl, load<f32>(dl) - perMean);
    store<f32>(dl, load<f32>(dl, 4) + perSpread * sl * slope(kind, rawL, sl, largest), 4);
    store<f32>(dr, load<f32>(dr) + perMean);
    store<f32>(dr, load<f32>(dr, 4) + perSpread * sr * slope(kind, rawR, sr, largest), 4);
  }
}

/** P(y above x), ties half, for rows of probabilities over the same ordered atoms. */
// @ts-ignore: decorator
@inline
function above(atoms: i32, x: usize, y: usize): f32 {
  let below: f32 = 0, total: f32 = 0;
  for (let i: usize = 0; i < <usize>atoms << 2; i += 4) {
    const p = load<f32>(x + i);
    total += load<f32>(y + i) * (below + <f32>0.5 * p);
    below += p;
  }
  return max(total, LEAST);
}

/** score[b] = ln P(y[b] above x[b]) - ln P(x[b] above y[b]). */
export function orderScore(count: i32, atoms: i32, x: usize, y: usize, score: usize): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    store<f32>(score + b, Mathf.log(above(atoms, x, y)) - Mathf.log(above(atoms, y, x)));
    x += <usize>atoms << 2;
    y += <usize>atoms << 2;
  }
}

/** out[i] = g (P(atom i below p) / lower - P(atom i above p) / upper), ties half. */
// @ts-ignore: decorator
@inline
function sideBackward(atoms: i32, p: usize, lower: f32, upper: f32, out: usize): void {
  let total: f32 = 0, below: f32 = 0;
  for (let i: usize = 0; i < <usize>atoms << 2; i += 4) total += load<f32>(p + i);
  for (let i: usize = 0; i < <usize>atoms << 2; i += 4) {
    const own = load<f32>(p + i);
    const half = below + <f32>0.5 * own;
    store<f32>(out + i, half * lower - (total - half) * upper);
    below += own;
  }
}

/** Backward of {@link orderScore}: overwrites dx and dy. */
export function orderBackward(count: i32, atoms: i32, x: usize, y: usize, dScore: usize, dx: usize, dy: usize): void {
  for (let b: usize = 0; b < <usize>count << 2; b += 4) {
    const g = load<f32>(dScore + b);
    const right = above(atoms, x, y), left = above(atoms, y, x);
    sideBackward(atoms, x, g / right, g / left, dy);
    sideBackward(atoms, y, -g / left, -g / right, dx);
    x += <usize>atoms << 2;
    y += <usize>atoms << 2;
    dx += <usize>atoms << 2;
    dy += <usize>atoms << 2;
  }
}
