import { exp, sha256, stableJson, type RandomStream } from "../../../core/index.js";
import {
  CART_POLE_LIMITS,
  CART_POLE_VARIABLES,
  cartPoleReward,
  cartPoleSnippets,
  snippetItems,
} from "../../../data/worlds/index.js";
import type { PreferenceData } from "../../../data/index.js";

export const VARIABLES = CART_POLE_VARIABLES.length;

/** What somebody may care for: a reward of a state of the cart. */
export type Care = (state: ArrayLike<number>) => number;

/** Cares by name: both limits, as the task has it, or one of them alone. */
export const CARES = {
  both: cartPoleReward,
  track: (state) => (Math.abs(state[0]) < CART_POLE_LIMITS.position ? 1 : 0),
  pole: (state) => (Math.abs(state[2]) < CART_POLE_LIMITS.angle ? 1 : 0),
} satisfies { readonly [name: string]: Care };

/** Pairs of snippets of the cart: snippet 2 i is on the left of pair i, and 2 i + 1 on the right. */
export interface CartPairs {
  readonly pairs: number;
  readonly states: number;
  /** As the integrator has them, row-major [2 pairs, states, 4]. */
  readonly values: Float64Array;
  /** The same divided by the units. */
  readonly scaled: Float64Array;
  /** The return of each snippet for a care, [2 pairs]. */
  returns(care: Care): Float64Array;
}

/** @param units what each variable is divided by; default the root of its mean square in these snippets */
export function cartPairs(
  size: { readonly pairs: number; readonly states: number },
  rng: RandomStream,
  units?: Float64Array,
): CartPairs & { readonly units: Float64Array } {
  const { pairs, states } = size;
  const { values } = cartPoleSnippets({ snippets: 2 * pairs, states, rng });
  const own = units ?? rootsOf(values);
  return {
    ...{ pairs, states, values, units: own, scaled: inUnits(values, own) },
    returns: (care) =>
      Float64Array.from({ length: 2 * pairs }, (_, snippet) => {
        let sum = 0;
        for (let at = snippet * states; at < (snippet + 1) * states; at++)
          sum += care(values.subarray(at * VARIABLES, (at + 1) * VARIABLES));
        return sum;
      }),
  };
}

/** States divided by the units of their variables. */
export function inUnits(values: ArrayLike<number>, units: Float64Array): Float64Array {
  return Float64Array.from(values, (value, i) => value / units[i % VARIABLES]);
}

function rootsOf(values: Float64Array): Float64Array {
  const squares = new Float64Array(VARIABLES);
  values.forEach((value, i) => (squares[i % VARIABLES] += (value ** 2 * VARIABLES) / values.length));
  return squares.map(Math.sqrt);
}

/** Every pair answered by one user, by Bradley-Terry of its returns; the user of pair i is i mod users, who cares for what is given. */
export function answered(
  cart: CartPairs,
  people: { readonly users: number; readonly cares: (user: number) => Care },
  rng: RandomStream,
): PreferenceData {
  const { pairs, states, scaled } = cart;
  const { users, cares } = people;
  const size = states * VARIABLES;
  const known = new Map<Care, Float64Array>();
  const label = Int8Array.from({ length: pairs }, (_, pair) => {
    const care = cares(pair % users);
    const returns = known.get(care) ?? cart.returns(care);
    known.set(care, returns);
    return rng.uniform() < 1 / (1 + exp(returns[2 * pair] - returns[2 * pair + 1])) ? 1 : -1;
  });
  const left = Int32Array.from({ length: pairs }, (_, pair) => 2 * pair);
  const snippets = Array.from({ length: 2 * pairs }, (_, i) => scaled.subarray(i * size, (i + 1) * size));
  return {
    users: Array.from({ length: users }, (_, user) => `user-${user}`),
    items: snippetItems(snippets, states),
    user: left.map((_, pair) => pair % users),
    ...{ left, right: left.map((item) => item + 1), label },
    source: {
      name: "snippets of a cart with a pole",
      license: "",
      sha256: sha256(stableJson({ world: "cart-pole", pairs, states, users, label: Array.from(label) })),
    },
  };
}

/** How many of the pairs with different true returns a reward of states ranks rightly; ties of the reward count half. */
export function ranksRightly(cart: CartPairs, truth: Float64Array, rewards: Float64Array): number {
  const { pairs, states } = cart;
  const of = (snippet: number): number => {
    let sum = 0;
    for (let at = snippet * states; at < (snippet + 1) * states; at++) sum += rewards[at];
    return sum;
  };
  let [right, all] = [0, 0];
  for (let pair = 0; pair < pairs; pair++) {
    const lead = truth[2 * pair + 1] - truth[2 * pair];
    if (lead === 0) continue;
    all++;
    const own = of(2 * pair + 1) - of(2 * pair);
    right += own === 0 ? 0.5 : own > 0 === lead > 0 ? 1 : 0;
  }
  return all === 0 ? NaN : right / all;
}
