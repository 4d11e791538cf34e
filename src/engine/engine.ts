import type { Comparisons, Pairs, Population, PreferenceData } from "../data/index.js";
import type { LearningRate, Model, Parameters, ParameterSpec, RowMap } from "../families/index.js";

import type { SimplexOptima, SimplexProblem } from "./simplex-problem.js";

/** Step sizes by group of parameters. */
export type LearningRates = { readonly [group: string]: LearningRate };

/** What a {@link Trainer} is made from. */
export interface TrainerOptions {
  readonly seed: number;
  readonly batchSize: number;
  readonly learningRates: LearningRates;
  /** `adam` adds decay to the gradient, `adamw` shrinks the values. */
  readonly optimizer: "adam" | "adamw";
  /** Values to start from instead of the model's own start; names that it lacks start as the model says. */
  readonly initial?: Parameters;
  /** The groups that move; all by default. */
  readonly trainable?: readonly string[];
}

/** One model in training on one data set. Give it back with {@link Trainer.dispose}. */
export interface Trainer {
  /**
   * One pass over the data in a fresh random order; returns the mean training loss, the weights of rows counted.
   * @param rateFactor every step size is multiplied by it, default 1: a schedule is a sequence of factors
   */
  epoch(rateFactor?: number): number;
  /** After an epoch whose loss is not finite: whether what the model adds to the loss of answers (`Model.penalty`) had exploded in the first batch that was lost. */
  readonly isLostByPenalty?: boolean;
  /** Copies of all parameters as they are now. */
  snapshot(): Parameters;
  /** Frees what the engine holds; nothing may be asked of it afterwards. */
  dispose(): void;
}

/** What a {@link StreamTrainer} is made from. */
export interface StreamTrainerOptions extends TrainerOptions {
  /** Most comparisons of a chunk, >= 1: room for so many is kept. Whole batches, where it is a multiple of `batchSize`. */
  readonly chunkSize: number;
}

/**
 * One model in training on comparisons that come in chunks: its memory is that of the tables, the users and one chunk, however many come.
 * The same chunks in the same order give the same bits; a single chunk with everything, fed once an epoch, gives those of {@link Trainer}.
 */
export interface StreamTrainer {
  /**
   * One pass over a chunk in a fresh random order; batches end where it ends. Its arrays may be filled anew afterwards.
   * @param rateFactor as in {@link Trainer.epoch}
   * @returns the mean training loss, the weights of rows counted
   * @throws InputError for a chunk that is empty, has more than `chunkSize` rows, or refers to what the population does not have
   */
  feed(chunk: Comparisons, rateFactor?: number): number;
  /** Copies of all parameters as they are now. */
  snapshot(): Parameters;
  /** Frees what the engine holds; nothing may be asked of it afterwards. */
  dispose(): void;
}

/** Rows of features, row-major, shape [n, columns]. */
export interface FeatureMatrix {
  readonly features: Float32Array;
  readonly columns: number;
}

/** Who judges each pair: row i is judged by a user whose state is row `user[i]` of `states`, shape [U, S]. */
export interface Judges {
  readonly user: Int32Array;
  readonly states: Float32Array;
}

/** A model's parameters, and how they must be shaped. */
export interface Values {
  readonly specs: readonly ParameterSpec[];
  readonly parameters: Parameters;
}

/** Loss and gradients at given parameters, without dropout: for tests and lessons. */
export interface LossAndGradients {
  /** Shape [N]; positive where the right item is preferred. */
  readonly scores: Float32Array;
  readonly loss: number;
  readonly gradients: Parameters;
}

/** From what states that a network finds are found, and whether they are sampled. */
export interface FoundAt {
  /** Of each user's state, [U, noise], standard normal; without it states are taken at their mean. */
  readonly noise?: Float32Array;
  /** Rows of the data that are scored: states are then found from all others. By default every row is scored, and states are found from all. */
  readonly targets?: Int32Array;
}

/** How models are computed. Engines agree on scores, losses and gradients to 1e-5 relative. */
export interface Engine {
  /** Names the implementation and its backend, as records state it. */
  readonly name: string;
  /** A trainer of the model on data that memory holds. @throws InputError where the engine lacks what the model needs */
  createTrainer(model: Model, data: PreferenceData, options: TrainerOptions): Trainer;
  /** A trainer whose comparisons come in chunks: for more of them than memory holds. @throws InputError for a bad population or option */
  createStreamTrainer(model: Model, population: Population, options: StreamTrainerOptions): StreamTrainer;
  /** The score of each pair, shape [N]: positive where right is preferred. */
  scores(model: Model, parameters: Parameters, pairs: Pairs, judges: Judges): Float32Array;
  /** The score of each pair under each of `states`, [K, S]; row-major [N, K]. */
  scoresUnderEach(model: Model, parameters: Parameters, pairs: Pairs, states: Float32Array): Float32Array;
  /** The best point of the simplex for each of many users. @throws InputError for a problem whose parts do not fit */
  onSimplex(problem: SimplexProblem): SimplexOptima;
  /**
   * Mean loss over `data`, or over its targets, and its gradient for every parameter.
   * @param at for states that are found from answers
   * @throws InputError for noise of another shape, or targets that are no rows of the data
   */
  lossAndGradients(
    model: Model,
    parameters: Parameters,
    data: PreferenceData,
    at?: FoundAt,
  ): LossAndGradients;
  /** The states of users from their answers, row-major [U, S]. @throws InputError for a family that has no network to find them */
  states(model: Model, parameters: Parameters, data: PreferenceData): Float32Array;
  /** The rows of `table` under a map, shape [n, d]. @throws InputError for features that do not fit, or a parameter that is missing */
  apply(map: RowMap, values: Values, table: FeatureMatrix): Float32Array;
}
