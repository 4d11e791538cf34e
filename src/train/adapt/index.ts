import { exp, InputError, log } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import type { InferenceTools } from "../../families/index.js";
import { adaptExactly } from "./exact.js";
import { adaptByGradient } from "./gradient.js";
import { simplexPosterior } from "./posterior.js";
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
    posteriorOnSimplex: (data, concentration) => simplexPosterior(fitted, data, concentration),
    logLikelihoods: (data, states) => logLikelihoods(fitted, data, states),
    byGradient: (data, recipe) => {
      const { parameter = "" } = user;
      return adaptByGradient(fitted, data, { ...recipe, parameter });
    },
  };
}

/** Rows are judged by every state in turn. */
function logLikelihoods(fitted: Scoring, data: PreferenceData, states: Float32Array): Float64Array {
  const count = states.length / fitted.k;
  const rows = data.label.length;
  const logs = new Float64Array(count);
  if (rows === 0) return logs;
  const scores = fitted.scoresUnderEach(data, states);
  for (let row = 0; row < rows; row++) {
    const weight = data.weight?.[row] ?? 1;
    for (let i = 0; i < count; i++) {
      const agreement = data.label[row] * scores[row * count + i];
      logs[i] += weight * (Math.min(agreement, 0) - log(1 + exp(-Math.abs(agreement))));
    }
  }
  return logs;
}
