import type { DataSizes } from "../parameters.js";
import { ownInference } from "./own-inference.js";
import type { UserKind } from "./user-kind.js";

/** Tastes up to which their whole covariance is kept; of more, each one's variance. */
const MOST_TOGETHER = 40;

/** Whether the whole covariance of so many tastes is kept. */
export function isKeptWhole(tastes: number): boolean {
  return tastes <= MOST_TOGETHER;
}

/** Numbers that keep a covariance of `tastes` tastes: its lower triangle row by row, or its diagonal. */
export function spreadSize(tastes: number): number {
  return isKeptWhole(tastes) ? (tastes * (tastes + 1)) / 2 : tastes;
}

/** Numbers of a state of a user near one of K types: P(type), [K]; under each type the mean of their own tastes, [K, Q]; and its covariance. */
export function stateSize(k: number, tastes: number): number {
  return k * (1 + tastes + spreadSize(tastes));
}

/** A user is near one of K types, with tastes of their own: a belief over types, and under each a Gaussian over Q tastes. */
export function nearType(k: number, tastes: (sizes: DataSizes) => number, parameter: string): UserKind {
  return {
    kind: "near-type",
    width: (sizes) => stateSize(k, tastes(sizes)),
    parameter,
    ...ownInference,
    weights(states, users) {
      const width = states.length / users;
      return Float32Array.from({ length: users * k }, (_, i) => states[Math.floor(i / k) * width + (i % k)]);
    },
  };
}
