// The best point of the simplex for each of many users: logistic loss with a Dirichlet prior, by Newton's method in float64.
// One user after the other; comparisons two lanes at a time.

const MOST_STEPS: i32 = 200;
const MOST_HALVINGS: i32 = 40;
/** Weight of the barrier that keeps the last iterate inside the simplex when there is no prior. */
const LAST_BARRIER: f64 = 1e-7;

/**
 * e^x for x in [-708, 0], relative error below 1e-15: Cody-Waite reduction, Taylor's polynomial of degree 13.
 */
// @ts-ignore: decorator
@inline
function exp2(input: v128): v128 {
  const x = f64x2.max(input, f64x2.splat(-708));
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(6.93147180369123816490e-1)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)));
  let p = f64x2.splat(1.605904383682161e-10);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.08767569878681e-9));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.505210838544172e-8));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-7));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.7557319223985893e-6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.48015873015873e-5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.984126984126984e-4));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.388888888888889e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(8.333333333333333e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(4.1666666666666664e-2));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.6666666666666666e-1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  const power = i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(1023)), 52);
  return f64x2.mul(p, power);
}

// @ts-ignore: decorator
@inline
function sum2(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + (<usize>i << 3);
}

// The user under work: nothing may be allocated here, so where its numbers lie is kept in globals. All are float64; columns have `n` (even)
// comparisons.
let k: i32 = 0;
let n: i32 = 0;
/** label · score of each comparison under each prototype, [K, n]. */
let agreements: usize = 0;
let weights: usize = 0;
/** -weight · miss and the curvature of each comparison. */
let pulls: usize = 0;
let bends: usize = 0;
let gradient: usize = 0;
let hessian: usize = 0;
let factor: usize = 0;
let a: usize = 0;
let b: usize = 0;
let step: usize = 0;
let trial: usize = 0;

/** Gradient and Hessian at w, without barrier. */
function derive(w: usize): void {
  const one = f64x2.splat(1), zero = f64x2.splat(0);
  for (let i = 0; i < n; i += 2) {
    let s = zero;
    for (let j = 0; j < k; j++) s = f64x2.add(s, f64x2.mul(f64x2.splat(load<f64>(at(w, j))), v128.load(at(agreements, j * n + i))));
    const e = exp2(f64x2.neg(f64x2.abs(s)));
    const inverse = f64x2.div(one, f64x2.add(one, e));
    const weight = v128.load(at(weights, i));
    const top = v128.bitselect(e, one, f64x2.gt(s, zero));
    v128.store(at(pulls, i), f64x2.neg(f64x2.mul(weight, f64x2.mul(top, inverse))));
    v128.store(at(bends, i), f64x2.mul(weight, f64x2.mul(e, f64x2.mul(inverse, inverse))));
  }
  for (let j = 0; j < k; j++) {
    const own = at(agreements, j * n);
    let g = zero;
    for (let i = 0; i < n; i += 2) g = f64x2.add(g, f64x2.mul(v128.load(at(pulls, i)), v128.load(at(own, i))));
    store<f64>(at(gradient, j), sum2(g));
    for (let l = 0; l <= j; l++) {
      const other = at(agreements, l * n);
      let h = zero;
      for (let i = 0; i < n; i += 2) {
        const bent = f64x2.mul(v128.load(at(bends, i)), v128.load(at(own, i)));
        h = f64x2.add(h, f64x2.mul(bent, v128.load(at(other, i))));
      }
      store<f64>(at(hessian, j * k + l), sum2(h));
    }
  }
}

/** Adds the barrier -b · sum ln w to the derivatives. */
function addBarrier(w: usize, barrier: f64): void {
  for (let j = 0; j < k; j++) {
    const x = load<f64>(at(w, j));
    const g = at(gradient, j), h = at(hessian, j * k + j);
    store<f64>(g, load<f64>(g) - barrier / x);
    store<f64>(h, load<f64>(h) + barrier / (x * x));
  }
}

/** Lower triangle of the Hessian's Cholesky factor; a pivot that rounding made too small is lifted to the smallest that is safe. */
function factorise(): void {
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = load<f64>(at(hessian, i * k + j));
      for (let p = 0; p < j; p++) sum -= load<f64>(at(factor, i * k + p)) * load<f64>(at(factor, j * k + p));
      if (i == j) store<f64>(at(factor, i * k + i), Math.sqrt(Math.max(sum, 1e-300 + 1e-14 * load<f64>(at(hessian, i * k + i)))));
      else store<f64>(at(factor, i * k + j), sum / load<f64>(at(factor, j * k + j)));
    }
  }
}

/** x becomes the solution of H x = x. */
function solve(x: usize): void {
  for (let i = 0; i < k; i++) {
    let value = load<f64>(at(x, i));
    for (let j = 0; j < i; j++) value -= load<f64>(at(factor, i * k + j)) * load<f64>(at(x, j));
    store<f64>(at(x, i), value / load<f64>(at(factor, i * k + i)));
  }
  for (let i = k - 1; i >= 0; i--) {
    let value = load<f64>(at(x, i));
    for (let j = i + 1; j < k; j++) value -= load<f64>(at(factor, j * k + i)) * load<f64>(at(x, j));
    store<f64>(at(x, i), value / load<f64>(at(factor, i * k + i)));
  }
}

/** Newton's step within the plane of the simplex, to `step`; returns its slope, < 0 where it leads down. */
function newtonStep(): f64 {
  for (let j = 0; j < k; j++) {
    store<f64>(at(a, j), load<f64>(at(gradient, j)));
    store<f64>(at(b, j), 1);
  }
  factorise();
  solve(a);
  solve(b);
  let sumA: f64 = 0, sumB: f64 = 0;
  for (let j = 0; j < k; j++) {
    sumA += load<f64>(at(a, j));
    sumB += load<f64>(at(b, j));
  }
  const multiplier = sumA / sumB;
  for (let j = 0; j < k; j++) store<f64>(at(step, j), multiplier * load<f64>(at(b, j)) - load<f64>(at(a, j)));
  return along();
}

/** <gradient, step>. */
function along(): f64 {
  let slope: f64 = 0;
  for (let j = 0; j < k; j++) slope += load<f64>(at(step, j)) * load<f64>(at(gradient, j));
  return slope;
}

/**
 * Minimises the loss with this barrier from w, where the derivatives are those of w; returns the steps left.
 * A step is accepted where the slope along it has not turned up by more than a tenth: convex as it is, the function has then fallen or lies
 * next to the lowest point of the line.
 */
function descend(w: usize, barrier: f64, left: i32): i32 {
  const tolerance = 1e-10 * <f64>(1 + n);
  for (; left > 0; left--) {
    const slope = newtonStep();
    if (!(slope < 0)) return left;
    let length: f64 = 1;
    for (let j = 0; j < k; j++) {
      const move = load<f64>(at(step, j));
      if (move < 0) length = Math.min(length, (-0.99 * load<f64>(at(w, j))) / move);
    }
    for (let halvings = 0; halvings < MOST_HALVINGS; halvings++, length /= 2) {
      let total: f64 = 0;
      for (let j = 0; j < k; j++) {
        const value = load<f64>(at(w, j)) + length * load<f64>(at(step, j));
        store<f64>(at(trial, j), value);
        total += value;
      }
      for (let j = 0; j < k; j++) store<f64>(at(trial, j), load<f64>(at(trial, j)) / total);
      derive(trial);
      addBarrier(trial, barrier);
      if (along() <= -0.1 * slope) break;
    }
    memory.copy(w, trial, <usize>k << 3);
    if (-slope / 2 <= tolerance) return left;
  }
  return 0;
}

/**
 * Weights w, [users, K], that minimise sum_n weight_n ln(1 + e^(-<agreement_n, w>)) - prior · sum_k ln w_k on the simplex, and for each user the
 * Frank-Wolfe gap: how much lower it could be at most. Comparisons of user u are rows from[u] … from[u + 1) of `agreement`, [N, K] float32;
 * `room` holds float64: (K + 3) · (the most comparisons of a user, even) + K · (2 K + 5).
 */
export function placeOnSimplex(
  users: i32, prototypes: i32, from: usize, agreement: usize, weight: usize, prior: f64, most: i32, room: usize, w: usize, gaps: usize,
): void {
  const last = Math.max(prior, LAST_BARRIER);
  k = prototypes;
  const rows = (most + 1) & ~1;
  agreements = room;
  weights = at(room, k * rows);
  pulls = at(weights, rows);
  bends = at(pulls, rows);
  gradient = at(bends, rows);
  hessian = at(gradient, k);
  factor = at(hessian, k * k);
  a = at(factor, k * k);
  b = at(a, k);
  step = at(b, k);
  trial = at(step, k);
  for (let u = 0; u < users; u++) {
    const first = load<i32>(from + (<usize>u << 2)), end = load<i32>(from + (<usize>(u + 1) << 2));
    const own = at(w, u * k);
    loadUser(agreement, weight, first, end);
    for (let j = 0; j < k; j++) store<f64>(at(own, j), 1 / <f64>k);
    let left = MOST_STEPS;
    // a prior that is not tiny keeps Newton's method well-behaved from the start
    let barrier: f64 = last >= 0.1 ? last : 1;
    for (;;) {
      derive(own);
      addBarrier(own, barrier);
      left = descend(own, barrier, left);
      if (barrier == last || left == 0) break;
      barrier = Math.max(last, barrier * 0.05);
    }
    store<f64>(at(gaps, u), gap(own, prior));
  }
}

/** Copies a user's rows as columns; the comparison that makes their number even weighs nothing. */
function loadUser(agreement: usize, weight: usize, first: i32, end: i32): void {
  n = (end - first + 1) & ~1;
  for (let i = 0; i < n; i++) {
    const row = first + i;
    const isRow = row < end;
    store<f64>(at(weights, i), isRow ? <f64>load<f32>(weight + (<usize>row << 2)) : 0);
    for (let j = 0; j < k; j++)
      store<f64>(at(agreements, j * n + i), isRow ? <f64>load<f32>(agreement + (<usize>(row * k + j) << 2)) : 0);
  }
}

/** max over k of <gradient, w - e_k>: no point of the simplex has an objective lower than the present one by more. */
function gap(w: usize, prior: f64): f64 {
  derive(w);
  addBarrier(w, prior);
  let inner: f64 = 0, least: f64 = Infinity;
  for (let j = 0; j < k; j++) {
    const g = load<f64>(at(gradient, j));
    inner += g * load<f64>(at(w, j));
    least = Math.min(least, g);
  }
  return Math.max(0, inner - least);
}
