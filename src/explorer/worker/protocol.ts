import type { CollapseCalls } from "../collapse/calls.js";
import type { OwnDataCalls } from "../own-data/calls.js";
import type { PersonCalls } from "../person/calls.js";
import type { Settings } from "../state/settings.js";

/** What the page tells the worker to train: answered by a {@link World} and then by {@link Frame}s, of this generation. */
export type Order =
  /** The world of these settings, trained from the start. */
  | { readonly kind: "train"; readonly generation: number; readonly settings: Settings }
  /** The same world with something moved: training goes on from where it stands. */
  | { readonly kind: "move"; readonly generation: number; readonly settings: Settings }
  | { readonly kind: "play" | "pause" | "step" }
  /** Milliseconds from one pass over the answers to the next; 0: as fast as it goes. */
  | { readonly kind: "pace"; readonly waitMs: number }
  /** Whose rewards are drawn, and whether. */
  | { readonly kind: "look"; readonly user: number; readonly isField: boolean };

/** Two numbers a point, row-major [n, 2]. */
export type Plane = Float32Array;

/** What does not change while a model trains: where everything truly lies, and what can be reached. Sent once for every order. */
export interface World {
  readonly kind: "world";
  readonly generation: number;
  /** Users that lie on a line have a second coordinate of 0. */
  readonly dimension: 1 | 2;
  /** Of the items that are shown, [n, 2]: all of a pool, or some of many. */
  readonly items: Plane;
  readonly users: Plane;
  /** [K*, 2]; empty for a population without prototypes. */
  readonly prototypes: Plane;
  readonly answers: number;
  readonly held: number;
  /** Answers that differ from those of the world in which nothing was moved, and from the world before this. */
  readonly flipped: { readonly sinceStart: number; readonly now: number };
  /** Accuracies, 0-1, on the held-out answers. */
  readonly ceilings: { readonly chance: number; readonly blind: number; readonly oracle: number };
}

/** What a model has learned until now. */
export interface Frame {
  readonly kind: "frame";
  readonly generation: number;
  /** Passes over the data. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean training loss of each pass until now. */
  readonly losses: Float32Array;
  /** Accuracy on held-out answers after each pass in which it was measured: [pass, accuracy] by turns. */
  readonly accuracies: Float32Array;
  /** The last of them, 0-1. */
  readonly accuracy: number;
  readonly isDone: boolean;
  /** How long the training has computed, in milliseconds. */
  readonly computedMs: number;
  /** `latent`: places are the model's own space, turned onto the truth; `liked`: people stand amid the items that the model thinks they like best. */
  readonly places: "latent" | "liked";
  readonly items: Plane;
  readonly users: Plane;
  /** [K, 2]; empty for a family without prototypes. */
  readonly prototypes: Plane;
  /** Weights on prototypes, [U, K]; of other families the state of each user, [U, S]. */
  readonly states: Float32Array;
  readonly stateKind: "weights" | "gaussian" | "none";
  /** Reward of the chosen user on a square grid over the plane, row-major from the bottom left; absent where it is not drawn. */
  readonly field?: { readonly side: number; readonly values: Float32Array };
  /** The digest of all parameters, once training is done: the same as `fit` gives in Node. */
  readonly digest?: string;
  /** Accuracies of quick reruns with other seeds, which come after the first is done. */
  readonly reruns: readonly number[];
}

/** Half the side of the square that planes are drawn in: places beyond it lie at its edge. */
export const REACH = 3;

/** What panels ask of the worker by name, and get one answer for. A room adds its own in its `calls.ts`, and answers them in its `answers.ts`. */
export interface Calls extends WorldCalls, PersonCalls, OwnDataCalls, CollapseCalls {}

/** What the panel of the world asks. */
export interface WorldCalls {
  /** The world as files: the answers, the configuration, and a notebook that trains the same model. */
  "world/files": {
    readonly ask: { readonly settings: Settings };
    readonly answer: { readonly files: readonly { readonly name: string; readonly text: string }[] };
  };
}

/** A name of {@link Calls}. */
export type CallName = keyof Calls;

/** From the page to the worker. */
export type ToWorker =
  Order | { readonly kind: "call"; readonly id: number; readonly name: CallName; readonly ask: unknown };

/** From the worker to the page. */
export type FromWorker =
  /** The engine's name; "none", and why, where nothing can be computed: worlds are shown all the same. */
  | { readonly kind: "ready"; readonly engine: string; readonly why?: string }
  | World
  | Frame
  | { readonly kind: "failed"; readonly generation: number; readonly message: string }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  /** How far a call is, in words. */
  | { readonly kind: "progress"; readonly id: number; readonly text: string }
  /** Why a call has no answer, in words for whoever asked. */
  | { readonly kind: "refused"; readonly id: number; readonly message: string };
