import { log } from "./elementary.js";

/** Which numbers are drawn: 32-bit words. The same key, block and first counter give the same bits, whatever was drawn before. */
export interface Counter {
  readonly key: number;
  readonly block: number;
  /** Of the first number; the next has the next one. */
  readonly first: number;
}

/**
 * Fills `out` with standard normals, each a function of its counter alone (Philox2x32-10, then the inverse of the normal distribution function).
 * @source Salmon, Moraes, Dror and Shaw 2011; inverse by P. J. Acklam, relative error below 1.2e-9
 */
export function counterNormals({ key, block, first }: Counter, out: Float32Array): void {
  for (let i = 0; i < out.length; i++)
    out[i] = inverseNormal((philox(first + i, block, key)[0] + 0.5) / 4294967296);
}

/** Two random words of two words and a key. */
export function philox(low: number, high: number, key: number): readonly [number, number] {
  let [x, y, k] = [low >>> 0, high >>> 0, key >>> 0];
  for (let round = 0; round < 10; round++) {
    const product = Math.imul(x, 0xd256d193) >>> 0;
    x = (upperHalf(x, 0xd256d193) ^ k ^ y) >>> 0;
    y = product;
    k = (k + 0x9e3779b9) >>> 0;
  }
  return [x, y];
}

/** The upper 32 bits of a product of two words. */
function upperHalf(a: number, b: number): number {
  const low = Math.floor(((a & 0xffff) * b) / 65536);
  return Math.floor(((a >>> 16) * b + low) / 65536);
}

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
  1,
];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
/** Where the tail's own formula begins. */
const TAIL = 0.02425;

function inverseNormal(p: number): number {
  if (p < TAIL || p > 1 - TAIL) {
    const q = Math.sqrt(-2 * log(Math.min(p, 1 - p)));
    return ((p < TAIL ? 1 : -1) * polynomial(C, q)) / polynomial(D, q);
  }
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / polynomial(B, q * q);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
