import { blend, prototypeColor } from "../../figures/theme/index.js";

/** Weights are told apart in so many steps: colours of thousands of people are mixed once each. */
const STEPS = 24;
const mixed = new Map<string, string>();

/** The colour of somebody with these weights on prototypes: theirs, mixed. */
export function userColor(states: Float32Array, user: number, k: number): string {
  const steps = Array.from(states.subarray(user * k, (user + 1) * k), (weight) => Math.round(STEPS * weight));
  const key = steps.join(" ");
  const known = mixed.get(key);
  if (known !== undefined) return known;
  const colors = steps.map((_, index) => prototypeColor(index));
  const color = steps.some((step) => step > 0) ? blend(colors, steps) : prototypeColor(0);
  mixed.set(key, color);
  return color;
}
