import { triedTypes } from "../design/tried-types.js";
import { UTILITY } from "../design/linear-design.js";
import { LOSS_OPTIONS, modelClass, type Family } from "../family.js";
import { count, countOr, type OptionsOf, type Resolved } from "../options.js";
import type { OwnMethod } from "../own-method.js";
import {
  BELIEF,
  beliefMethod,
  beliefParameters,
  corners,
  type BeliefFamily,
} from "../types/belief-method.js";
import { belief } from "../users/belief.js";
import { findGroups, likeliest } from "./groups.js";

const options = {
  k: count("rewards K", { noun: "rewards", start: 2 }),
  starts: countOr(8, "starts, of which the likeliest result is taken"),
  utility: UTILITY,
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link MaxMin}. */
export type MaxMinOptions = OptionsOf<typeof options>;

const maxMin: Family<typeof options> = {
  kind: "maxmin",
  name: "MaxMin",
  title: "MaxMin's K rewards",
  about:
    "users fall into K groups, each with one reward, and a user is wholly of the group that explains their answers best; the rewards among which a max-min policy serves the group that is worst off",
  source:
    "Chakraborty et al. 2024 (MaxMin-RLHF), arXiv 2402.08925, its EM over rewards, here linear in features or ids",
  guide: {
    assumes: "everybody is wholly of one of K groups, each with one reward",
    needs: "several answers a user; up to 1500 columns of ids or features",
    cost: "low",
  },
  options,
  tried: (sizes) => triedTypes(sizes, [2, 3, 5]),
  user: ({ k }) => belief(corners(k), k, BELIEF),
  parameters: (settings, sizes) => beliefParameters(groupsOf(settings), sizes),
  own,
};

/**
 * K rewards by EM with hard assignments: log odds are linear in the design of `LatentClasses`, and every user, known or new, is of one group. Where
 * `LatentClasses` weighs groups by how likely each is, this decides; after few answers it decides too early.
 * @source Chakraborty et al. 2024
 * @throws InputError (K < 1, unknown option)
 */
export class MaxMin extends modelClass(maxMin) {}

function own(settings: Resolved<typeof options>): OwnMethod {
  const { k } = settings;
  const method = beliefMethod(groupsOf(settings), "maxmin");
  return { ...method, infer: (trained, data) => decided(method.infer(trained, data), k) };
}

function groupsOf({ k, starts, utility }: Resolved<typeof options>): BeliefFamily {
  return {
    name: "MaxMin",
    utility,
    k,
    grid: corners(k),
    fit(problem, rng) {
      const { means, group } = findGroups(problem, { k, starts, rng });
      const certain = new Float64Array(group.length * k);
      group.forEach((j, user) => (certain[user * k + j] = 1));
      return { means, shares: new Float64Array(k).fill(1 / k), belief: certain };
    },
  };
}

/** All of each row on its largest entry. */
function decided(rows: Float32Array, k: number): Float32Array {
  const certain = new Float32Array(rows.length);
  likeliest(rows, k).forEach((j, user) => (certain[user * k + j] = 1));
  return certain;
}
