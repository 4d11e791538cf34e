import { describe, expect, test } from "vitest";
import { randomStream, type RandomStream } from "../../core/index.js";
import { PAIR_LOSSES, pairLoss, type PairLossName, type PairLossOptions } from "../index.js";
import { logSoftmax, softmax } from "../softmax.js";
import type { ActionPairs } from "./distinct-pairs.js";
import { pairSlopes } from "./pair-slopes.js";

interface Bandit {
  readonly reference: Float64Array;
  readonly logits: Float64Array;
  readonly pairs: ActionPairs;
}

/** A reference whose logarithms lie `spread` apart or so, and a policy whose logits have moved from it by up to `moved`. */
function drawBandit(rng: RandomStream, spread: number, moved: number): Bandit {
  const actions = 2 + rng.integer(10);
  const count = 1 + rng.integer(40);
  const reference = logSoftmax(Float64Array.from({ length: actions }, () => spread * rng.uniform()));
  const logits = reference.map((value) => value + moved * (rng.uniform() - 0.5));
  const draw = (): number[] => Array.from({ length: count }, () => rng.integer(actions));
  return { reference, logits, pairs: { chosen: draw(), rejected: draw() } };
}

/** pairLoss of every pair by itself, its derivatives added up by action. */
function pairByPair(
  name: PairLossName,
  { reference, logits, pairs }: Bandit,
  options: PairLossOptions,
): Float64Array {
  const logs = logSoftmax(logits);
  const [chosen, rejected] = [Array.from(pairs.chosen), Array.from(pairs.rejected)];
  const at = (values: Float64Array, rows: number[]): number[] => rows.map((row) => values[row]);
  const { gradients } = pairLoss(
    name,
    {
      ...{ chosen: at(logs, chosen), rejected: at(logs, rejected) },
      ...{ referenceChosen: at(reference, chosen), referenceRejected: at(reference, rejected) },
    },
    options,
  );
  const slope = new Float64Array(logits.length);
  chosen.forEach((action, i) => (slope[action] += gradients.chosen[i]));
  rejected.forEach((action, i) => (slope[action] += gradients.rejected[i]));
  return slope;
}

/** The largest difference over random bandits, in units of what is compared where that is above 1. */
function furthest(name: PairLossName, options: PairLossOptions, spread: number, moved: number): number {
  const rng = randomStream(7).split(`${name} ${spread}`);
  let worst = 0;
  for (let round = 0; round < 200; round++) {
    const bandit = drawBandit(rng, spread, moved);
    const want = pairByPair(name, bandit, options);
    const got = new Float64Array(want.length).fill(NaN);
    const { reference, logits, pairs } = bandit;
    pairSlopes(reference, pairs, { loss: name, ...options })({ logits, chances: softmax(logits) }, got);
    want.forEach((value, a) => {
      const gap = Math.abs(got[a] - value) / Math.max(1, Math.abs(value));
      // a gap that is no number is the widest
      worst = gap <= worst ? worst : Number.isNaN(gap) ? Infinity : gap;
    });
  }
  return worst;
}

describe.each(PAIR_LOSSES)("%s", (name) => {
  test.each<PairLossOptions>([{}, { beta: 1 }, { beta: 0.7, flipped: 0.2 }, { referenceFree: true }])(
    "slopes by action are pairLoss's, pair by pair, under %j",
    (options) => {
      expect(furthest(name, options, 8, 12)).toBeLessThan(1e-12);
    },
  );

  test("they are where chances have run out of digits, and where nobody is at all likely", () => {
    expect(furthest(name, { beta: 8 }, 1600, 300)).toBeLessThan(1e-10);
  });
});
