import type { RandomStream } from "../../../core/index.js";
import { pushCart } from "../../../data/worlds/index.js";
import { crossEntropySearch } from "../../../policies/index.js";
import { VARIABLES } from "./cart-answers.js";

/** Rewards of the states of a drive, row-major [n, 4] as the integrator has them, [n]. */
export type StateRewards = (states: Float64Array) => ArrayLike<number>;

/** How a policy is searched, and driven. */
export interface DriveConfig {
  /** Pushes of a drive; it never ends sooner. */
  readonly steps: number;
  /** Drives from different starts that a candidate is judged by. */
  readonly starts: number;
  readonly rounds: number;
  readonly candidates: number;
}

/** Drives that judge a policy that was found. */
const JUDGED = 20;
/** How far from 0 each variable begins at most, evenly. */
const STARTS = [1, 0.05, 0.1, 0.05];

/** A push to the right where <weights, state / units> is above 0, else to the left. */
export interface LinearPolicy {
  readonly weights: Float64Array;
  readonly units: Float64Array;
}

/** The linear policy with the largest return of some reward, by the cross-entropy method. */
export function bestPolicy(
  rewards: StateRewards,
  units: Float64Array,
  config: DriveConfig & { readonly rng: RandomStream },
): LinearPolicy {
  const { starts, rounds, candidates, rng } = config;
  const from = startsOf(starts, rng.split("starts"));
  const found = crossEntropySearch(
    (weights) =>
      from.reduce((sum, start) => sum + total(rewards(drive({ weights, units }, start, config.steps))), 0),
    { count: VARIABLES, rng: rng.split("search"), rounds, candidates },
  );
  return { weights: found.numbers, units };
}

/** The mean true return of a policy over starts that no search saw; without a policy pushes are random. */
export function judgedReturn(
  policy: LinearPolicy | undefined,
  truth: (state: ArrayLike<number>) => number,
  { steps, rng }: { readonly steps: number; readonly rng: RandomStream },
): number {
  const chance = rng.split("pushes");
  const drives = startsOf(JUDGED, rng.split("judged")).map((start) =>
    policy === undefined ? driveBy(() => chance.uniform() - 0.5, start, steps) : drive(policy, start, steps),
  );
  const returns = drives.map((states) => {
    let sum = 0;
    for (let at = 0; at < states.length; at += VARIABLES) sum += truth(states.subarray(at, at + VARIABLES));
    return sum;
  });
  return total(returns) / JUDGED;
}

function startsOf(count: number, rng: RandomStream): Float64Array[] {
  return Array.from({ length: count }, () =>
    Float64Array.from(STARTS, (most) => (2 * rng.uniform() - 1) * most),
  );
}

function drive({ weights, units }: LinearPolicy, start: Float64Array, steps: number): Float64Array {
  const turned = weights.map((weight, j) => weight / units[j]);
  return driveBy(
    (s) => turned[0] * s[0] + turned[1] * s[1] + turned[2] * s[2] + turned[3] * s[3],
    start,
    steps,
  );
}

function driveBy(push: (state: Float64Array) => number, start: Float64Array, steps: number): Float64Array {
  const states = new Float64Array(steps * VARIABLES);
  const state = start.slice();
  for (let step = 0; step < steps; step++) {
    pushCart(state, push(state));
    states.set(state, step * VARIABLES);
  }
  return states;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
