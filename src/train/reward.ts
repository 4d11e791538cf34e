import { checkFinite, checkInteger, InputError } from "../core/index.js";
import { featureDimension, type FeatureTable } from "../data/index.js";
import { hasPrototypes, LARGEST_LOGIT_SCALE, NAMES, type PalA } from "../model/index.js";
import { FittedPrototypeModel, type FittedModel, type UserState } from "./fitted-model.js";
import { place } from "./placement.js";

/** The contexts (prompts) that items answer, and which item answers which. */
export interface RewardContext {
  readonly contexts: FeatureTable;
  /** Row of `contexts` for all items, or one for each item, shape [n]; may be left out where there is one context. */
  readonly index?: number | Int32Array;
}

/** The reward of each item, shape [n]: the larger, the more preferred. @throws InputError for features that do not fit */
export type Reward = (items: FeatureTable, context?: RewardContext) => Float32Array;

/**
 * One user's reward, the scalar form that downstream training wants. Model A: minus the distance (squared or plain, as the model has it) from
 * the user's point. Model B: `<f(x), z>`, or the scaled cosine. Bradley-Terry: its reward. The score of a comparison is the reward of right
 * minus the reward of left.
 * @param user a user who was trained on, or a state as `infer` gives it
 * @throws InputError for an unknown user or another model's state
 * @source the authors' integration/pal_integration.py, with the user's weights on the simplex
 * @example
 * const reward = rewardOf(fitted, "user-7");
 * reward(responses, { contexts: prompts, index: 3 }); // n responses to prompt 3
 */
export function rewardOf(model: FittedModel, user: string | UserState): Reward {
  const state = typeof user === "string" ? model.stateOf(user) : user;
  if (state.weights.length !== model.k) {
    throw new InputError(`rewardOf: a state has ${model.k} weights, got ${state.weights.length}`);
  }
  checkFinite("rewardOf: weights", state.weights);
  if (model.model.kind === "pal-a") return distanceReward(model, model.model, state);
  if (model.sizes.contexts !== undefined) return directionReward(model, state);
  return (items, context) => {
    if (context !== undefined) throw new InputError("rewardOf: the model was trained without contexts");
    return latent(model, "items", items);
  };
}

/** -h(|f(x) - u|²); f sees the features of the context behind those of the item. */
function distanceReward(fitted: FittedModel, model: PalA, state: UserState): Reward {
  const point = prototypesOf(fitted).idealPointOf(state);
  return (items, context) => {
    const table = context === undefined ? items : joined(items, context);
    return rewards(latent(fitted, "items", table), point.length, (z) => {
      const squared = sum(z, (value, j) => (value - point[j]) ** 2);
      return model.distance === "plain" ? -Math.sqrt(squared) : -squared;
    });
  };
}

/** <f(x), z> or c · cos(f(x), z), where z is the user's direction in the context that the item answers. */
function directionReward(fitted: FittedModel, state: UserState): Reward {
  const scale = cosineScale(fitted);
  const directionsAt = (contexts: FeatureTable): Float32Array =>
    hasPrototypes(fitted.model)
      ? prototypesOf(fitted).idealPointOf(state, contexts)
      : latent(fitted, 0, contexts);
  return (items, context) => {
    if (context === undefined) {
      throw new InputError("rewardOf: this model's reward depends on the context; pass { contexts, index }");
    }
    const { contexts } = context;
    checkColumns(fitted, "contexts", contexts);
    const rowOf = contextRows(items, context);
    if (items.ids.length === 0) return new Float32Array(0);
    const d = fitted.model.latentDimension;
    const directions = directionsAt(contexts);
    return rewards(latent(fitted, "items", items), d, (z, item) => {
      const direction = directions.subarray(rowOf(item) * d, (rowOf(item) + 1) * d);
      const inner = sum(z, (value, j) => value * direction[j]);
      if (scale === undefined) return inner;
      const lengths = Math.sqrt(sum(z, (value) => value ** 2) * sum(direction, (value) => value ** 2));
      return lengths === 0 ? 0 : (scale * inner) / lengths;
    });
  };
}

/** c of c · cos; undefined where the reward is the inner product. */
function cosineScale({ model, parameters }: FittedModel): number | undefined {
  if (model.kind !== "pal-b" || model.head !== "scaled-cosine") return undefined;
  return Math.min(Math.exp(parameters.get(NAMES.logitScale)?.[0] ?? NaN), LARGEST_LOGIT_SCALE);
}

/** `of` each row of `latents`, shape [n, d]. */
function rewards(
  latents: Float32Array,
  d: number,
  of: (row: Float32Array, index: number) => number,
): Float32Array {
  return Float32Array.from({ length: latents.length / d }, (_, i) =>
    of(latents.subarray(i * d, (i + 1) * d), i),
  );
}

/** In float64: the difference of two rewards is often small beside them. */
function sum(values: Float32Array, of: (value: number, index: number) => number): number {
  return values.reduce((total, value, index) => total + of(value, index), 0);
}

function prototypesOf(fitted: FittedModel): FittedPrototypeModel {
  if (fitted instanceof FittedPrototypeModel) return fitted;
  throw new InputError("rewardOf: internal: a model with prototypes must be a FittedPrototypeModel");
}

/** Latent vectors of the rows of `table`, shape [n, d], under the map of items or g_k of contexts; learned vectors where there are no features. */
function latent(fitted: FittedModel, map: "items" | number, table: FeatureTable): Float32Array {
  const name = map === "items" ? "items" : "contexts";
  checkColumns(fitted, name, table);
  const { features, ids } = table;
  if (ids.length === 0) return new Float32Array(0);
  if (features !== undefined) {
    const matrix = { features, columns: featureDimension(table) };
    return fitted.engine.project(fitted.model, fitted.parameters, map, matrix);
  }
  const learned = (map === "items" ? fitted.learnedItems : fitted.learnedContexts) ?? [];
  const values = fitted.parameters.get(map === "items" ? NAMES.itemTable : NAMES.contextTable(map));
  if (values === undefined) throw new InputError(`rewardOf: internal: no learned ${name}`);
  const d = values.length / learned.length;
  const rows = Int32Array.from(ids.keys());
  const places = place(`rewardOf: ${name}`, table, learned)?.move(rows) ?? rows;
  const vectors = new Float32Array(ids.length * d);
  places.forEach((from, row) => vectors.set(values.subarray(from * d, (from + 1) * d), row * d));
  return vectors;
}

/** The features of each item with those of its context behind them, as Model A's f sees them. */
function joined(items: FeatureTable, context: RewardContext): FeatureTable {
  const [own, beside] = [items.features, context.contexts.features];
  if (own === undefined || beside === undefined) {
    throw new InputError(
      "rewardOf: Model A sees items and contexts by their features; one of the tables has none",
    );
  }
  const rowOf = contextRows(items, context);
  const [d, e] = [featureDimension(items), featureDimension(context.contexts)];
  const features = new Float32Array(items.ids.length * (d + e));
  items.ids.forEach((_, i) => {
    features.set(own.subarray(i * d, (i + 1) * d), i * (d + e));
    features.set(beside.subarray(rowOf(i) * e, (rowOf(i) + 1) * e), i * (d + e) + d);
  });
  return { ids: items.ids, features };
}

/** Which row of the contexts each item answers. */
function contextRows(items: FeatureTable, { contexts, index }: RewardContext): (item: number) => number {
  const count = contexts.ids.length;
  if (index === undefined && count !== 1) {
    throw new InputError(`rewardOf: index must say which of the ${count} contexts the items answer`);
  }
  if (index === undefined || typeof index === "number") {
    const row = checkInteger("rewardOf: index", index ?? 0, { min: 0, max: count - 1 });
    return () => row;
  }
  if (index.length !== items.ids.length) {
    throw new InputError(
      `rewardOf: index must have ${items.ids.length} rows as the items have, got ${index.length}`,
    );
  }
  index.forEach((row) => checkInteger("rewardOf: index", row, { min: 0, max: count - 1 }));
  return (item) => index[item];
}

/** What is learned has 0 columns. */
function checkColumns(fitted: FittedModel, name: "items" | "contexts", table: FeatureTable): void {
  const { items, contexts = { features: 0 } } = fitted.sizes;
  const expected =
    name === "contexts"
      ? contexts.features
      : items.features + (fitted.model.kind === "pal-a" ? contexts.features : 0);
  const found = featureDimension(table);
  if (table.ids.length === 0 || found === expected) return;
  const those =
    name === "items" && fitted.model.kind === "pal-a" && contexts.features > 0
      ? " and contexts together"
      : "";
  const rule =
    expected === 0
      ? "no features (the model learned a vector for each)"
      : `${expected} features${those}, as in training`;
  throw new InputError(`rewardOf: ${name} must have ${rule}, got ${found}`);
}
