import { InputError } from "../../core/index.js";
import type { InferenceTools } from "../../families/index.js";
import { adaptExactly } from "./exact.js";
import { adaptByGradient } from "./gradient.js";
import type { Scoring } from "./scoring.js";

export { isLinearInWeights } from "./exact.js";
export { weightPosterior } from "./posterior.js";
export type { PosteriorOptions, WeightPosterior } from "./posterior.js";
export type { Scoring } from "./scoring.js";

/** The solvers with which a family's kind of user infers states under a trained model. */
export function inferenceTools(fitted: Scoring): InferenceTools {
  const { own, user } = fitted.model;
  return {
    byOwnMethod: (data) => {
      if (own === undefined) throw new InputError("infer: the family has no method of its own");
      return own.infer(fitted.parameters, data);
    },
    byNetwork: (data) => fitted.engine.states(fitted.model, fitted.parameters, data),
    onSimplex: (data, concentration) => adaptExactly(fitted, data, concentration),
    byGradient: (data, recipe) => {
      const { parameter = "" } = user;
      return adaptByGradient(fitted, data, { ...recipe, parameter });
    },
  };
}
