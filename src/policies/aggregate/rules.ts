import { exp, log } from "../../core/index.js";
import { scaleRewards } from "../reward-scaling.js";
import { softmax } from "../softmax.js";
import { fairestWeights } from "./mpo.js";
import { mixture } from "./objectives.js";

/** Ways to make one policy for many. */
export const AGGREGATION_RULES = ["borda", "mean", "max-min", "nash", "mpo", "quantile"] as const;
/** The name of one of them. */
export type AggregationRule = (typeof AGGREGATION_RULES)[number];

/** What groups think of alternatives. */
export interface GroupRewards {
  /** Of each group and alternative, row-major [G, A]. */
  readonly rewards: Float64Array;
  /** Each group's part of the people, [G], adding up to 1. */
  readonly shares: Float64Array;
  readonly alternatives: number;
}

/** How a rule is told what it needs. */
export interface RuleOptions {
  readonly beta: number;
  readonly quantile: number;
}

/** What a rule makes of it. */
export interface Ruled {
  /** The larger the better, [A]; of `nash`, which judges lotteries alone, the chances. */
  readonly scores: Float64Array;
  /** Chances of the alternatives, [A]. */
  readonly policy: Float64Array;
  /** What each group counts, [G]; absent where the rule weighs no groups. */
  readonly weights?: Float64Array;
}

/** How often each group prefers an alternative to another drawn at random, 0-1, [G, A]. */
export function chancesToWin({ rewards, alternatives }: GroupRewards): Float64Array {
  return scaleRewards(rewards, alternatives, "SPO");
}

/** One score for each alternative, or a lottery, by a rule. */
export function ruled(rule: AggregationRule, groups: GroupRewards, options: RuleOptions): Ruled {
  const { beta } = options;
  const wins = chancesToWin(groups);
  const soft = (scores: Float64Array): Ruled => ({ scores, policy: softmax(scores.map((s) => s / beta)) });
  switch (rule) {
    case "borda":
      return soft(averaged(groups, wins));
    case "mean":
      return soft(averaged(groups, centred(groups)));
    case "quantile":
      return soft(quantiles(groups, wins, options.quantile));
    case "max-min":
      return fairest(groups, wins, beta);
    case "mpo":
      return fairest(groups, normalised(groups, beta), beta);
    case "nash":
      return nash(groups, wins);
  }
}

function averaged({ shares, alternatives: n }: GroupRewards, values: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, a) =>
    shares.reduce((sum, share, g) => sum + share * values[g * n + a], 0),
  );
}

/** Rewards with mean 0 in each group, divided by the largest of all: strengths between groups are kept. */
function centred({ rewards, shares, alternatives: n }: GroupRewards): Float64Array {
  const moved = rewards.slice();
  shares.forEach((_, g) => {
    const row = moved.subarray(g * n, (g + 1) * n);
    const mean = row.reduce((sum, value) => sum + value, 0) / n;
    row.forEach((value, a) => (row[a] = value - mean));
  });
  const isFlat = moved.every((value) => value === 0);
  return isFlat ? moved : scaleRewards(moved, n, "max norm");
}

/** Rewards less beta ln of their mean of e^(reward / beta): what a group's own policy is built of. */
function normalised(groups: GroupRewards, beta: number): Float64Array {
  const n = groups.alternatives;
  const rewards = centred(groups);
  groups.shares.forEach((_, g) => {
    const row = rewards.subarray(g * n, (g + 1) * n);
    const largest = Math.max(...row);
    const raised = row.reduce((sum, value) => sum + exp((value - largest) / beta), 0) / n;
    const level = largest + beta * log(raised);
    row.forEach((value, a) => (row[a] = value - level));
  });
  return rewards;
}

/** The largest value below which at most `quantile` of the people find an alternative: what all but these at least find. */
function quantiles(
  { shares, alternatives: n }: GroupRewards,
  values: Float64Array,
  quantile: number,
): Float64Array {
  return Float64Array.from({ length: n }, (_, a) => {
    const found = Array.from(shares, (share, g) => ({ share, value: values[g * n + a] }));
    found.sort((one, other) => one.value - other.value);
    let passed = 0;
    for (const { share, value } of found) if ((passed += share) > quantile + 1e-12) return value;
    return found[found.length - 1].value;
  });
}

/** The policy whose worst group has the most, less beta times its distance from even chances. */
function fairest({ shares, alternatives: n }: GroupRewards, values: Float64Array, beta: number): Ruled {
  const logs = {
    actions: n,
    reference: new Float64Array(n).fill(1 / n),
    ratios: Array.from(shares, (_, g) => values.slice(g * n, (g + 1) * n).map((value) => value / beta)),
  };
  const weights = fairestWeights(logs);
  const scores = new Float64Array(n);
  weights.forEach((weight, g) => scores.forEach((sum, a) => (scores[a] = sum + weight * values[g * n + a])));
  return { scores, policy: mixture(logs, weights).policy, weights };
}

const [ROUNDS, GAP] = [5000, 1e-7];

/** The lottery with the largest product of what groups win, each to the power of its share: multiplicative steps, which never make it smaller. */
function nash({ shares, alternatives: n }: GroupRewards, wins: Float64Array): Ruled {
  const policy = new Float64Array(n).fill(1 / n);
  for (let round = 0; round < ROUNDS; round++) {
    const factor = new Float64Array(n);
    shares.forEach((share, g) => {
      const own = policy.reduce((sum, p, a) => sum + p * wins[g * n + a], 0);
      for (let a = 0; a < n; a++) factor[a] += (share * wins[g * n + a]) / own;
    });
    if (Math.max(...factor) - 1 < GAP) break;
    policy.forEach((p, a) => (policy[a] = p * factor[a]));
  }
  return { scores: policy.slice(), policy };
}
