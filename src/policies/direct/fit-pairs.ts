import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  exp,
  InputError,
} from "../../core/index.js";
import { Adam } from "../adam.js";
import { logSoftmax, throughLogSoftmax } from "../softmax.js";
import {
  pairLoss,
  type PairLogs,
  type PairLoss,
  type PairLossName,
  type PairLossOptions,
} from "./pair-loss.js";

/** Pairs of actions, one a row: which was chosen over which, [N] each. */
export interface ActionPairs {
  readonly chosen: ArrayLike<number>;
  readonly rejected: ArrayLike<number>;
}

/** Options of {@link fitPairs}: a loss and what it takes, and how long it is followed. */
export interface FitPairsOptions extends PairLossOptions {
  readonly loss: PairLossName;
  /** Steps of Adam with all pairs, default 4000. */
  readonly steps?: number;
  /** Their size, default 0.05; it falls evenly to 0. */
  readonly rate?: number;
}

/** Different pairs, and how often each was seen. */
export interface DistinctPairs {
  readonly chosen: Int32Array;
  readonly rejected: Int32Array;
  readonly counts: Float64Array;
}

/** Losses that are sums of what the chosen cost and what the rejected cost: only how often each action was either matters. */
const APART: readonly PairLossName[] = ["LSIF", "UKL", "BCE"];

/**
 * A policy of one state, a softmax over actions, fitted to pairs by a loss of {@link pairLoss}; it starts at the reference.
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
  const { loss, steps = 4000, rate = 0.05, ...rest } = options;
  checkInteger("fitPairs: steps", steps, { min: 1 });
  checkNumber("fitPairs: rate", rate, { above: 0 });
  const seen = distinctPairs("fitPairs", pairs, reference.length);
  const slopeAt = APART.includes(loss)
    ? slopeByAction(reference, seen, (logs) => pairLoss(loss, logs, rest).gradients)
    : slopeByPair(reference, seen, (logs) => pairLoss(loss, logs, rest).gradients);
  const logits = Float64Array.from(reference);
  const adam = new Adam(logits.length);
  for (let step = 0; step < steps; step++) {
    const logs = logSoftmax(logits);
    adam.step(logits, throughLogSoftmax(logs.map(exp), slopeAt(logs)), rate * (1 - step / steps));
  }
  return logSoftmax(logits);
}

type Gradients = (logs: PairLogs) => PairLoss["gradients"];

/** The derivative of the mean loss by ln pi of each action, pair by pair. */
function slopeByPair(reference: ArrayLike<number>, seen: DistinctPairs, gradientsOf: Gradients) {
  const { chosen, rejected, counts } = seen;
  const references = {
    referenceChosen: rowsAt(reference, chosen),
    referenceRejected: rowsAt(reference, rejected),
  };
  return (logs: Float64Array): Float64Array => {
    const own = { chosen: rowsAt(logs, chosen), rejected: rowsAt(logs, rejected) };
    const gradients = gradientsOf({ ...own, ...references, counts });
    const slope = new Float64Array(logs.length);
    for (let i = 0; i < counts.length; i++) {
      slope[chosen[i]] += gradients.chosen[i];
      slope[rejected[i]] += gradients.rejected[i];
    }
    return slope;
  };
}

/** The same of a loss whose parts are apart: each action is paired with itself, and each side counts as often as it was seen. */
function slopeByAction(reference: ArrayLike<number>, seen: DistinctPairs, gradientsOf: Gradients) {
  const { chosen, rejected, counts } = seen;
  const [chosenOf, rejectedOf] = [chosen, rejected].map((side) => {
    const times = new Float64Array(reference.length);
    side.forEach((action, i) => (times[action] += counts[i]));
    const each = times.length / counts.reduce((sum, count) => sum + count, 0);
    return times.map((count) => count * each);
  });
  return (logs: Float64Array): Float64Array => {
    const { chosen: up, rejected: down } = gradientsOf({
      ...{ chosen: logs, rejected: logs },
      ...{ referenceChosen: reference, referenceRejected: reference },
    });
    return logs.map((_, action) => chosenOf[action] * up[action] + rejectedOf[action] * down[action]);
  };
}

/** The numbers of some rows. */
export function rowsAt(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]];
  return found;
}

/** Each pair once. @throws InputError naming `caller` for an action that is not one of `actions` */
export function distinctPairs(caller: string, pairs: ActionPairs, actions: number): DistinctPairs {
  checkObject(`${caller}: pairs`, pairs, ["chosen", "rejected"], "an object { chosen, rejected }");
  const { chosen, rejected } = pairs;
  if (chosen.length !== rejected.length || chosen.length === 0)
    throw new InputError(
      `${caller}: pairs must have a rejected action for each chosen one (at least 1), got ${chosen.length} and ${rejected.length}`,
    );
  const counts = new Map<number, number>();
  for (let i = 0; i < chosen.length; i++) {
    for (const action of [chosen[i], rejected[i]])
      checkInteger(`${caller}: pairs`, action, { min: 0, max: actions - 1 });
    const key = chosen[i] * actions + rejected[i];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = [...counts.keys()].sort((a, b) => a - b);
  return {
    chosen: Int32Array.from(keys, (key) => Math.floor(key / actions)),
    rejected: Int32Array.from(keys, (key) => key % actions),
    counts: Float64Array.from(keys, (key) => counts.get(key) ?? 0),
  };
}
