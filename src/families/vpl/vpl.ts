import { InputError } from "../../core/index.js";
import { modelClass, type Family, type ScoreInputs, type StateInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { gaussian, gaussianTable } from "../users/index.js";
import { encode, encoderParameters } from "./encoder.js";
import {
  decode,
  decoderParameters,
  paidAbove,
  risen,
  sampledKl,
  tableParameters,
  warningsOf,
} from "../amortized/index.js";
import { drawn } from "./latent-draw.js";
import { options, type VplSettings } from "./options.js";
import { PRIOR, priorParameters } from "./prior.js";
import { flowParameters } from "./radial-flow.js";

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
  user: ({ latentDimension, contextSize, contextDraw, targetSize, setEncoder }) =>
    gaussian(latentDimension, {
      context: contextSize,
      draw: contextDraw,
      targets: targetSize,
      isOrdered: setEncoder === "flat",
    }),
  parameters,
  score,
  state,
  penalty,
  penaltyFactor: ({ klSchedule: schedule, klWarmup: passes, klBaseline: baseline }, pass) =>
    risen({ schedule, passes, baseline }, pass),
  penaltyTerm: ({ klWeight, targetSize }) =>
    `klWeight ${klWeight} / targetSize ${targetSize} · KL(q || prior)`,
  warnings: (given, answers) => warningsOf("Vpl", given, answers),
};

/**
 * Variational preference learning: a user has a latent z; P(right) = 1 / (1 + e^(r(left, z) - r(right, z))). An encoder gives q(z | answers), a
 * Gaussian: each answer (chosen, rejected) goes through an MLP, their mean through another layer; no answers give the prior. Training predicts a
 * user's answers by a z drawn from q of other answers of the same user: the loss of an answer is its own plus klWeight / targetSize · KL(q || prior).
 * Users are scored at the mean of q of all of their answers. Items with a context are seen with its features; what has none is a learned vector of
 * d numbers. The last bias of the authors' decoder cancels, and is left out.
 *
 * Variants: `flow` bends z by radial steps, of the prior or of what the answers say; `decoder` "classifier" says who is preferred from both items, and no item
 * has a reward (`trained.spoReward` gives one); `freeNats`, `klSchedule` and `contextDraw` say what training asks of z. What is called `released` counts as
 * the authors' code does where that is not the mathematics: to compare with.
 * @source arXiv 2408.10075; control experiments of the authors' code, with a mean over answers where that reads a fixed number of them in order
 * @throws InputError (width < 1, KL weight < 0, unknown option; a flat encoder on data without features, a classifier of items of several steps, a flow
 *   with a z of fixed length)
 * @example
 * const vpl = new families.Vpl({ latentDimension: 2 });
 * const read = await fit(vpl, data, { engine: await loadEngine(), seed: 1, epochs: 2 });
 * read.infer(known); // mean and covariance of who gave these answers
 */
export class Vpl extends modelClass(vpl) {}

function parameters(given: VplSettings, sizes: DataSizes): ParameterSpec[] {
  const { flow, flowSteps, latentDimension: d, latentLength } = given;
  if (flow !== "none" && latentLength !== "free")
    throw new InputError(
      `Vpl: latentLength ${JSON.stringify(latentLength)} is of z without a flow, got flow ${JSON.stringify(flow)}: a flow ends where it wants to`,
    );
  return [
    ...tableParameters(given, sizes),
    ...encoderParameters(given, sizes),
    ...priorParameters(given),
    ...(flow === "none" ? [] : flowParameters(flowSteps, d)),
    ...decoderParameters(given, sizes),
    gaussianTable(sizes.users, d),
  ];
}

function state<T, I>(inputs: StateInputs<T, I>, given: VplSettings): T {
  const found = encode(inputs, given);
  return given.prior === "standard" ? found : inputs.ops.bias(found, inputs.p.get(PRIOR));
}

function score<T, I>(inputs: ScoreInputs<T, I>, given: VplSettings): T {
  return decode(inputs, drawn(inputs, given).z, given);
}

/** A flow of the prior moves prior and posterior alike: the divergence is that before it. */
function penalty<T, I>(inputs: ScoreInputs<T, I>, given: VplSettings): T {
  const { ops, p, pairs } = inputs;
  const { freeNats, latentDimension: d, targetSize, flow } = given;
  const prior = given.prior === "standard" ? undefined : p.get(PRIOR);
  const weight = given.klWeight / targetSize;
  const divergence = (by: number): T =>
    flow === "posterior"
      ? ops.scale(sampledKl(inputs, drawn(inputs, given), d, prior), by)
      : ops.gaussianKl(inputs.state(), by, prior);
  const paid =
    freeNats === 0 ? divergence(weight) : ops.scale(paidAbove(ops, divergence(1), freeNats), weight);
  const { logDeterminant } = flow === "released" ? drawn(inputs, given) : {};
  const each =
    logDeterminant === undefined ? paid : ops.subtract(paid, ops.scale(logDeterminant, 1 / targetSize));
  return ops.rows(each, pairs.users.of);
}
