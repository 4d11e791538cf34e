import type { Json } from "../core/index.js";

/** What a parameter starts from. `normal` is N(0, deviation²) an entry. */
export type Init =
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "normal"; readonly deviation: number }
  | { readonly kind: "constant"; readonly value: number };

/** Parameters of one group share a learning rate and a decay. */
export const PARAMETER_GROUPS = ["projector", "prototypes", "weights", "logitScale", "tables"] as const;
export type ParameterGroup = (typeof PARAMETER_GROUPS)[number];

/** A named array of parameters; `shape` is row-major, [] for a scalar. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly group: ParameterGroup;
  readonly init: Init;
}

/** Values by name, each row-major. */
export type Parameters = ReadonlyMap<string, Float32Array>;

/** What a model must know of the data to have a shape: rows of each table and columns of its features (0: without features). */
export interface DataSizes {
  readonly users: number;
  readonly items: { readonly rows: number; readonly features: number };
  readonly contexts?: { readonly rows: number; readonly features: number };
}

export type LossKind = "hinge" | "logistic";

/**
 * A model is a specification: hyper-parameters, parameters with their shapes, and a loss. It computes nothing; an engine does.
 * More models (VPL, low-rank) join by a `kind` of their own.
 */
interface BaseModel {
  /** Resolved hyper-parameters, `kind` included: `modelFrom(model.config)` makes the same model. */
  readonly config: { readonly [key: string]: Json };
  readonly loss: LossKind;
  /** Margin of the hinge loss. */
  readonly margin: number;
  /** @throws InputError when the model cannot be built on data of these sizes */
  parameters(sizes: DataSizes): ParameterSpec[];
}

/** Common to models in which a user is a point of the simplex over prototypes. */
export interface PrototypeModel extends BaseModel {
  /** Number of prototypes, K >= 1. */
  readonly k: number;
  /** Dimension d of the latent space. */
  readonly latentDimension: number;
  /** `partition` takes the heaviest prototype alone when scoring; training always mixes. */
  readonly assignment: "mixture" | "partition";
}

export type { BaseModel };

/** A table of learned vectors, shape [rows, d], each starting from N(0, I/d). */
export function tableParameter(name: string, shape: readonly [number, number]): ParameterSpec {
  return { name, shape, group: "tables", init: { kind: "normal", deviation: 1 / Math.sqrt(shape[1]) } };
}

/** Parameter names, as in the authors' code where it has the parameter. `tables` hold learned vectors where there are no features. */
export const NAMES = {
  items: "item_learner.projector",
  itemTable: "item_learner.table",
  prototypes: "user_learner.P",
  weights: "user_learner.W",
  logitScale: "logit_scale",
  prototypeMap: (k: number): string => `user_learner.projectors.${k}`,
  contextTable: (k: number): string => `user_learner.tables.${k}`,
};
