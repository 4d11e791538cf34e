import { InputError } from "../core/index.js";
/** What a parameter starts from. `normal` is N(0, deviation²) an entry. */
export type Init =
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "normal"; readonly deviation: number }
  | { readonly kind: "constant"; readonly value: number };

/** How far the parameters of a group move in a step. */
export interface LearningRate {
  readonly rate: number;
  /** Weight decay, default 0. */
  readonly decay?: number;
}

/** A named array of parameters; `shape` is row-major, [] for a scalar. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Parameters of one group share a learning rate and a decay. */
  readonly group: string;
  readonly init: Init;
  /** Its rows are users: saved one by one, and not needed to score others. */
  readonly per?: "user";
}

/** Values by name, each row-major. */
export type Parameters = ReadonlyMap<string, Float32Array>;

/** What a model must know of the data to have a shape: rows of each table and columns of its features (0: without features). */
export interface DataSizes {
  readonly users: number;
  readonly items: { readonly rows: number; readonly features: number };
  readonly contexts?: { readonly rows: number; readonly features: number };
}

/**
 * Step sizes by group. Of the simulation: f 5e-4 with decay 1e-3, prototypes and user weights 5e-3 (recollection of the paper, unverified), the
 * logit scale 0.1 (authors' code), learned tables 5e-3 (ours), a transformer 1e-3 (ours: larger steps do not always converge), trees 0.03 (ours).
 */
export const DEFAULT_LEARNING_RATES = {
  projector: { rate: 5e-4, decay: 1e-3 },
  prototypes: { rate: 5e-3 },
  weights: { rate: 5e-3 },
  logitScale: { rate: 0.1 },
  tables: { rate: 5e-3 },
  transformer: { rate: 1e-3 },
  trees: { rate: 0.03 },
} satisfies { readonly [group: string]: LearningRate };

/** A trained parameter's values. @param family who asks, for the message @throws InputError where it is not there */
export function valuesOf(trained: Parameters, name: string, family: string): Float32Array {
  const found = trained.get(name);
  if (found === undefined) throw new InputError(`${family}: parameter ${name} is missing`);
  return found;
}
