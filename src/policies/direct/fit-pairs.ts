import { checkInteger, checkKeys, checkNumber, checkNumbers, checkObject } from "../../core/index.js";
import { Adam } from "../adam.js";
import { logSoftmax, softmax, throughLogSoftmax } from "../softmax.js";
import { checkPairs, type ActionPairs } from "./distinct-pairs.js";
import { type PairLossName, type PairLossOptions } from "./pair-loss.js";
import { pairSlopes } from "./pair-slopes.js";

/** Options of {@link fitPairs}: a loss and what it takes, and how long it is followed. */
export interface FitPairsOptions extends PairLossOptions {
  readonly loss: PairLossName;
  /** Steps of Adam with all pairs, default 4000. */
  readonly steps?: number;
  /** Their size, default 0.05; it falls evenly to 0. */
  readonly rate?: number;
}

/**
 * A policy of one state, a softmax over actions, fitted to pairs by a loss of pairLoss; it starts at the reference.
 * @param reference ln of the reference's chances of the actions, [A]
 * @returns ln of the policy's chances, [A]
 * @throws InputError for an action that the reference lacks, or an option out of its range
 */
export function fitPairs(
  reference: ArrayLike<number>,
  pairs: ActionPairs,
  options: FitPairsOptions,
): Float64Array {
  checkNumbers("fitPairs: reference", reference);
  checkObject("fitPairs: options", options, ["loss"], 'an object such as { loss: "DPO" }');
  checkKeys("fitPairs", options, ["loss", "steps", "rate", "beta", "flipped", "referenceFree"]);
  const { steps = 4000, rate = 0.05, ...loss } = options;
  checkInteger("fitPairs: steps", steps, { min: 1 });
  checkNumber("fitPairs: rate", rate, { above: 0 });
  checkPairs("fitPairs", pairs, reference.length);
  const slopes = pairSlopes(Float64Array.from(reference), pairs, loss);
  const logits = Float64Array.from(reference);
  const policy = { logits, chances: new Float64Array(logits.length) };
  const slope = new Float64Array(logits.length);
  const adam = new Adam(logits.length);
  for (let step = 0; step < steps; step++) {
    softmax(logits, policy.chances);
    slopes(policy, slope);
    adam.step(logits, throughLogSoftmax(policy.chances, slope, slope), rate * (1 - step / steps));
  }
  return logSoftmax(logits);
}
