/** What to do, where rewards are known: policies of a table of moves, made by value iteration or fitted offline for many latents. */
export {
  fitIql,
  greedyPolicy,
  randomWalk,
  REWARD_SCALINGS,
  scaleRewards,
  successChance,
  successRate,
} from "../policies/index.js";
export type {
  Aim,
  IqlOptions,
  LatentPolicy,
  OfflineData,
  RewardScaling,
  Transitions,
} from "../policies/index.js";
