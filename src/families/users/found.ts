import type { ParameterSpec } from "../parameters.js";
import { resolveInference } from "./inference.js";
import type { FoundStates, UserKind } from "./user-kind.js";

const TABLE = "user_learner.found";

/**
 * A user is a row of numbers that is computed from any number of answers, none included, and of which nothing is uncertain.
 * @param width numbers of a state
 * @param sets how training draws the answers that a state is found from, and those that it predicts
 */
export function found(
  width: (sizes: { readonly users: number }) => number,
  sets: Omit<FoundStates, "noise">,
): UserKind {
  return {
    kind: "found",
    width,
    parameter: TABLE,
    isLinear: false,
    found: { ...sets, noise: 0 },
    states: (table) => table?.slice() ?? new Float32Array(0),
    infer(tools, data, options) {
      resolveInference(options, false);
      return { weights: tools.byNetwork(data) };
    },
  };
}

/** What is kept of the trained users, [U, S]: it does not train, but is found when training is read out. */
export function foundTable(users: number, width: number): ParameterSpec {
  const init = { kind: "constant", value: 0 } as const;
  return { name: TABLE, shape: [users, width], group: "weights", init, per: "user" };
}
