/*
 * e^x and ln x in plain arithmetic, so that their bits are the same on every JavaScript engine: what `Math.exp` and `Math.log` round to is left
 * to the engine. The algorithms and constants are fdlibm's (e_exp.c, e_log.c), whose notice follows.
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const float = new Float64Array(1);
/** The low word and then the high one, as on every machine that runs JavaScript. */
const words = new Int32Array(float.buffer);

function highWord(x: number): number {
  float[0] = x;
  return words[1];
}

function withHighWord(x: number, high: number): number {
  float[0] = x;
  words[1] = high;
  return float[0];
}

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** ln x, error below 1 unit in the last place; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? Infinity : NaN;
  let high = highWord(x);
  let k = 0;
  if (high < 0x00100000) {
    // subnormal: scaled up
    k -= 54;
    x *= 18014398509481984;
    high = highWord(x);
  }
  k += (high >> 20) - 1023;
  high &= 0x000fffff;
  let i = (high + 0x95f64) & 0x100000;
  const reduced = withHighWord(x, high | (i ^ 0x3ff00000));
  k += i >> 20;
  const f = reduced - 1;
  if ((0x000fffff & (2 + high)) < 3) return nearOne(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  i = high - 0x6147a;
  const j = 0x6b851 - high;
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = t2 + t1;
  if ((i | j) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** |f| below 2^-20. */
function nearOne(f: number, k: number): number {
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const r = f * f * (0.5 - 0.33333333333333333 * f);
  if (k === 0) return f - r;
  return k * LN2_HIGH - (r - k * LN2_LOW - f);
}

/** ln 2 / 2, as far as the high words that fdlibm compares tell it from what lies below. */
const HALF_LN2 = 0.3465735912322998;

/** e^x, error below 1 unit in the last place. Numbers near 0 go the way of all others, with k = 0: the same bits as fdlibm's, and fewer branches. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  const size = Math.abs(x);
  if (size < 2 ** -28) return 1 + x;
  if (x === 1) return Math.E;
  const k = size < HALF_LN2 ? 0 : (1.4426950408889634074 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k >= -1021) return k === 1024 ? y * 2 * 2 ** 1023 : y * POWERS_OF_TWO[k + 1022];
  return y * POWERS_OF_TWO[k + 2022] * 9.3326361850321887899e-302;
}

/** 2^k for k in -1022 … 1023, at k + 1022: each double of the one before. */
const POWERS_OF_TWO = new Float64Array(2046);
POWERS_OF_TWO[0] = 2 ** -1022;
for (let k = 1; k < POWERS_OF_TWO.length; k++) POWERS_OF_TWO[k] = 2 * POWERS_OF_TWO[k - 1];

/** ln(1 / (1 + e^-s)). */
export function logSigmoid(s: number): number {
  return Math.min(s, 0) - log(1 + exp(-Math.abs(s)));
}
