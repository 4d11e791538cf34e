import type * as core from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

export type { GradSaveFunc, Rank, Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-core";

/** What TensorFlow.js exports, whichever package it came from: it is a value here, and is loaded only when this engine is asked for. */
export type TensorFlow = typeof core;

/** A loaded TensorFlow.js and the backend that computes, by TensorFlow.js' name for it (`tensorflow`, `wasm`, `cpu`). */
export interface TensorBackend {
  readonly tf: TensorFlow;
  readonly backend: string;
}

/** Runs `work` on the backend and frees every tensor that it makes, but variables and what it returns. */
export function compute<T>({ tf, backend }: TensorBackend, work: () => T): T {
  // TensorFlow.js has one active backend a process; of one that is ready setBackend takes effect before its promise does
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
  if (tf.getBackend() !== backend)
    throw new Error(`internal: tfjs runs on ${tf.getBackend()}, not ${backend}`);
  const results: T[] = [];
  tf.tidy(() => {
    results.push(work());
  });
  return results[0];
}

/** A copy of a tensor's numbers: a backend may hand out its own memory. */
export function floatsOf(tensor: Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync());
}
