import { checkEveryUserAnswers } from "../../data/index.js";
import { resolveInference } from "./inference.js";
import type { UserKind } from "./user-kind.js";

/** Users do not differ: everybody's state is the number 1. */
export const none: UserKind = {
  kind: "none",
  width: () => 1,
  isLinear: false,
  states: (_, users) => new Float32Array(users).fill(1),
  infer(_, data, options) {
    resolveInference(options, false);
    checkEveryUserAnswers("infer", data);
    return { weights: new Float32Array(data.users.length).fill(1) };
  },
};
