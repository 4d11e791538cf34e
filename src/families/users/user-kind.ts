import type { PreferenceData } from "../../data/index.js";
import type { Ops, ParameterInputs } from "../../graph/index.js";
import type { DataSizes } from "../parameters.js";
import type { InferenceTools, InferOptions, Inference } from "./inference.js";

/** What a user is in a family: an opaque row of numbers, where it comes from in training, and how it is found for somebody new. */
export interface UserKind {
  readonly kind: string;
  /** Numbers of a state, S, of users of data of these sizes. */
  width(sizes: DataSizes): number;
  /** The table of trained users' free numbers, where there is one. */
  readonly parameter?: string;
  /** The states of users that train together, [rows, S], from their free numbers; undefined where users do not differ. */
  readonly trained?: <T, I>(ops: Ops<T, I>, p: ParameterInputs<T>, rows: I) => T;
  /** The states of all trained users, row-major [U, S]. */
  states(free: Float32Array | undefined, users: number): Float32Array;
  /** Where users mix prototypes: their (mean) weights, row-major [U, K], of the states of U users, [U, S]. */
  readonly weights?: (states: Float32Array, users: number) => Float32Array;
  /** Whether scores are linear in the state: then the best state is a convex problem. */
  readonly isLinear: boolean;
  /** States of users who did not train, from their answers. @throws InputError */
  infer(tools: InferenceTools, data: PreferenceData, options: InferOptions): Inference;
}
