import { exp } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import type { World } from "../worker/protocol.js";
import type { BaseWorld, Truth } from "./base-world.js";

/** Most users whose opinions the best blind predictor counts: every so-manieth, where there are more. */
const MOST_COUNTED = 200;

/**
 * What can be reached on held-out answers: by guessing; by the best predictor that does not know who answers (what most people would say); by whoever
 * knows the truth. The first rows of `test` are in the order of the simulation's users, as is the truth.
 */
export function ceilingsOf(test: PreferenceData, base: BaseWorld, truth: Truth): World["ceilings"] {
  const users = test.users.length;
  const step = Math.max(1, Math.ceil(users / MOST_COUNTED));
  const probability = probabilities(test, base, truth);
  let [blind, oracle] = [0, 0];
  for (let row = 0; row < test.label.length; row++) {
    let [right, counted] = [0, 0];
    for (let user = 0; user < users; user += step, counted++) right += probability(row, user);
    if (right > counted / 2 === test.label[row] > 0) blind++;
    const own = probability(row, test.user[row]);
    oracle += Math.max(own, 1 - own);
  }
  return { chance: 0.5, blind: blind / test.label.length, oracle: oracle / test.label.length };
}

/** P(right preferred) of the pair of a row for a user. */
function probabilities(
  test: PreferenceData,
  base: BaseWorld,
  truth: Truth,
): (row: number, user: number) => number {
  const worth = base.reward(truth);
  const noisy = base.chances !== undefined;
  const slope = base.slope ?? 1;
  return (row, user) => {
    const score = worth(test.right[row], user) - worth(test.left[row], user);
    if (!noisy) return score > 0 ? 1 : 0;
    return 1 / (1 + exp(-slope * score));
  };
}
