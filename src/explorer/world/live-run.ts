import { accuracyOf } from "../../evaluate/index.js";
import type { Engine } from "../../engine/index.js";
import type { Parameters } from "../../families/index.js";
import type { FittedModel } from "../../train/index.js";
import type { Settings } from "../state/settings.js";
import type { Frame } from "../worker/protocol.js";
import type { BuiltWorld } from "./built-world.js";
import { placesOf, type Look } from "./places.js";
import { modelOf, recipeOf } from "./recipe.js";
import { digestOf, Training } from "./training.js";

/** Quick reruns with other seeds, and the longest training that is rerun. */
const RERUNS = 4;
const LONGEST_RERUN_MS = 2500;
/** Seeds of reruns lie so far from the first. */
const FROM_SEED = 1000;

/** A model in training on a world, and what is measured of it. */
export class LiveRun {
  readonly #training: Training;
  readonly #accuracies: number[] = [];
  readonly #reruns: number[] = [];
  #again?: Training;
  #computedMs = 0;
  #digest?: string;

  /** @param initial what was learned before something moved */
  constructor(
    readonly engine: Engine,
    readonly settings: Settings,
    readonly world: BuiltWorld,
    initial?: Parameters,
  ) {
    const recipe = recipeOf(settings);
    const model = modelOf(settings);
    this.#training = new Training(engine, model, world.train, {
      recipe,
      ...(initial === undefined ? {} : { initial }),
    });
    this.#isRerun = initial === undefined;
  }

  readonly #isRerun: boolean;

  get isDone(): boolean {
    return this.#training.isDone;
  }

  /** Whether there is nothing more to compute, reruns included. */
  get isOver(): boolean {
    const isQuick = this.#isRerun && this.#computedMs < LONGEST_RERUN_MS;
    return this.isDone && (!isQuick || this.#reruns.length >= RERUNS);
  }

  /** Passes, until there are no more or so many milliseconds are over: one at least. */
  train(forMs: number): void {
    const begin = performance.now();
    do this.#training.pass();
    while (!this.#training.isDone && performance.now() - begin < forMs);
    this.#computedMs += performance.now() - begin;
  }

  /** A slice of the same training from another seed, which says how much an accuracy owes to chance. @returns whether a rerun has ended */
  rerun(forMs: number): boolean {
    const { engine, settings, world } = this;
    const seed = settings.seed + FROM_SEED * (1 + this.#reruns.length);
    this.#again ??= new Training(engine, modelOf(settings), world.train, {
      recipe: recipeOf({ ...settings, seed }),
    });
    const begin = performance.now();
    do this.#again.pass();
    while (!this.#again.isDone && performance.now() - begin < forMs);
    if (!this.#again.isDone) return false;
    this.#reruns.push(accuracyOn(this.#again.fitted(), world));
    this.#again.dispose();
    this.#again = undefined;
    return true;
  }

  /** What is learned until now, as `fit` returns it. */
  fitted(): FittedModel {
    return this.#training.fitted();
  }

  snapshot(): Parameters {
    return this.#training.snapshot();
  }

  /** What is to be seen now. */
  frame(generation: number, look: Look): Frame {
    const { losses, passes } = this.#training;
    const parameters = this.snapshot();
    const fitted = this.#training.fitted(parameters);
    const epoch = losses.length;
    if (this.#accuracies.at(-2) !== epoch) this.#accuracies.push(epoch, accuracyOn(fitted, this.world));
    if (this.isDone) this.#digest ??= digestOf(parameters);
    const { kind } = fitted.model.user;
    return {
      ...{ kind: "frame", generation, epoch, epochs: passes, isDone: this.isDone },
      losses: Float32Array.from(losses),
      accuracies: Float32Array.from(this.#accuracies),
      accuracy: this.#accuracies.at(-1) ?? 0.5,
      computedMs: this.#computedMs,
      ...placesOf(fitted, this.world, look),
      states: fitted.allWeights.slice(),
      stateKind: kind === "simplex" ? "weights" : kind === "gaussian" ? "gaussian" : "none",
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      reruns: [...this.#reruns],
    };
  }

  dispose(): void {
    this.#training.dispose();
    this.#again?.dispose();
  }
}

function accuracyOn(fitted: FittedModel, { test }: BuiltWorld): number {
  return accuracyOf(fitted.scoresOf(test), test).accuracy;
}
