import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs } from "../family.js";
import type { ModelSpace, LatentTools } from "../latent.js";
import { countOr, type OptionsOf, type Resolved } from "../options.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import {
  architecture,
  contextMap,
  directionSpace,
  encode,
  encodingParameters,
  NAMES,
  projectorOf,
  type Encoding,
} from "../parts/index.js";
import { none } from "../users/index.js";

const options = {
  architecture: architecture("the reward, as the authors write a map"),
  latentDimension: countOr(16, "width of hidden layers, and the dimension in which items and contexts meet", {
    flag: "dimension",
  }),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link BradleyTerry}. */
export type BradleyTerryOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

function itemMap(given: Settings): Encoding {
  return { prefix: NAMES.items, table: NAMES.itemTable, projector: projectorOf(given) };
}

export const bradleyTerry: Family<typeof options> = {
  kind: "bradley-terry",
  name: "BradleyTerry",
  title: "Bradley-Terry",
  about: "one reward for all: it knows no users, and is what a family must beat",
  source: "Bradley and Terry 1952",
  guide: { assumes: "everybody wants the same", needs: "comparisons; users play no part", cost: "low" },
  options,
  tried: ({ items, contexts }) =>
    items.features + (contexts?.features ?? 0) === 0 ? [{}] : [{}, { architecture: "mlp1-relu-dropout0" }],
  user: () => none,
  parameters,
  score,
  latent,
};

/**
 * Bradley-Terry-Luce: one reward for all, P(right) = 1 / (1 + e^(r(left) - r(right))); it knows no users: the K = 1 world.
 * Without a context r is a projector to one number; in a context r = <f(item), g(context)>.
 * @source Bradley and Terry 1952
 * @throws InputError (unknown option or variant)
 */
export class BradleyTerry extends modelClass(bradleyTerry) {}

function parameters(given: Settings, { items, contexts }: DataSizes): ParameterSpec[] {
  const { latentDimension: d } = given;
  if (contexts === undefined) return encodingParameters(itemMap(given), { ...items, output: 1, width: d });
  return [
    ...encodingParameters(itemMap(given), { ...items, output: d }),
    ...encodingParameters(contextMap(0, projectorOf(given)), { ...contexts, output: d }),
  ];
}

function score<T, I>({ ops, p, pairs }: ScoreInputs<T, I>, given: Settings): T {
  const { items, contexts, own } = pairs;
  if (contexts === undefined) return ops.differences(encode(ops, p, itemMap(given), items), items);
  const g = encode(ops, p, contextMap(0, projectorOf(given)), contexts);
  const direction = ops.rows(g, contexts.of);
  const z = encode(ops, p, itemMap(given), items);
  return ops.innerScore(z, direction, { left: items.left, right: items.right, user: own });
}

/** Where contexts have a vector each: there alone items meet a direction. */
function latent({ latentDimension, ...rest }: Settings): ModelSpace {
  const projector = projectorOf(rest);
  const { prototypes, ...space } = directionSpace({
    ...{ name: "Bradley-Terry", dimension: latentDimension, k: 1, projector },
  });
  const inContexts = (tools: LatentTools): boolean =>
    tools.has(NAMES.contextTable(0)) || tools.has(NAMES.prototypeMap(0));
  return {
    ...space,
    inContexts,
    point: (tools, _, contexts) => (inContexts(tools) ? prototypes(tools, contexts) : Float32Array.of(1)),
  };
}
