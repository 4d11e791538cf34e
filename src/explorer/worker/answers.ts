import type { Engine } from "../../engine/index.js";
import type { FittedModel } from "../../train/index.js";
import type { Settings } from "../state/settings.js";
import type { BuiltWorld } from "../world/built-world.js";
import type { CallName, Calls } from "./protocol.js";

/** The world and the model that train at the moment. */
export interface Trained {
  readonly settings: Settings;
  readonly world: BuiltWorld;
  /** What is learned until now, as `fit` returns it: `posteriorGiven`, `infer`, `scores` … */
  readonly fitted: FittedModel;
}

/** What answers to calls are made with. */
export interface AnswerTools {
  readonly engine: Engine;
  /** The model of the page's world, once it is trained, or its training is paused; undefined where there is none. */
  trained(): Trained | undefined | Promise<Trained | undefined>;
  /** Says how far it is. */
  progress(text: string): void;
  /** Gives other messages, and the training, a turn; call it about every 20 ms. */
  turn(): Promise<void>;
}

/** Answers of some calls: each room exports its own, and the worker puts them together. An Error is shown to whoever asked, by its message. */
export type Answers<N extends CallName> = {
  readonly [Name in N]: (
    ask: Calls[Name]["ask"],
    tools: AnswerTools,
  ) => Calls[Name]["answer"] | Promise<Calls[Name]["answer"]>;
};
