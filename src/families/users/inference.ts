import { checkInteger, checkKeys, checkNumber, checkOneOf } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import type { StatePosterior } from "./state-posterior.js";

/** How new users are placed from their answers. */
export interface InferOptions {
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

/** What was found for several users. */
export interface Inference {
  /** States, row-major [U, S]. */
  readonly weights: Float32Array;
  /** Of `exact`, shape [U]: how much lower each objective could be at most, in nats. */
  readonly dualityGaps?: Float64Array;
}

/** How long gradient descent on the free numbers runs, and how it steps. */
export interface GradientRecipe {
  /** Passes over the user's comparisons, or until the loss stands still. */
  readonly epochs: number | "converged";
  readonly batchSize: number;
  readonly rate: number;
  readonly seed: number;
}

/** How the paper's authors find a new user's weights by gradient steps. @source authors' code: main_pal_*_unseen, vanilla-e20 */
export const PAPER_RECIPE: Omit<GradientRecipe, "seed"> = { epochs: 20, batchSize: 4, rate: 5e-3 };

/** The solvers that a kind of user may ask for. */
export interface InferenceTools {
  /** Newton's method on the simplex, for scores that are linear in the weights. @throws InputError where they are not */
  onSimplex(data: PreferenceData, concentration: number): Inference;
  /** The posterior under the logistic likelihood and a Dirichlet prior, of one user, for scores that are linear in the weights. @throws InputError where they are not */
  posteriorOnSimplex(data: PreferenceData, concentration: number): StatePosterior;
  /** Logarithm of the probability of one user's answers, under the logistic likelihood, were their state each row of `states`, [n, S]; shape [n]. */
  logLikelihoods(data: PreferenceData, states: Float32Array): Float64Array;
  /** AdamW on the free numbers of each user alone, everything else frozen; row-major [U, S]. */
  byGradient(data: PreferenceData, recipe: GradientRecipe): Float32Array;
  /** By the family's network, of any number of answers; row-major [U, S]. */
  byNetwork(data: PreferenceData): Float32Array;
  /** The family's own way; row-major [U, S]. */
  byOwnMethod(data: PreferenceData): Float32Array;
}

/** Options with what is taken where none is given. */
export interface ResolvedInference extends GradientRecipe {
  readonly method: "exact" | "gradient";
  readonly concentration: number;
}

const KEYS = ["method", "concentration", "epochs", "batchSize", "rate", "seed"];

/** @throws InputError for an unknown option, or one out of range */
export function resolveInference(options: InferOptions, isLinear: boolean): ResolvedInference {
  checkKeys("infer", options, KEYS);
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
  return { method, concentration, epochs, batchSize, rate, seed };
}
