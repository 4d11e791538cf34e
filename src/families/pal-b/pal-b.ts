import { latentSize } from "../parts/index.js";
import { InputError } from "../../core/index.js";
import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs } from "../family.js";
import { inner } from "../latent.js";
import { type OptionsOf, oneOf, real, type Resolved, SIZE_OPTIONS } from "../options.js";
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
import { simplex, simplexParameter } from "../users/index.js";

/** Largest scale of the scaled cosine. @source authors' code */
export const LARGEST_LOGIT_SCALE = 100;

const options = {
  ...SIZE_OPTIONS,
  architecture: architecture("f and every g_k, as the authors write it"),
  head: oneOf(
    ["inner-product", "scaled-cosine"],
    "inner-product",
    "inner-product is the paper's, scaled-cosine with a learned scale the authors' code",
  ),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
  assignment: oneOf(
    ["mixture", "partition"],
    "mixture",
    "partition: the heaviest prototype alone when scoring",
  ),
  initialLogitScale: real(
    "start of the logarithm of the cosine's scale, which is clamped to 100",
    Math.log(1 / 0.07),
  ),
};

/** Options of {@link PalB}. */
export type PalBOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

function itemMap(given: Settings): Encoding {
  return { prefix: NAMES.items, table: NAMES.itemTable, projector: projectorOf(given) };
}

export const palB: Family<typeof options> = {
  kind: "pal-b",
  name: "PalB",
  title: "PAL-B",
  about: "prototypes are functions of the context (the prompt); a user's direction is a mixture of them",
  source: "PAL, Figure 1 and Model B",
  guide: {
    assumes: "everybody mixes K directions, which a context may turn",
    needs: "comparisons; contexts with features help",
    cost: "middle",
  },
  options,
  tried: (sizes) => [2, 3, 5].map((k) => ({ k, latentDimension: latentSize(sizes), loss: "logistic" })),
  user: ({ k, head, assignment }) =>
    simplex(k, { isLinear: head === "inner-product", isPartition: assignment === "partition" }),
  parameters,
  score,
  latent: ({ k, latentDimension, head, ...rest }) =>
    directionSpace({
      ...{ name: "Model B", dimension: latentDimension, k, projector: projectorOf(rest) },
      ...(head === "scaled-cosine" ? { reward: cosineReward } : {}),
    }),
};

/**
 * PAL Model B: prototypes are maps g_k of the prompt; user i in context c has the direction z = sum_k w_ik g_k(c), and the reward of
 * response x is <f(x), z> (or c · cos(f(x), z)). Score of a comparison: reward of right minus reward of left.
 * @source PAL, Figure 1 and Model B
 * @throws InputError (K < 1, unknown option or variant)
 */
export class PalB extends modelClass(palB) {}

function parameters(given: Settings, sizes: DataSizes): ParameterSpec[] {
  const { items, contexts, users } = sizes;
  const { k, latentDimension: output, head, initialLogitScale } = given;
  if (contexts === undefined) {
    throw new InputError(
      "PalB: prototypes are functions of the context, and the data has none; use PalA, or give contexts",
    );
  }
  const projector = projectorOf(given);
  const maps = Array.from({ length: k }, (_, index) =>
    encodingParameters(contextMap(index, projector), { ...contexts, output }),
  );
  const scale: ParameterSpec = {
    name: NAMES.logitScale,
    shape: [],
    group: "logitScale",
    init: { kind: "constant", value: initialLogitScale },
  };
  return [
    ...encodingParameters(itemMap(given), { ...items, output }),
    ...maps.flat(),
    simplexParameter(users, k),
    ...(head === "scaled-cosine" ? [scale] : []),
  ];
}

function score<T, I>({ ops, p, pairs, state }: ScoreInputs<T, I>, given: Settings): T {
  const { items, contexts, users, own } = pairs;
  if (contexts === undefined) throw new InputError("PalB: the data has no context column");
  const projector = projectorOf(given);
  const w = state();
  const g = Array.from({ length: given.k }, (_, k) => encode(ops, p, contextMap(k, projector), contexts));
  const direction = ops.mixRows(g, w, { user: users.of, context: contexts.of });
  const z = encode(ops, p, itemMap(given), items);
  const places = { left: items.left, right: items.right, user: own };
  if (given.head === "inner-product") return ops.innerScore(z, direction, places);
  const scale = { logScale: p.get(NAMES.logitScale), largest: LARGEST_LOGIT_SCALE };
  return ops.cosineScore(z, direction, places, scale);
}

/** c · cos; a vector of length 0 has cosine 0. */
function cosineReward(tools: {
  parameter(name: string): Float32Array;
}): (z: Float32Array, u: Float32Array) => number {
  const scale = Math.min(Math.exp(tools.parameter(NAMES.logitScale)[0]), LARGEST_LOGIT_SCALE);
  return (z, u) => {
    const lengths = Math.sqrt(inner(z, z) * inner(u, u));
    return lengths === 0 ? 0 : (scale * inner(z, u)) / lengths;
  };
}
