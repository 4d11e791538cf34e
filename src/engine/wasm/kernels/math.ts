// Elementary functions on four lanes. Errors are against float64 over the stated range (tests hold them to it).

/** a·b + c: two roundings in the plain build (the same bits everywhere), one in the relaxed build. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f32>(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
function constant(x: f32): v128 {
  return f32x4.splat(x);
}

/** e^x, relative error below 2e-7 on [-87, 88]; clamped outside. Cody-Waite reduction, degree-6 polynomial (Cephes). */
// @ts-ignore: decorator
@inline
export function exp4(input: v128): v128 {
  const x = f32x4.max(f32x4.min(input, constant(88.0)), constant(-87.0));
  const n = f32x4.nearest(f32x4.mul(x, constant(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, constant(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, constant(-2.12194440e-4)));
  let p = madd(constant(1.9875691500e-4), r, constant(1.3981999507e-3));
  p = madd(p, r, constant(8.3334519073e-3));
  p = madd(p, r, constant(4.1665795894e-2));
  p = madd(p, r, constant(1.6666665459e-1));
  p = madd(p, r, constant(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), constant(1.0));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** What a logarithm is taken of at least. */
export const LEAST_LOGGED: f32 = 1e-37;

/** ln x for x >= 1e-37, error below 5e-7, and below 2e-7 of the value where that is larger; of 1e-37 below that. Exponent and mantissa on [sqrt(1/2), sqrt(2)), ln through 2·atanh. */
// @ts-ignore: decorator
@inline
export function ln4(input: v128): v128 {
  const x = f32x4.max(input, constant(LEAST_LOGGED));
  // the bits of sqrt(1/2): what is above them carries into the exponent
  const from = i32x4.splat(0x3f3504f3);
  const shifted = i32x4.sub(x, from);
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), from);
  const z = f32x4.div(f32x4.sub(mantissa, constant(1.0)), f32x4.add(mantissa, constant(1.0)));
  const s = f32x4.mul(z, z);
  let p = madd(constant(0.18181818), s, constant(0.22222222));
  p = madd(p, s, constant(0.28571429));
  p = madd(p, s, constant(0.4));
  p = madd(p, s, constant(0.66666667));
  p = madd(p, s, constant(2.0));
  return madd(exponent, constant(0.693147181), f32x4.mul(p, z));
}

/** ln(1 + x) for x in [0, 1], absolute error below 2e-7: ln through 2·atanh(x / (2 + x)). */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const z = f32x4.div(x, f32x4.add(x, constant(2.0)));
  const s = f32x4.mul(z, z);
  let p = madd(constant(0.15384615), s, constant(0.18181818));
  p = madd(p, s, constant(0.22222222));
  p = madd(p, s, constant(0.28571429));
  p = madd(p, s, constant(0.4));
  p = madd(p, s, constant(0.66666667));
  p = madd(p, s, constant(2.0));
  return f32x4.mul(p, z);
}

/**
 * The standard normal distribution function, relative error below 1e-6 for x > -2.8 and 2e-5 down to -13: half of
 * erfc(h) = t · e^(-h² + P(t)) with h = |x| / sqrt 2 and t = 1 / (1 + h / 2); P is our own minimax fit of degree 9.
 */
// @ts-ignore: decorator
@inline
export function normalCdf4(x: v128): v128 {
  const h = f32x4.mul(f32x4.abs(x), constant(0.70710678118));
  const t = f32x4.div(constant(1.0), madd(constant(0.5), h, constant(1.0)));
  let p = madd(constant(0.14217484), t, constant(-0.66596138));
  p = madd(p, t, constant(1.12217045));
  p = madd(p, t, constant(-0.650952522));
  p = madd(p, t, constant(-0.117024122));
  p = madd(p, t, constant(0.0203178292));
  p = madd(p, t, constant(0.0283167993));
  p = madd(p, t, constant(0.387907963));
  p = madd(p, t, constant(0.998491576));
  p = madd(p, t, constant(-1.26544139));
  const half = f32x4.mul(constant(0.5), f32x4.mul(t, exp4(f32x4.sub(p, f32x4.mul(h, h)))));
  return v128.bitselect(half, f32x4.sub(constant(1.0), half), f32x4.lt(x, constant(0.0)));
}

/** The standard normal density. */
// @ts-ignore: decorator
@inline
export function normalPdf4(x: v128): v128 {
  return f32x4.mul(constant(0.3989422804), exp4(f32x4.mul(constant(-0.5), f32x4.mul(x, x))));
}

/** The sum of four lanes, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** For tests: out[i] = function(x[i]); 0 exp, 1 log1p, 2 normal distribution, 3 normal density, 4 ln. n is a multiple of 4. */
export function elementary(kind: i32, n: i32, x: usize, out: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const v = v128.load(x + i);
    v128.store(out + i, kind == 0 ? exp4(v) : kind == 1 ? log1p4(v) : kind == 2 ? normalCdf4(v) : kind == 3 ? normalPdf4(v) : ln4(v));
  }
}

/** e^x of one number. */
// @ts-ignore: decorator
@inline
export function exponential(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}
