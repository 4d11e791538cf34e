import type { RandomStream } from "../../core/index.js";
import type { Classes } from "./classes.js";
import type { Rows } from "../design/rows.js";

/** What users have of their own beside their type: nothing, tastes that are independent of each other, or tastes of any covariance. */
export const TASTES = ["none", "own", "correlated"] as const;
/** What users have of their own beside their type: nothing, independent tastes of one size, or tastes with a full covariance. */
export type Tastes = (typeof TASTES)[number];

/** Rows that are asked about, of users that may have answered. */
export interface Asked {
  readonly mean: Rows;
  readonly own: Rows;
  readonly user: Int32Array;
}

export interface SampleOptions {
  readonly tastes: Tastes;
  readonly rng: RandomStream;
  /** Where the chain starts. */
  readonly start: Classes;
  readonly asked?: Asked;
  /** Draws left out, default 150, and kept, default 250. */
  readonly burn?: number;
  readonly draws?: number;
}

/** Posterior means over the kept draws. */
export interface SampledTypes {
  readonly k: number;
  /** Row-major [K, D]. */
  readonly means: Float64Array;
  readonly shares: Float64Array;
  /** Variance of own tastes, row-major [Q, Q]; undefined where there are none. */
  readonly covariance?: Float64Array;
  /** P(type) of each user, row-major [U, K]. */
  readonly belief: Float64Array;
  /** P(right) of the rows asked about. */
  readonly p: Float64Array;
}
