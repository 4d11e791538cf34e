import { exp, log } from "../../core/index.js";

/** Writes softmax(logs) at `at`. @returns log Σ exp(logs) */
export function normalise(logs: Float64Array, to: Float64Array, at: number): number {
  let top = -Infinity;
  for (const value of logs) top = Math.max(top, value);
  let sum = 0;
  for (let j = 0; j < logs.length; j++) sum += to[at + j] = exp(logs[j] - top);
  for (let j = 0; j < logs.length; j++) to[at + j] /= sum;
  return top + log(sum);
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(s: number): number {
  return s >= 0 ? 1 / (1 + exp(-s)) : 1 - 1 / (1 + exp(s));
}
