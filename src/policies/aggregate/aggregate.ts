import { checkKeys, checkNumber, checkObject, checkOneOf, InputError, list } from "../../core/index.js";
import type { FeatureTable } from "../../data/index.js";
import { checkIsFitted, type FittedModel } from "../../train/index.js";
import { differs, groupsOf } from "./groups.js";
import { AGGREGATION_RULES, chancesToWin, ruled, type AggregationRule, type Ruled } from "./rules.js";

/** How {@link aggregate} is told what to choose from, and for whom. */
export interface AggregateOptions {
  /** What is chosen from; default: the items that the model learned, where it learned them by name. */
  readonly items?: FeatureTable;
  /** Users by group, default: a model's prototypes, or each user alone where it has none. */
  readonly groups?: { readonly [name: string]: readonly string[] };
  /** Above 0, default 0.02: how near a policy stays to even chances, in the units of what is judged; `nash` needs none. */
  readonly beta?: number;
  /** Of `quantile`, above 0 and at most 1, default 0.1. */
  readonly quantile?: number;
}

/** What one policy for all is, and what it costs each group. */
export interface Aggregation extends Ruled {
  readonly rule: AggregationRule;
  /** Ids of the items, best first. */
  readonly ranking: readonly string[];
  /** A group's name and share, the mean chance that what the policy gives it beats an item drawn at random, and how far that is below its best item's. */
  readonly groups: readonly {
    readonly name: string;
    readonly share: number;
    readonly satisfaction: number;
    readonly cost: number;
  }[];
}

/** Rules that need nobody to differ. */
const WITHOUT_GROUPS: readonly AggregationRule[] = ["borda", "mean"];

/**
 * One ranking and one policy for all people of a fitted model, by a rule:
 * `borda` the mean chance to win against an item drawn at random (what Bradley-Terry learns of such people), `mean` the mean reward, `max-min` the policy
 * whose worst group wins most, `nash` the lottery with the largest product of what groups win, `mpo` that which makes groups' normalised rewards as equal as it
 * can (log-linear mixing, exact weights), `quantile` what all but a tenth of the people at least find of an item.
 * `borda`, `max-min`, `nash` and `quantile` judge chances to win, whose scale is everybody's; `mean` and `mpo` rewards, centred and divided by the largest.
 * @source Siththaranjan et al. 2024 (Borda), Chakraborty et al. 2024 (MaxMin-RLHF), Wang et al. 2025 (MPO), Nash 1950; chances to win as in VPL-SPO
 * @throws InputError for a rule that needs groups where the family has none, or items that the model does not know
 * @example
 * study.aggregate(fitted, "max-min", { items: data.items }).groups; // [{ name: "prototype 1", share: 0.7, satisfaction: 0.8, cost: 0.1 }, …]
 */
export function aggregate(
  fitted: FittedModel,
  rule: AggregationRule,
  options: AggregateOptions = {},
): Aggregation {
  checkIsFitted("aggregate: fitted", fitted);
  checkOneOf("aggregate: rule", rule, AGGREGATION_RULES);
  checkKeys("aggregate", options, ["items", "groups", "beta", "quantile"]);
  const { beta = 0.02, quantile = 0.1 } = options;
  checkNumber("aggregate: beta", beta, { above: 0 });
  checkNumber("aggregate: quantile", quantile, { above: 0, max: 1 });
  if (!differs(fitted) && !WITHOUT_GROUPS.includes(rule))
    throw new InputError(
      `aggregate: ${rule} weighs people who differ, and ${fitted.model.family.name} has one reward for all; its rules are ${list(WITHOUT_GROUPS)}`,
    );
  const items = itemsOf(fitted, options.items);
  const groups = groupsOf(fitted, items, options.groups);
  const found = ruled(rule, groups, { beta, quantile });
  const wins = chancesToWin(groups);
  const n = items.ids.length;
  const order = [...found.scores.keys()].sort((a, b) => found.scores[b] - found.scores[a] || a - b);
  return {
    ...{ rule, ...found },
    ranking: order.map((a) => items.ids[a]),
    groups: groups.names.map((name, g) => {
      const own = wins.subarray(g * n, (g + 1) * n);
      const satisfaction = own.reduce((sum, chance, a) => sum + chance * found.policy[a], 0);
      return { name, share: groups.shares[g], satisfaction, cost: Math.max(...own) - satisfaction };
    }),
  };
}

function itemsOf(fitted: FittedModel, given: FeatureTable | undefined): FeatureTable {
  if (fitted.sizes.contexts !== undefined)
    throw new InputError(
      "aggregate: the model's items answer contexts, and are no one set to choose from; fit without contexts, or mix policies of prompts with policies.mixPolicies",
    );
  if (given === undefined) {
    if (fitted.learnedItems === undefined)
      throw new InputError(
        'aggregate: items must be given, the model knows items by their features: { items: { ids: ["a"], features } }',
      );
    return { ids: fitted.learnedItems };
  }
  checkObject("aggregate: items", given, ["ids"], 'a table of items, { ids: ["a"], features }');
  if (given.ids.length < 2)
    throw new InputError(`aggregate: items must be at least 2 to choose from, got ${given.ids.length}`);
  return given;
}
