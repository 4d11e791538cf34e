import { exp, log } from "../core/index.js";

/** ln of the softmax of a row. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  const largest = largestOf(row);
  const level = largest + log(raise(row, largest, new Float64Array(row.length)));
  return row.map((value) => value - level);
}

/** The softmax of a row, written to `into`, which may be the row itself. */
export function softmax(logits: ArrayLike<number>, into = new Float64Array(logits.length)): Float64Array {
  const row = logits instanceof Float64Array ? logits : Float64Array.from(logits);
  const total = raise(row, largestOf(row), into);
  for (let i = 0; i < into.length; i++) into[i] /= total;
  return into;
}

/** By the logits of a softmax row, from derivatives by the logarithms of its probabilities, written to `into`, which may be those derivatives. */
export function throughLogSoftmax(
  probabilities: Float64Array,
  slope: Float64Array,
  into = new Float64Array(slope.length),
): Float64Array {
  let total = 0;
  for (let i = 0; i < slope.length; i++) total += slope[i];
  for (let i = 0; i < slope.length; i++) into[i] = slope[i] - probabilities[i] * total;
  return into;
}

function largestOf(row: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < row.length; i++) largest = Math.max(largest, row[i]);
  return largest;
}

/** Writes e^(value - largest) of each, and adds them up. */
function raise(row: Float64Array, largest: number, into: Float64Array): number {
  let total = 0;
  for (let i = 0; i < row.length; i++) {
    into[i] = exp(row[i] - largest);
    total += into[i];
  }
  return total;
}
