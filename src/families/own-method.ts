import type { Pairs, PreferenceData } from "../data/index.js";
import type { DataSizes, Parameters } from "./parameters.js";

/** How a family that no engine trains by gradients is fitted, scored and asked about new users. */
export interface OwnMethod {
  /** The parameters that `Family.parameters` names. @throws InputError for data that it cannot learn from */
  fit(data: PreferenceData, sizes: DataSizes, seed: number): Parameters;
  /** Log odds of "right", [N]; row i is judged by the user whose state is row `user[i]` of `states`, [U, S]. */
  scores(
    parameters: Parameters,
    pairs: Pairs,
    judges: { readonly user: Int32Array; readonly states: Float32Array },
  ): Float32Array;
  /** States of users who did not train, [U, S]. */
  infer(parameters: Parameters, data: PreferenceData): Float32Array;
}
