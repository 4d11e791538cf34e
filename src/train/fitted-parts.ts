import type { AnswerCoding } from "../data/index.js";
import type { Engine } from "../engine/index.js";
import type { DataSizes, Model, Parameters } from "../families/index.js";
import type { History } from "./history.js";

/** What makes up a fitted model. */
export interface FittedParts {
  readonly model: Model;
  /** Sizes of the data that it was trained on: they give the parameters their shapes. */
  readonly sizes: DataSizes;
  readonly parameters: Parameters;
  readonly users: readonly string[];
  readonly engine: Engine;
  readonly history?: History;
  /** Ids of the items and contexts that are learned rather than described by features. */
  readonly learnedItems?: readonly string[];
  readonly learnedContexts?: readonly string[];
  /** How the answers were read that it was trained on, where they came from a table. */
  readonly coding?: AnswerCoding;
  /** Ids of the items that it was trained on, where they are described by features: others are new to it. */
  readonly trainedItems?: readonly string[];
}

/** What a model knows of one user: the numbers of its kind of state, shape [S]; on the simplex the weights, one 1 where users do not differ. */
export interface UserState {
  readonly weights: Float32Array;
  /** Of an exact inference: how much lower its objective could be at most, in nats. */
  readonly dualityGap?: number;
}
