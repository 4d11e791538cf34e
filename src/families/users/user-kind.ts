import type { PreferenceData } from "../../data/index.js";
import type { Ops, ParameterInputs } from "../../graph/index.js";
import type { DataSizes } from "../parameters.js";
import type { InferenceTools, InferOptions, Inference } from "./inference.js";
import type { StatePosterior } from "./state-posterior.js";

/** How training finds states: blocks of a user's answers are predicted from other answers of the same user. */
export interface FoundStates {
  /** Most answers that a state is found from in training; as many as there are later. */
  readonly context: number;
  /** How many they are in training: drawn from 1 … context (default), or from 0 … context, or all of them. */
  readonly draw?: "some" | "some or none" | "all";
  /** Answers that are predicted from one state. */
  readonly targets: number;
  /** Whether the network reads answers in their order, `context` of them: later ones are not seen, and fewer are followed by zeros. */
  readonly isOrdered?: boolean;
  /** Standard normal numbers that a sample of a state takes. */
  readonly noise: number;
}

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
  /** Of states that a network finds from answers: how. The table of trained users is filled when training is read out. */
  readonly found?: FoundStates;
  /** What a state says of the user, for kinds that are uncertain of it. */
  readonly posterior?: (state: Float32Array) => StatePosterior;
  /** What one user's answers, none included, say of them: for kinds that are uncertain of it. */
  readonly believed?: (tools: InferenceTools, data: PreferenceData) => StatePosterior;
  /** States of users who did not train, from their answers. @throws InputError */
  infer(tools: InferenceTools, data: PreferenceData, options: InferOptions): Inference;
}
