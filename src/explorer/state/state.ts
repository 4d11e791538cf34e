import type { Settings } from "./settings.js";

/** What the page shows: the world, being the user, own data, or how a latent user collapses. */
export const PANELS = ["world", "you", "data", "collapse"] as const;
/** One of {@link PANELS}. */
export type PanelName = (typeof PANELS)[number];

/** What a lesson asks for: a measure that is to be reached. */
export interface Goal {
  readonly measure: "accuracy" | "k" | "answers" | "users";
  readonly is: "at least" | "at most";
  readonly value: number;
}

/** All that an address says: one frozen object. A person's answers and own data are never in it. */
export interface ExplorerState extends Settings {
  readonly panel: PanelName;
  /** Milliseconds from one pass over the answers to the next: 0 is as fast as it goes. */
  readonly pace: number;
  /** The user that is looked at, from 0. */
  readonly chosen: number;
  /** Whether the chosen user's rewards are drawn. */
  readonly field: boolean;
  /** Whether true places are drawn. */
  readonly truth: boolean;
  /** What "be the user" asks about. */
  readonly questions: "statements" | "points";
  /** Knobs that are not shown. */
  readonly hidden: readonly string[];
  readonly goals: readonly Goal[];
}

/** What the page starts with. */
export const START: ExplorerState = Object.freeze({
  population: "mixture",
  truePrototypes: 3,
  users: 150,
  answers: 100,
  items: 100,
  noise: 0,
  family: "pal-a",
  k: 3,
  epochs: 60,
  seed: 122,
  moved: Object.freeze([]),
  panel: "world",
  pace: 0,
  chosen: 0,
  field: true,
  truth: true,
  questions: "points",
  hidden: Object.freeze([]),
  goals: Object.freeze([]),
});
