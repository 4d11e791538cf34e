export { fitIql } from "./iql.js";
export type { LatentPolicy } from "./iql.js";
export type { IqlOptions, OfflineData } from "./iql-options.js";
export { randomWalk } from "./random-walk.js";
export type { Transitions } from "./random-walk.js";
export { REWARD_SCALINGS, scaleRewards } from "./reward-scaling.js";
export type { RewardScaling } from "./reward-scaling.js";
export { greedyPolicy, successChance, successRate } from "./tabular-policy.js";
export type { Aim } from "./tabular-policy.js";
