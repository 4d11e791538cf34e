import { exp, log, type RandomStream } from "../../../core/index.js";
import type { ActionPairs } from "../../../policies/index.js";
import { drawByShare } from "./draw-by-share.js";

/** How far the utilities of the arms lie apart, and the logits of the reference. */
const [UTILITY, REFERENCE] = [1.5, 0.65];

/** Arms of known utility, and a reference that draws what is compared. */
export interface Bandit {
  readonly utility: Float64Array;
  /** ln of its chances. */
  readonly reference: Float64Array;
  /** How likely each arm is to be chosen of a pair, and to be rejected. */
  readonly chosen: Float64Array;
  readonly rejected: Float64Array;
}

/** Arms drawn at random: utilities normal with deviation 1.5, logits of the reference with 0.65. */
export function drawBandit(arms: number, rng: RandomStream): Bandit {
  const draw = (name: string, scale: number): Float64Array => {
    const stream = rng.split(name);
    return Float64Array.from({ length: arms }, () => scale * stream.normal());
  };
  const utility = draw("utility", UTILITY);
  const raised = draw("reference", REFERENCE).map(exp);
  const total = raised.reduce((sum, value) => sum + value, 0);
  const share = raised.map((value) => value / total);
  const chosen = utility.map(
    (own, a) => 2 * share[a] * utility.reduce((sum, other, b) => sum + share[b] * wins(own, other), 0),
  );
  return {
    utility,
    reference: share.map(log),
    chosen,
    rejected: chosen.map((value, a) => 2 * share[a] - value),
  };
}

/** Pairs of arms drawn from the reference, with answers by Bradley-Terry; an arm against itself says nothing, but is kept. */
export function drawPairs({ utility, reference }: Bandit, count: number, rng: RandomStream): ActionPairs {
  const share = reference.map(exp);
  const chosen = new Int32Array(count);
  const rejected = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const [a, b] = [drawByShare(share, rng), drawByShare(share, rng)];
    const isFirst = rng.uniform() < wins(utility[a], utility[b]);
    [chosen[i], rejected[i]] = isFirst ? [a, b] : [b, a];
  }
  return { chosen, rejected };
}

/** What {@link judge} measures. */
export interface Judged {
  readonly accuracy: number;
  readonly chosen: number;
  readonly rejected: number;
  readonly utility: number;
  readonly divergence: number;
}

/** What a policy makes of the bandit: mean ln pi of chosen and rejected, its utility, KL(pi || chosen), and how many answers it would have right. */
export function judge({ utility, reference, chosen, rejected }: Bandit, policy: ArrayLike<number>): Judged {
  const over = (weights: Float64Array, of: (arm: number) => number): number =>
    weights.reduce((sum, weight, a) => sum + weight * of(a), 0);
  const chances = Float64Array.from(policy, exp);
  const share = reference.map(exp);
  const lead = (a: number): number => policy[a] - reference[a];
  const accuracy = over(share, (a) =>
    over(share, (b) => {
      const right = wins(utility[a], utility[b]);
      return lead(a) === lead(b) ? 0.5 : lead(a) > lead(b) ? right : 1 - right;
    }),
  );
  return {
    accuracy,
    chosen: over(chosen, (a) => policy[a]),
    rejected: over(rejected, (a) => policy[a]),
    utility: over(chances, (a) => utility[a]),
    divergence: over(chances, (a) => policy[a] - log(chosen[a])),
  };
}

function wins(own: number, other: number): number {
  return 1 / (1 + exp(other - own));
}
