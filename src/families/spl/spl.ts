import { InputError } from "../../core/index.js";
import {
  decode,
  decoderParameters,
  paidAbove,
  remembered,
  risen,
  sampledKl,
  tableParameters,
  warningsOf,
  type Decoder,
  type Flowed,
} from "../amortized/index.js";
import { modelClass, type Family, type ScoreInputs } from "../family.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { gaussian, gaussianTable } from "../users/index.js";
import { encode, encoderParameters, moreOf } from "./encoder.js";
import { flowParameters, flowStep, inTurns, type Orders } from "./flow.js";
import { options, type SplSettings } from "./options.js";

export type { SplOptions } from "./options.js";

/** @param orders of the coordinates in the flow's steps */
export function splFamily(orders: Orders = inTurns): Family<typeof options> {
  const flowed = remembered<SplSettings>((inputs, given) => flow(inputs, given, orders));
  return {
    kind: "spl",
    name: "Spl",
    title: "Swap-guided preference learning",
    about:
      "as variational preference learning, against collapse: opposite answers get the opposite z, and z goes through a flow; z turns the reward's layers",
    source: "SPL, ICLR 2026; formulas of the authors' code (spl_utils.py)",
    guide: {
      assumes: "everybody has a latent vector, and swapped answers mean the opposite",
      needs: "many users with several answers each",
      cost: "high",
    },
    options,
    tried: () => [{ latentDimension: 2 }, { latentDimension: 4 }],
    user: ({ latentDimension: d, contextSize, targetSize }) =>
      gaussian(d, { context: contextSize, targets: targetSize }, moreOf(d)),
    parameters,
    score: (inputs, given) => decode(inputs, flowed(inputs, given).z, decoderOf(given)),
    state: encode,
    penalty: (inputs, given) => penalty(inputs, given, flowed(inputs, given)),
    penaltyFactor: ({ klWarmup: passes }, pass) => risen({ schedule: "smooth", passes }, pass),
    penaltyTerm: ({ klWeight, guidingWeight, targetSize }) =>
      `(klWeight ${klWeight} · KL + guidingWeight ${guidingWeight} · guide) / targetSize ${targetSize}`,
    warnings: (given, answers) => warningsOf("Spl", given, answers),
  };
}

/**
 * Swap-guided preference learning: as {@link Vpl}, a network gives q(z0 | answers), a Gaussian, from the answers of a user, and P(right) =
 * 1 / (1 + e^(r(left, z) - r(right, z))). Both items of an answer go through one network; their vectors side by side through attention among the
 * answers. z is z0 after steps of an inverse autoregressive flow, which sees what the answers say; a decoder with FiLM gives the reward. The loss of an
 * answer is its own plus (klWeight · KL + guidingWeight · guide) / targetSize: KL = ln q(z | answers) - ln N(z; 0, I) at the sampled z, without
 * gradient below freeNats; the guide asks that swapping all answers turns the mean around and keeps the variances. Users are scored at the mean of
 * q(z0 | answers), put through the flow; a user's posterior is that of z0.
 * @throws InputError (odd dimension, width < 1, weight < 0, unknown option)
 */
export class Spl extends modelClass(splFamily()) {}

function parameters(given: SplSettings, sizes: DataSizes): ParameterSpec[] {
  const { latentDimension: d, flows } = given;
  if (d % 2 === 1)
    throw new InputError(
      `Spl: latentDimension must be even, got ${d}: half of it sees what was chosen, half what was not`,
    );
  return [
    ...tableParameters(given, sizes),
    ...encoderParameters(given, sizes),
    ...Array.from({ length: flows }, (_, index) => flowParameters(index, d)).flat(),
    ...decoderParameters(decoderOf(given), sizes),
    gaussianTable(sizes.users, d, moreOf(d)),
  ];
}

function decoderOf({ latentDimension, decoderWidth }: SplSettings): Decoder {
  return { latentDimension, decoderWidth, decoder: "film", decoderDepth: 2, steps: 1 };
}

function flow<T, I>(
  { ops, p, state, noise }: ScoreInputs<T, I>,
  given: SplSettings,
  orders: Orders,
): Flowed<T> {
  const d = given.latentDimension;
  const found = state();
  const part = (from: number, count: number): T => ops.columns(found, from, from + count);
  const [differences, sums] = [part(2 * d, d / 2), part(2.5 * d, d / 2)];
  let z = noise === undefined ? part(0, d) : ops.gaussianSample(part(0, 2 * d), noise);
  let total: T | undefined;
  for (let index = 0; index < given.flows; index++) {
    const step = flowStep(ops, p, { z, differences, sums, index, order: orders(index, d) });
    z = step.z;
    total = total === undefined ? step.logDeterminant : ops.add(total, step.logDeterminant);
  }
  if (total === undefined) throw new InputError("Spl: flows must be at least 1");
  return { z, logDeterminant: total };
}

function penalty<T, I>(inputs: ScoreInputs<T, I>, given: SplSettings, flowed: Flowed<T>): T {
  const { ops, pairs } = inputs;
  const { latentDimension: d, klWeight, guidingWeight, targetSize, freeNats } = given;
  const kl = sampledKl(inputs, flowed, d);
  const guide = ops.columns(inputs.state(), 3 * d, 3 * d + 1);
  const each = ops.add(
    ops.scale(paidAbove(ops, kl, freeNats), klWeight / targetSize),
    ops.scale(guide, guidingWeight / targetSize),
  );
  return ops.rows(each, pairs.users.of);
}
