import { checkIsFitted } from "./check-fitted.js";
import { checkFinite, checkInteger, checkObject, InputError, show } from "../core/index.js";
import { featureDimension, type FeatureTable } from "../data/index.js";
import type { ModelSpace } from "../families/index.js";
import type { FittedModel } from "./fitted-model.js";
import type { UserState } from "./fitted-parts.js";
import { latentTools } from "./latent-tools.js";

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
 * const reward = rewardOf(fitted, data.users[0]);
 * reward(data.items); // a number for each item; of Model B: reward(responses, { contexts: prompts, index: 3 })
 */
export function rewardOf(model: FittedModel, user: string | UserState): Reward {
  checkIsFitted("rewardOf: model", model);
  if (typeof user !== "string")
    checkObject("rewardOf: user", user, ["weights"], "a user's name, or a state as infer gives it");
  const state = typeof user === "string" ? model.stateOf(user) : user;
  if (state.weights.length !== model.k) {
    throw new InputError(`rewardOf: a state has ${model.k} weights, got ${state.weights.length}`);
  }
  checkFinite("rewardOf: weights", state.weights);
  const reward = rewardIn(model, state);
  return (items, context) => {
    if (typeof items !== "object" || !Array.isArray(items.ids)) {
      throw new InputError(
        `rewardOf: a reward takes a table of items, { ids: ["a"], features: Float32Array }, got ${show(items)}`,
      );
    }
    return reward(items, context);
  };
}

function rewardIn(model: FittedModel, state: UserState): Reward {
  const space = model.model.latent;
  if (space === undefined)
    throw new InputError(
      `rewardOf: ${model.model.family.name} gives no item a reward of its own, only comparisons`,
    );
  return space.inContexts(latentTools(model))
    ? rewardInContext(model, space, state)
    : plainReward(model, space, state);
}

/** One point for all contexts; the family may see items with the features of their context behind their own. */
function plainReward(fitted: FittedModel, space: ModelSpace, state: UserState): Reward {
  const tools = latentTools(fitted);
  const of = space.reward(tools);
  const point = space.point(tools, state.weights);
  return (items, context) => {
    if (context !== undefined && !space.joinsContexts)
      throw new InputError("rewardOf: the model was trained without contexts");
    const table = context === undefined ? items : joined(items, context);
    checkColumns(fitted, "items", table, space);
    if (table.ids.length === 0) return new Float32Array(0);
    return rewards(space.items(tools, table), point.length, (z) => of(z, point));
  };
}

/** The user's point depends on the context that an item answers. */
function rewardInContext(fitted: FittedModel, space: ModelSpace, state: UserState): Reward {
  const tools = latentTools(fitted);
  const of = space.reward(tools);
  const d = space.dimension;
  return (items, context) => {
    if (context === undefined) {
      throw new InputError("rewardOf: this model's reward depends on the context; pass { contexts, index }");
    }
    const { contexts } = context;
    checkColumns(fitted, "contexts", contexts, space);
    const rowOf = contextRows(items, context);
    if (items.ids.length === 0) return new Float32Array(0);
    const points = space.point(tools, state.weights, contexts);
    checkColumns(fitted, "items", items, space);
    return rewards(space.items(tools, items), d, (z, item) => {
      return of(z, points.subarray(rowOf(item) * d, (rowOf(item) + 1) * d));
    });
  };
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

/** What is learned has 0 columns. @throws InputError */
function checkColumns(
  fitted: FittedModel,
  name: "items" | "contexts",
  table: FeatureTable,
  { joinsContexts }: ModelSpace,
): void {
  const { items, contexts = { features: 0 } } = fitted.sizes;
  const beside = joinsContexts ? contexts.features : 0;
  const expected = name === "contexts" ? contexts.features : items.features + beside;
  const found = featureDimension(table);
  if (table.ids.length === 0 || found === expected) return;
  const those = name === "items" && beside > 0 ? " and contexts together" : "";
  const rule =
    expected === 0
      ? "no features (the model learned a vector for each)"
      : `${expected} features${those}, as in training`;
  throw new InputError(`rewardOf: ${name} must have ${rule}, got ${found}`);
}
