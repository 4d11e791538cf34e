import { checkInteger, checkKeys } from "../core/index.js";
import { checkIsFeatureTable, type FeatureTable, type Pairs } from "../data/index.js";
import { checkIsFitted } from "./check-fitted.js";
import type { FittedModel } from "./fitted-model.js";
import type { UserState } from "./fitted-parts.js";

/** How {@link spoReward} compares. */
export interface SpoOptions {
  /** Rows of the items that each is compared with, default all. */
  readonly against?: Int32Array;
  /** The context in which all are compared, where the model knows contexts. */
  readonly context?: { readonly contexts: FeatureTable; readonly index: number };
}

const KEYS = ["against", "context"];

/**
 * How often one user prefers each item to others, shape [n], 0-1: the mean of P(item preferred) over what it is compared with. It puts users whose rewards
 * have different scales on one, and is a reward where a model has none of its own.
 * @param user a user who was trained on, or a state as `infer` gives it
 * @throws InputError for an unknown user, another model's state, or rows that the items do not have
 * @source VPL, section on reward scaling; the authors' code (VAEClassifier): items are on the left
 */
export function spoReward(
  model: FittedModel,
  user: string | UserState,
  items: FeatureTable,
  options: SpoOptions = {},
): Float32Array {
  checkIsFitted("spoReward: model", model);
  checkIsFeatureTable("spoReward: items", items);
  checkKeys("spoReward", options, KEYS);
  const n = items.ids.length;
  const { against = Int32Array.from({ length: n }, (_, i) => i), context } = options;
  for (const row of against) checkInteger("spoReward: against", row, { min: 0, max: n - 1 });
  const m = checkInteger("spoReward: rows that items are compared with", against.length, { min: 1 });
  const pairs: Pairs = {
    items,
    left: Int32Array.from({ length: n * m }, (_, i) => Math.floor(i / m)),
    right: Int32Array.from({ length: n * m }, (_, i) => against[i % m]),
    ...(context === undefined ? {} : inContext(context, n * m)),
  };
  const right = model.probabilities(pairs, typeof user === "string" ? model.stateOf(user) : user);
  const reward = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += 1 - right[i * m + j];
    reward[i] = sum / m;
  }
  return reward;
}

function inContext({ contexts, index }: NonNullable<SpoOptions["context"]>, rows: number) {
  checkIsFeatureTable("spoReward: contexts", contexts);
  checkInteger("spoReward: context", index, { min: 0, max: contexts.ids.length - 1 });
  return { contexts, context: new Int32Array(rows).fill(index) };
}
