import { InputError } from "../../core/index.js";
import { LOSS_OPTIONS, modelClass, type Family, type ScoreInputs, type StateInputs } from "../family.js";
import { layerParameters, tableParameters, TABLES, vectorSizes, vectorsOf } from "../amortized/index.js";
import { countOr, type OptionsOf, type Resolved } from "../options.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { found, foundTable } from "../users/index.js";
import { embed, embedderParameters, firstLayer } from "./embedder.js";
import { linear, transform, transformerParameters, type Transformer } from "./transformer.js";

const options = {
  latentDimension: countOr(32, "width d of tokens; 128 in the authors' experiments", { flag: "dimension" }),
  layers: countOr(2, "layers of the transformer; 6 in the authors' experiments"),
  heads: countOr(4, "heads of attention, which divide the width"),
  embedderDepth: countOr(2, "linear layers that make a token of an item, its context and the answer"),
  contextSize: countOr(16, "answers of a user that are read, at most: later ones are not seen"),
  targetSize: countOr(8, "answers of the same user that training predicts from these"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link Gpo}. */
export type GpoOptions = OptionsOf<typeof options>;
type Settings = Resolved<typeof options>;

const PREDICTOR = "predictor";

const gpo: Family<typeof options> = {
  kind: "gpo",
  name: "Gpo",
  title: "GPO",
  about:
    "a transformer reads a user's answers beside what is asked, and predicts the answer: nothing is fitted for a new user, and no latent vector stands between",
  source:
    "Zhao, Dang and Grover 2024 (Group Preference Optimization), arXiv 2310.11523: a transformer neural process",
  guide: {
    assumes:
      "nothing of people but that answers like theirs were seen before: what is like what is learned from many users",
    needs: "many users with several answers each",
    cost: "high",
  },
  options,
  tried: () => [{ layers: 1, contextSize: 8 }, { contextSize: 8 }],
  user: (given) => found(() => stateSize(given), { context: given.contextSize, targets: given.targetSize }),
  parameters,
  state,
  score,
};

/**
 * Group preference optimisation, each user a group: tokens of answered items (chosen with a 1, not chosen with a 0) are attended to by each other and by
 * the items that are asked about, whose outputs are rewards; P(right) is their softmax. Nothing reads the order of answers. A user's state is the
 * tokens of their first `contextSize` answers. Trained on answers by the logistic loss: the authors fit probabilities of groups by a Gaussian likelihood.
 * @source arXiv 2310.11523; authors' code, models/gpo.py and models/tnp.py
 * @throws InputError (size < 1, heads that do not divide the width, unknown option)
 */
export class Gpo extends modelClass(gpo) {}

/** Each answer is two tokens, and two numbers of the mask. */
function stateSize({ contextSize, latentDimension }: Settings): number {
  return contextSize * 2 * (latentDimension + 1);
}

function transformerOf({ latentDimension, layers, heads }: Settings): Transformer {
  return { width: latentDimension, feedForward: latentDimension, layers, heads };
}

function parameters(given: Settings, sizes: DataSizes): ParameterSpec[] {
  const { latentDimension: d, heads, embedderDepth } = given;
  if (d % heads !== 0) throw new InputError(`Gpo: heads must divide latentDimension ${d}, got ${heads}`);
  const network = [
    ...embedderParameters(d, embedderDepth, vectorSizes(given, sizes)),
    ...transformerParameters(transformerOf(given)),
    ...layerParameters(`${PREDICTOR}.0`, d, { weight: d }),
    ...layerParameters(`${PREDICTOR}.2`, 1, { weight: d }, false),
  ];
  return [
    ...tableParameters(given, sizes),
    ...network.map((spec) => ({ ...spec, group: "transformer" })),
    foundTable(sizes.users, stateSize(given)),
  ];
}

/** The tokens of a user's answers side by side, those of each answer's chosen and rejected item; then 1 for each token that is there. */
function state<T, I>(inputs: StateInputs<T, I>, { embedderDepth: depth, contextSize }: Settings): T {
  const { ops, evidence } = inputs;
  const { chosen, rejected, contexts, from } = evidence;
  const beside =
    contexts === undefined
      ? undefined
      : firstLayer(inputs, vectorsOf(inputs, contexts, TABLES.contexts), "context");
  const token = (item: typeof chosen, isChosen: boolean): T => {
    const own = firstLayer(inputs, vectorsOf(inputs, item, TABLES.items), "item");
    return embed(inputs, beside === undefined ? own : ops.add(own, beside), { depth, isChosen });
  };
  const tokens = ops.beside([token(chosen, true), token(rejected, false)]);
  const one = ops.constant(1, 2, Float32Array.of(1, 1));
  const ones = ops.bias(ops.scale(ops.columns(tokens, 0, 2), 0), one);
  return ops.beside([ops.pack(tokens, from, contextSize), ops.pack(ones, from, contextSize)]);
}

function score<T, I>(inputs: ScoreInputs<T, I>, given: Settings): T {
  const { ops, pairs } = inputs;
  const { items, contexts, users } = pairs;
  const { latentDimension: d, embedderDepth: depth, contextSize } = given;
  const all = inputs.state();
  const [tokens, size] = [2 * contextSize, 2 * contextSize * d];
  const own = firstLayer(inputs, vectorsOf(inputs, items, TABLES.items), "item");
  const beside =
    contexts === undefined
      ? undefined
      : ops.rows(firstLayer(inputs, vectorsOf(inputs, contexts, TABLES.contexts), "context"), contexts.of);
  const target = (place: I): T => {
    const h = ops.rows(own, place);
    return embed(inputs, beside === undefined ? h : ops.add(h, beside), { depth, isChosen: false });
  };
  const seen = transform(
    inputs,
    {
      context: ops.unfold(ops.columns(all, 0, size), tokens),
      mask: ops.detach(ops.columns(all, size, size + tokens)),
      targets: [target(items.left), target(items.right)],
      of: users.of,
    },
    transformerOf(given),
  );
  const [left, right] = seen.map((x) =>
    ops.hidden(linear(inputs, `${PREDICTOR}.0`, x), { activation: "relu", dropout: 0 }),
  );
  return linear(inputs, `${PREDICTOR}.2`, ops.subtract(right, left));
}
