import { exp, log } from "../core/index.js";

/** ln of the softmax of a row. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const { largest, total, row } = raisedBy(logits);
  const level = largest + log(total);
  return row.map((value) => value - level);
}

/** The softmax of a row. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const { raised, total } = raisedBy(logits);
  return raised.map((value) => value / total);
}

/** By the logits of a softmax row, from derivatives by the logarithms of its probabilities. */
export function throughLogSoftmax(probabilities: Float64Array, slope: Float64Array): Float64Array {
  const total = slope.reduce((sum, value) => sum + value, 0);
  return slope.map((value, i) => value - probabilities[i] * total);
}

function raisedBy(logits: ArrayLike<number>) {
  const row = Float64Array.from(logits);
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  const raised = row.map((value) => exp(value - largest));
  return { row, largest, raised, total: raised.reduce((sum, value) => sum + value, 0) };
}
