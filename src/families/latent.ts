import type { Ops, ParameterInputs } from "../graph/index.js";
import type { FeatureTable } from "../data/index.js";

/** A map of rows of features, [n, columns] to [n, d], written in {@link Ops}. */
export type RowMap = <T, I>(ops: Ops<T, I>, p: ParameterInputs<T>, x: T) => T;

/** What a latent space is computed with: a fitted model's parameters, and its engine. */
export interface LatentTools {
  /** @throws InputError for a parameter that the model lacks */
  parameter(name: string): Float32Array;
  /** Whether there is such a parameter, or one below that name. */
  has(name: string): boolean;
  /** `map` of rows of features, [n, columns]; shape [n, d]. */
  apply(map: RowMap, features: Float32Array, columns: number): Float32Array;
  /** The vectors that the model learned for the rows of `table`, found by their ids. @throws InputError for an id that was not in training */
  learned(name: "items" | "contexts", parameter: string, table: FeatureTable): Float32Array;
}

/** What items are worth where that is a distribution: mean and variance of each, shape [n]. */
export interface UtilityDistributions {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Where a family puts items, prototypes and users. */
export interface ModelSpace {
  readonly dimension: number;
  /** What a user is in it: a point that items are near to, or a direction in which they lie far. */
  readonly geometry: "points" | "directions";
  /** Whether items are seen with the features of their context behind their own. */
  readonly joinsContexts: boolean;
  /** Whether points depend on the context. */
  readonly inContexts: (tools: LatentTools) => boolean;
  /** Latent items, [n, d]. */
  items(tools: LatentTools, items: FeatureTable): Float32Array;
  /** The points at which weights are all on one prototype, [K, d], or [K, C, d] for contexts; absent without prototypes. */
  readonly prototypes?: (tools: LatentTools, contexts?: FeatureTable) => Float32Array;
  /** A user's point, [d], or [C, d] for contexts. */
  point(tools: LatentTools, state: Float32Array, contexts?: FeatureTable): Float32Array;
  /** The reward, for a user at `point`, of a latent item `z`: the score of a comparison is the difference of two. */
  reward(tools: LatentTools): (z: Float32Array, point: Float32Array) => number;
}

/** sum_k w_k · block k of `blocks`, which has K blocks of equal length. */
export function mix(blocks: Float32Array, weights: Float32Array): Float32Array {
  const size = blocks.length / weights.length;
  const mixed = new Float32Array(size);
  weights.forEach((weight, k) => {
    for (let i = 0; i < size; i++) mixed[i] += weight * blocks[k * size + i];
  });
  return mixed;
}

/** In float64: the difference of two rewards is often small beside them. */
export function inner(x: Float32Array, y: Float32Array): number {
  return x.reduce((sum, value, j) => sum + value * y[j], 0);
}
