import { blend, prototypeColor } from "../../figures/theme/index.js";

/** Weights are told apart in so many steps: colours of thousands of people are mixed once each. */
const STEPS = 24;
const mixed = new Map<number, string>();
const known = new WeakMap<Float32Array, readonly string[]>();

/** The colour of everybody by their weights on prototypes, [U, K]: theirs, mixed. The same list for the same weights. */
export function userColors(weights: Float32Array, users: number): readonly string[] {
  const before = known.get(weights);
  if (before !== undefined) return before;
  const k = weights.length / users;
  const colors = Array.from({ length: users }, (_, user) => colorOf(weights, user * k, k));
  known.set(weights, colors);
  return colors;
}

function colorOf(weights: Float32Array, from: number, k: number): string {
  let key = k;
  for (let i = from; i < from + k; i++) key = key * (STEPS + 1) + Math.round(STEPS * weights[i]);
  const before = mixed.get(key);
  if (before !== undefined) return before;
  const steps = Array.from(weights.subarray(from, from + k), (weight) => Math.round(STEPS * weight));
  const color = steps.some((step) => step > 0)
    ? blend(steps.map((_, index) => prototypeColor(index)), steps) // prettier-ignore
    : prototypeColor(0);
  mixed.set(key, color);
  return color;
}
