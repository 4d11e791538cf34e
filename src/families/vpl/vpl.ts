import { modelClass, type Family, type ScoreInputs, type StateInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { gaussian, gaussianTable } from "../users/index.js";
import { encode, encoderParameters } from "./encoder.js";
import { decode, decoderParameters, tableParameters, warmth } from "../amortized/index.js";
import { options, type VplSettings } from "./options.js";
import { PRIOR, priorParameters } from "./prior.js";

export type { VplOptions } from "./options.js";

const vpl: Family<typeof options> = {
  kind: "vpl",
  name: "Vpl",
  title: "Variational preference learning",
  about:
    "a network reads a user's answers, in any order, and says which z the user has and how sure that is; items get their reward under z",
  source: "Poddar, Wan, Ivison, Gupta and Jaques 2024 (VPL), arXiv 2408.10075",
  guide: {
    assumes: "everybody has a latent vector that a network reads from answers",
    needs: "many users with several answers each",
    cost: "middle",
  },
  options,
  tried: () => [{ klWeight: 0.1 }, { klWeight: 1 }, { klWeight: 0.1, latentDimension: 4 }],
  user: ({ latentDimension, contextSize, targetSize, setEncoder }) =>
    gaussian(latentDimension, {
      context: contextSize,
      targets: targetSize,
      isOrdered: setEncoder === "flat",
    }),
  parameters,
  score,
  state,
  penalty,
  penaltyFactor: ({ klWarmup }, pass) => warmth(pass, klWarmup),
};

/**
 * Variational preference learning: a user has a latent z; P(right) = 1 / (1 + e^(r(left, z) - r(right, z))). An encoder gives q(z | answers), a
 * Gaussian: each answer (chosen, rejected) goes through an MLP, their mean through another layer; no answers give the prior. Training predicts a
 * user's answers by a z drawn from q of other answers of the same user: the loss of an answer is its own plus klWeight / targetSize · KL(q || prior).
 * Users are scored at the mean of q of all of their answers. Items with a context are seen with its features; what has none is a learned vector of
 * d numbers. The last bias of the authors' decoder cancels, and is left out.
 * @source arXiv 2408.10075; control experiments of the authors' code, with a mean over answers where that reads a fixed number of them in order
 * @throws InputError (width < 1, KL weight < 0, unknown option; a flat encoder on data without features)
 */
export class Vpl extends modelClass(vpl) {}

function parameters(given: VplSettings, sizes: DataSizes): ParameterSpec[] {
  return [
    ...tableParameters(given, sizes),
    ...encoderParameters(given, sizes),
    ...priorParameters(given),
    ...decoderParameters(given, sizes),
    gaussianTable(sizes.users, given.latentDimension),
  ];
}

function state<T, I>(inputs: StateInputs<T, I>, given: VplSettings): T {
  const found = encode(inputs, given);
  return given.prior === "standard" ? found : inputs.ops.bias(found, inputs.p.get(PRIOR));
}

function score<T, I>(inputs: ScoreInputs<T, I>, given: VplSettings): T {
  const { ops, noise } = inputs;
  const posterior = inputs.state();
  const z =
    noise === undefined
      ? ops.columns(posterior, 0, given.latentDimension)
      : ops.gaussianSample(posterior, noise);
  return decode(inputs, z, given);
}

function penalty<T, I>({ ops, p, pairs, state: posterior }: ScoreInputs<T, I>, given: VplSettings): T {
  const prior = given.prior === "standard" ? undefined : p.get(PRIOR);
  const each = ops.gaussianKl(posterior(), given.klWeight / given.targetSize, prior);
  return ops.rows(each, pairs.users.of);
}
