import { checkFinite, checkInteger, checkNumbers, checkOneOf, exp, InputError } from "../core/index.js";

/** Ways to bring the rewards of different users to one scale. */
export const REWARD_SCALINGS = ["none", "batch norm", "max norm", "SPO"] as const;
/** The name of one of them. */
export type RewardScaling = (typeof REWARD_SCALINGS)[number];

/**
 * Rewards of the same states for many latents, scaled so that a policy for all of them can learn from them; comparisons say nothing of the scale and
 * the origin of a reward. `batch norm` divides by the latent's mean over states (the sign turns with that of the mean), `max norm` by the largest
 * |reward| of all latents. `SPO` takes the chance to win against a state drawn at random, mean over s' of 1 / (1 + e^(r(s', z) - r(s, z))), 0-1.
 * @param rewards row-major [Z, S]
 * @param states S
 * @returns [Z, S]
 * @source Poddar et al. 2024 (VPL), section on reward scaling; SPO by the mean over states: their second network, which has no reward, is
 * `trained.spoReward` of a VPL model with the decoder `classifier`
 * @throws InputError for an unknown scaling, rewards that are no rows of S numbers, or a divisor that is 0
 */
export function scaleRewards(
  rewards: ArrayLike<number>,
  states: number,
  scaling: RewardScaling,
): Float64Array {
  checkNumbers("scaleRewards: rewards", rewards);
  checkFinite("scaleRewards: rewards", rewards);
  checkInteger("scaleRewards: states", states, { min: 1 });
  checkOneOf("scaleRewards: scaling", scaling, REWARD_SCALINGS);
  if (rewards.length === 0 || rewards.length % states !== 0)
    throw new InputError(
      `scaleRewards: rewards must be rows of ${states} numbers, one a state, got ${rewards.length} numbers`,
    );
  const scaled = Float64Array.from(rewards);
  if (scaling === "none") return scaled;
  if (scaling === "max norm") {
    const largest = scaled.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return divide(scaled, largest, "the largest |reward|");
  }
  for (let from = 0; from < scaled.length; from += states) {
    const row = scaled.subarray(from, from + states);
    if (scaling === "SPO") row.set(chancesToWin(row));
    else divide(row, row.reduce((sum, value) => sum + value, 0) / states, `the mean of row ${from / states}`);
  }
  return scaled;
}

function divide(values: Float64Array, by: number, what: string): Float64Array {
  if (by === 0) throw new InputError(`scaleRewards: ${what} is 0, and nothing can be divided by it`);
  values.forEach((value, i) => (values[i] = value / by));
  return values;
}

function chancesToWin(row: Float64Array): Float64Array {
  return row.map((own) => row.reduce((sum, other) => sum + 1 / (1 + exp(other - own)), 0) / row.length);
}
