import type { Goal } from "../state/state.js";
import type { ExplorerState } from "../state/state.js";
import { FAMILY_TITLES } from "../state/settings.js";

/** Words of a choice, where its name in an address is not the best. */
export const CHOICE_WORDS: { readonly [value: string]: string | undefined } = {
  ...FAMILY_TITLES,
  mixture: "mixtures of prototypes",
  partition: "each at one prototype",
  gaussian: "anywhere, without prototypes",
  didactic: "at a few places of a line",
  points: "points of the plane",
  statements: "statements",
};

/** A fraction as the page says it. */
export function fraction(value: number): string {
  return value.toFixed(2);
}

/** A goal in words, and whether it is reached. @param accuracy of the model, once there is one */
export function goalWords(
  goal: Goal,
  state: ExplorerState,
  accuracy: number | undefined,
): { readonly words: string; readonly isReached: boolean } {
  const { measure, is, value } = goal;
  const now = measure === "accuracy" ? accuracy : state[measure];
  const name = { accuracy: "accuracy", k: "K of the model", answers: "answers of each user", users: "users" }[
    measure
  ];
  const isReached = now !== undefined && (is === "at least" ? now >= value : now <= value);
  return { words: `${name} ${is} ${value}`, isReached };
}
