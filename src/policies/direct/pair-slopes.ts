import { exp, log } from "../../core/index.js";
import { distinctPairs, type ActionPairs } from "./distinct-pairs.js";
import { pairLossOptions, type PairLossName, type PairLossOptions } from "./pair-loss.js";

/** A policy of one state, [A] each. */
export interface Policy {
  readonly logits: Float64Array;
  /** Their softmax. */
  readonly chances: Float64Array;
}

/** Writes the derivatives of a mean loss of pairs by ln pi of each action, [A]. */
export type Slopes = (policy: Policy, into: Float64Array) => void;

/**
 * The gradient of pairLoss for the same pairs again and again: what stays as it is is computed here, once. Losses that are sums of what the chosen cost and what
 * the rejected cost need how often each action was either, and pi / reference of each action; the others different pairs.
 * @param pairs checked
 * @throws InputError as pairLoss for an unknown loss, or an option out of its range
 */
export function pairSlopes(
  reference: Float64Array,
  pairs: ActionPairs,
  { loss, ...given }: PairLossOptions & { readonly loss: PairLossName },
): Slopes {
  const { beta, flipped, referenceFree } = pairLossOptions(loss, given);
  const from = referenceFree ? new Float64Array(reference.length) : reference;
  switch (loss) {
    case "DPO":
      return slopesOfDpo(from, pairs, { beta, flipped });
    case "IPO":
      return slopesOfIpo(from, pairs, beta);
    case "LSIF":
      return slopesByAction(reference, pairs, (ratio, up, down) => down * ratio * ratio - up * ratio);
    case "UKL":
      return slopesByAction(reference, pairs, (ratio, up, down) => down * ratio - up);
    case "BCE":
      return slopesByAction(reference, pairs, (ratio, up, down) => {
        const finite = Math.min(ratio, LARGEST);
        return (down * finite - up) / (1 + finite);
      });
  }
}

/** A ratio beyond which the logistic function of its logarithm is 1. */
const LARGEST = 1e300;
/** Chances above it have all their digits, and so has the ratio of two. */
const LEAST = 1e-290;
/** Numbers up to this are raised against the largest of them without loss. */
const WIDEST = 600;

/** By pi / reference of an action, and its shares of the chosen and of the rejected. */
type SlopeByAction = (ratio: number, up: number, down: number) => number;

function slopesByAction(reference: Float64Array, pairs: ActionPairs, slopeOf: SlopeByAction): Slopes {
  const before = reference.map(exp);
  const up = sharesOf(pairs.chosen, reference.length);
  const down = sharesOf(pairs.rejected, reference.length);
  return ({ logits, chances }, into) => {
    let level: number | undefined;
    for (let a = 0; a < logits.length; a++) {
      const p = chances[a];
      const q = before[a];
      let ratio = p / q;
      if (!(p > LEAST && q > LEAST)) {
        level ??= levelOf(logits, chances);
        ratio = exp(logits[a] - level - reference[a]);
      }
      into[a] = slopeOf(ratio, up[a], down[a]);
    }
  };
}

function slopesOfDpo(
  from: Float64Array,
  pairs: ActionPairs,
  { beta, flipped }: { readonly beta: number; readonly flipped: number },
): Slopes {
  const { chosen, rejected, counts } = distinctPairs(pairs, from.length);
  const push = counts.map((count) => (beta * count) / pairs.chosen.length);
  const lead = new Float64Array(from.length);
  const raised = new Float64Array(from.length);
  return ({ logits }, into) => {
    let [least, largest] = [Infinity, -Infinity];
    for (let a = 0; a < lead.length; a++) {
      lead[a] = beta * (logits[a] - from[a]);
      least = Math.min(least, lead[a]);
      largest = Math.max(largest, lead[a]);
    }
    const isNarrow = largest - least < WIDEST;
    if (isNarrow) for (let a = 0; a < lead.length; a++) raised[a] = exp(lead[a] - largest);
    into.fill(0);
    for (let i = 0; i < push.length; i++) {
      const w = chosen[i];
      const l = rejected[i];
      const against = isNarrow ? raised[l] / (raised[w] + raised[l]) : 1 / (1 + exp(lead[w] - lead[l]));
      const slope = push[i] * (flipped - against);
      into[w] += slope;
      into[l] -= slope;
    }
  };
}

function slopesOfIpo(from: Float64Array, pairs: ActionPairs, beta: number): Slopes {
  const { chosen, rejected, counts } = distinctPairs(pairs, from.length);
  const push = counts.map((count) => (2 * count) / pairs.chosen.length);
  const wanted = 1 / (2 * beta);
  const lead = new Float64Array(from.length);
  return ({ logits }, into) => {
    for (let a = 0; a < lead.length; a++) lead[a] = logits[a] - from[a];
    into.fill(0);
    for (let i = 0; i < push.length; i++) {
      const w = chosen[i];
      const l = rejected[i];
      const slope = push[i] * (lead[w] - lead[l] - wanted);
      into[w] += slope;
      into[l] -= slope;
    }
  };
}

/** How often each action is among these, as shares. */
function sharesOf(actions: ArrayLike<number>, count: number): Float64Array {
  const shares = new Float64Array(count);
  for (let i = 0; i < actions.length; i++) shares[actions[i]]++;
  return shares.map((times) => times / actions.length);
}

/** What logits exceed ln pi by. */
function levelOf(logits: Float64Array, chances: Float64Array): number {
  let most = 0;
  for (let a = 1; a < chances.length; a++) if (chances[a] > chances[most]) most = a;
  return logits[most] - log(chances[most]);
}
