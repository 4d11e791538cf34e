import { takePerUser, type PreferenceData } from "../../data/index.js";
import { bayesAccuracy, blindAccuracy, oracleAccuracy, type World } from "../../data/worlds/index.js";
import { CHANCE } from "../ceilings.js";

/** Of each user the first `count` comparisons, which are given, and the last `held`, which are predicted. */
export function dealt(
  { data }: World,
  { count, held }: { readonly count: number; readonly held: number },
): { readonly given: PreferenceData; readonly held: PreferenceData } {
  const each = data.label.length / data.users.length;
  return { given: takePerUser(data, count).taken, held: takePerUser(data, each - held).rest };
}

/** What can be reached on the comparisons that are predicted, for those who read the given ones. */
export function ceilingsOf(
  world: World,
  { given, held }: { readonly given: PreferenceData; readonly held: PreferenceData },
): { readonly [name: string]: number } {
  return {
    chance: CHANCE,
    blind: blindAccuracy(world, held),
    bayes: bayesAccuracy(world, given, held),
    oracle: oracleAccuracy(world, held),
  };
}
