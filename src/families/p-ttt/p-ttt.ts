import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs, type StateInputs } from "../family.js";
import { layerParameters, tableParameters, TABLES } from "../amortized/index.js";
import { countOr, real, type OptionsOf, type Resolved } from "../options.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { found, foundTable } from "../users/index.js";

const options = {
  latentDimension: countOr(16, "dimension d of keys, and of a user's fast weights", { flag: "dimension" }),
  updateRate: real("what an answer's update is multiplied by", 0.1, { above: 0 }),
  contextSize: countOr(16, "most answers that fast weights are found from in training"),
  targetSize: countOr(8, "answers of the same user that training predicts from these"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link PTtt}. */
export type PTttOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

const SLOW = "slow";
const KEYS = { items: "key.item", contexts: "key.context" };

const pTtt: Family<typeof options> = {
  kind: "p-ttt",
  name: "PTtt",
  title: "P-TTT, linear",
  about:
    "every answer adds its own update to a user's fast weights, in closed form: no network reads the answers and nothing is fitted for a new user, so that placing one is one sum",
  source: "P-TTT 2026, its fast weights in linear form: updates of rank 1, W += rate v (k+ - k-)ᵀ",
  guide: {
    assumes: "what somebody chose is like what they will choose",
    needs: "several answers a user",
    cost: "low",
  },
  options,
  tried: () => [0.03, 0.1, 0.3].map((updateRate) => ({ updateRate })),
  user: ({ latentDimension, contextSize, targetSize }) =>
    found(() => latentDimension, { context: contextSize, targets: targetSize }),
  parameters,
  state,
  score,
};

/**
 * Personal test-time training in its linear form: an item has a key k, the reward is <w + rate · W_u, k>, and W_u, the user's fast weights, is the sum
 * of k(chosen) - k(rejected) over their answers: flipping every label negates it. Keys are linear in the item's features; in a context they are
 * multiplied, number by number, by a key of the context, linear in its features. What has no features has a learned key.
 * @source P-TTT 2026, with a value v of one number
 * @throws InputError (size < 1, rate <= 0, unknown option)
 */
export class PTtt extends modelClass(pTtt) {}

function parameters(given: Settings, sizes: DataSizes): ParameterSpec[] {
  const { latentDimension: d } = given;
  const keys = (name: string, features = 0): ParameterSpec[] =>
    features === 0 ? [] : layerParameters(name, d, { weight: features }, false);
  const init = { kind: "constant", value: 0 } as const;
  return [
    ...tableParameters(given, sizes),
    ...keys(KEYS.items, sizes.items.features),
    ...keys(KEYS.contexts, sizes.contexts?.features),
    { name: SLOW, shape: [d], group: "projector", init },
    foundTable(sizes.users, d),
  ];
}

/** Keys of rows: a linear map of their features, or what was learned in place of it. */
function keysOf<T, I>(
  { ops, p }: Pick<StateInputs<T, I>, "ops" | "p">,
  { features, rows }: { readonly features: T | undefined; readonly rows: I },
  table: keyof typeof KEYS,
): T {
  if (features === undefined) return ops.rows(p.get(TABLES[table]), rows);
  return ops.matmul(features, p.get(`${KEYS[table]}.weight`), "transposed");
}

function state<T, I>(inputs: StateInputs<T, I>): T {
  const { ops, evidence } = inputs;
  const { chosen, rejected, contexts, from } = evidence;
  const apart = ops.subtract(keysOf(inputs, chosen, "items"), keysOf(inputs, rejected, "items"));
  const updates = contexts === undefined ? apart : ops.multiply(apart, keysOf(inputs, contexts, "contexts"));
  return ops.segmentSum(updates, from);
}

function score<T, I>(inputs: ScoreInputs<T, I>, { updateRate, latentDimension }: Settings): T {
  const { ops, p, pairs } = inputs;
  const { items, contexts, users } = pairs;
  const weights = ops.bias(ops.scale(inputs.state(), updateRate), p.get(SLOW));
  const keys = keysOf(inputs, items, "items");
  if (contexts === undefined) return ops.innerScore(keys, weights, { ...items, user: users.of });
  const apart = ops.differences(keys, items);
  const scene = ops.rows(keysOf(inputs, contexts, "contexts"), contexts.of);
  const own = ops.multiply(ops.multiply(apart, scene), ops.rows(weights, users.of));
  const ones = ops.constant(latentDimension, 1, new Float32Array(latentDimension).fill(1));
  return ops.matmul(own, ones);
}
