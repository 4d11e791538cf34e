import { checkEveryUserAnswers } from "../../data/index.js";
import { resolveInference } from "./inference.js";
import type { UserKind } from "./user-kind.js";

/** States that a family's own method finds, of trained users and of new ones. */
export const ownInference: Pick<UserKind, "isLinear" | "states" | "infer"> = {
  isLinear: false,
  states: (free) => free?.slice() ?? new Float32Array(0),
  infer(tools, data, options) {
    resolveInference(options, false);
    checkEveryUserAnswers("infer", data);
    return { weights: tools.byOwnMethod(data) };
  },
};
