import { checkInteger, checkKeys, checkNumber, checkOneOf } from "../../core/index.js";
import { checkEveryUserAnswers, type PreferenceData } from "../../data/index.js";
import { hasPrototypes } from "../../model/index.js";
import type { FittedModel } from "../fitted-model.js";
import { adaptExactly, isLinearInWeights } from "./exact.js";
import { adaptByGradient, PAPER_RECIPE } from "./gradient.js";

export interface AdaptOptions {
  /**
   * `exact`: the convex problem on the simplex, where the score is linear in the weights (the default there). `gradient`: AdamW on the free
   * weights, the paper's recipe (the default elsewhere, until the loss stands still).
   */
  readonly method?: "exact" | "gradient";
  /** Of the Dirichlet prior of `exact`, >= 1, default 1.5; 1 is no prior. */
  readonly concentration?: number;
  /** Of `gradient`: passes over a user's comparisons, 20 in the paper's recipe, or `"converged"`. */
  readonly epochs?: number | "converged";
  /** Of `gradient`: comparisons a step, 4 in the paper's recipe. */
  readonly batchSize?: number;
  /** Of `gradient`: step size, 5e-3 in the paper's recipe. */
  readonly rate?: number;
  /** Of `gradient`: decides start and order, default 0. */
  readonly seed?: number;
}

/** What adaptation found for several users. */
export interface Adaptation {
  /** On the simplex, shape [U, K]. */
  readonly weights: Float32Array;
  /** Of `exact`, shape [U]: how much lower each objective could be at most, in nats. */
  readonly dualityGaps?: Float64Array;
}

const KEYS = ["method", "concentration", "epochs", "batchSize", "rate", "seed"];

/**
 * Weights on the simplex for users that the model was not trained on, from their comparisons; nothing else of the model moves.
 * @throws InputError for bad options, or `exact` where the score is not linear in the weights
 */
export function adapt(fitted: FittedModel, data: PreferenceData, options: AdaptOptions): Adaptation {
  checkKeys("infer", options, KEYS);
  const { model } = fitted;
  const isLinear = isLinearInWeights(model);
  const { method = isLinear ? "exact" : "gradient", concentration = 1.5, seed = 0 } = options;
  checkOneOf("infer: method", method, ["exact", "gradient"]);
  checkNumber("infer: concentration", concentration, { min: 1 });
  const isDefault = options.method === undefined;
  const {
    epochs = isDefault ? "converged" : PAPER_RECIPE.epochs,
    batchSize = PAPER_RECIPE.batchSize,
    rate = PAPER_RECIPE.rate,
  } = options;
  if (epochs !== "converged") checkInteger("infer: epochs", epochs, { min: 1 });
  checkInteger("infer: batchSize", batchSize, { min: 1 });
  checkNumber("infer: rate", rate, { above: 0 });
  checkInteger("infer: seed", seed);
  checkEveryUserAnswers("infer", data);
  if (!hasPrototypes(model) || model.k === 1) return { weights: new Float32Array(data.users.length).fill(1) };
  if (method === "exact") return adaptExactly(fitted, data, concentration);
  return { weights: adaptByGradient(fitted, model, data, { epochs, batchSize, rate, seed }) };
}
