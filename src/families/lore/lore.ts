import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs } from "../family.js";
import type { ModelSpace } from "../latent.js";
import { count, type OptionsOf, type Resolved } from "../options.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import {
  encode,
  encodingParameters,
  NAMES,
  parseArchitecture,
  rewardSpace,
  vectors,
  type Encoding,
} from "../parts/index.js";
import { simplex, simplexParameter } from "../users/index.js";

const options = {
  k: count("basis rewards B", { noun: "basis rewards", start: 2 }),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link LoRe}. */
export type LoReOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

/** V, one linear reward a row: it reads features as a bias-free layer does; without features every item has its B rewards. */
const BASIS: Encoding = {
  prefix: NAMES.items,
  table: NAMES.itemTable,
  projector: parseArchitecture("LoRe", "mlp0-linear-dropout0-nobias"),
};

const lore: Family<typeof options> = {
  kind: "lore",
  name: "LoRe",
  title: "LoRe",
  about:
    "a few linear rewards are learned for all, and a user mixes them; quick, and few answers place a new user",
  source: "Low-rank reward modelling (LoRe), arXiv 2504.14439",
  guide: {
    assumes: "everybody mixes a few linear rewards",
    needs: "comparisons of items, in features or ids",
    cost: "low",
  },
  options,
  tried: () => [2, 3, 5].map((k) => ({ k })),
  user: ({ k }) => simplex(k, { isLinear: true }),
  parameters,
  score,
  latent,
};

/**
 * LoRe: B basis rewards are linear in the features e; user i mixes them by weights w_i on the simplex. Reward <w_i, V e>, score the reward of right
 * minus the reward of left. Items with a context are seen with the context's features behind their own. The authors divide rewards by 100, which
 * is a matter of V's scale, and may pull V towards the head of a given reward model; there is none here.
 * @source arXiv 2504.14439
 * @throws InputError (B < 1, unknown option)
 */
export class LoRe extends modelClass(lore) {}

function parameters({ k }: Settings, { items, contexts, users }: DataSizes): ParameterSpec[] {
  const features = items.features === 0 ? 0 : items.features + (contexts?.features ?? 0);
  return [
    ...encodingParameters(BASIS, { rows: items.rows, features, output: k }),
    simplexParameter(users, k),
  ];
}

function score<T, I>({ ops, p, pairs, state }: ScoreInputs<T, I>): T {
  const isAlone = pairs.contexts === undefined || pairs.items.features === undefined;
  const items = isAlone ? pairs.items : pairs.itemsInContext;
  const w = state();
  const rewards = encode(ops, p, BASIS, items);
  return ops.innerScore(rewards, w, { ...items, user: pairs.users.of });
}

function latent({ k }: Settings): ModelSpace {
  return rewardSpace(k, (tools, table) => vectors(tools, BASIS, "items", table));
}
