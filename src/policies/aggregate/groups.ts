import { checkArray, checkObject, InputError } from "../../core/index.js";
import type { FeatureTable } from "../../data/index.js";
import { FittedPrototypeModel, type FittedModel } from "../../train/index.js";
import type { GroupRewards } from "./rules.js";

/** Groups of people, by name, and what they think of items. */
export interface NamedGroups extends GroupRewards {
  readonly names: readonly string[];
}

/**
 * The groups that a fitted model knows: as the caller names them, else its prototypes, weighted by how much its users are of each, else its users one by one.
 * Where users do not differ there is one.
 */
export function groupsOf(
  fitted: FittedModel,
  items: FeatureTable,
  groups?: { readonly [name: string]: readonly string[] },
): NamedGroups {
  const { k, users, allWeights } = fitted;
  if (groups !== undefined) return namedGroups(fitted, items, groups);
  if (!differs(fitted))
    return rewardsUnder(fitted, items, { names: ["all"], states: Float32Array.of(1), shares: [1] });
  if (fitted instanceof FittedPrototypeModel) {
    const parts = Array.from({ length: k }, (_, j) =>
      users.reduce((sum, _user, u) => sum + allWeights[u * k + j] / users.length, 0),
    );
    // a prototype that nobody is of has no say
    const used = parts.flatMap((share, j) => (share > 0 ? [j] : []));
    const states = new Float32Array(used.length * k);
    used.forEach((j, row) => (states[row * k + j] = 1));
    return rewardsUnder(fitted, items, {
      ...{ names: used.map((j) => `prototype ${j + 1}`), states },
      shares: used.map((j) => parts[j]),
    });
  }
  return rewardsUnder(fitted, items, {
    names: users,
    states: allWeights,
    shares: users.map(() => 1 / users.length),
  });
}

/** Whether a model's users differ. */
export function differs({ model }: FittedModel): boolean {
  return model.user.kind !== "none";
}

interface States {
  readonly names: readonly string[];
  readonly states: Float32Array;
  readonly shares: readonly number[];
}

/** Of each state the scores of all items against the first: rewards, but for an origin of each. */
function rewardsUnder(
  fitted: FittedModel,
  items: FeatureTable,
  { names, states, shares }: States,
): NamedGroups {
  const n = items.ids.length;
  const pairs = { items, left: new Int32Array(n), right: Int32Array.from({ length: n }, (_, i) => i) };
  const scores = fitted.scoresUnderEach(pairs, states);
  const rewards = new Float64Array(scores.length);
  scores.forEach((score, i) => (rewards[(i % names.length) * n + Math.floor(i / names.length)] = score));
  return { names, rewards, shares: Float64Array.from(shares), alternatives: n };
}

/** The mean reward of the users whom the caller put together. */
function namedGroups(
  fitted: FittedModel,
  items: FeatureTable,
  groups: { readonly [name: string]: readonly string[] },
): NamedGroups {
  checkObject("aggregate: groups", groups, [], 'an object { "name": ["user", …] }');
  const names = Object.keys(groups);
  for (const name of names) {
    checkArray(`aggregate: groups: ${name}`, groups[name], "a list of users");
    if (groups[name].length === 0)
      throw new InputError(`aggregate: groups: ${name} must have at least one user`);
  }
  if (names.length === 0) throw new InputError("aggregate: groups must name at least one group");
  const people = names.reduce((sum, name) => sum + groups[name].length, 0);
  const n = items.ids.length;
  const rewards = new Float64Array(names.length * n);
  names.forEach((name, g) => {
    const own = groups[name].map((user) => fitted.stateOf(user).weights);
    const states = new Float32Array(own.length * fitted.k);
    own.forEach((weights, row) => states.set(weights, row * fitted.k));
    const each = rewardsUnder(fitted, items, {
      names: groups[name],
      states,
      shares: own.map(() => 1 / own.length),
    });
    each.rewards.forEach((reward, i) => (rewards[g * n + (i % n)] += reward / own.length));
  });
  const shares = Float64Array.from(names, (name) => groups[name].length / people);
  return { names, rewards, shares, alternatives: n };
}
