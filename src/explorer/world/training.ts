import { InputError, sha256 } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import type { Engine, Trainer } from "../../engine/index.js";
import { DEFAULT_LEARNING_RATES, dataSizes, type Model, type Parameters } from "../../families/index.js";
import { fittedModel, type FittedModel } from "../../train/index.js";
import type { Recipe } from "./recipe.js";

/** Passes of a training that goes on after something was moved, and how large its first step is beside a first training's. */
export const WARM_PASSES = 12;
const WARM_FACTOR = 0.4;

/** One model in training on the answers of a world, pass by pass: the same passes as `fit` makes. */
export class Training {
  readonly losses: number[] = [];
  readonly passes: number;
  readonly #trainer: Trainer;
  readonly #isWarm: boolean;

  /** @param initial what was learned before something moved: training goes on from there */
  constructor(
    readonly engine: Engine,
    readonly model: Model,
    readonly data: PreferenceData,
    { recipe, initial }: { readonly recipe: Recipe; readonly initial?: Parameters },
  ) {
    const { seed, batchSize, learningRates, optimizer } = recipe;
    this.#isWarm = initial !== undefined;
    this.passes = this.#isWarm ? Math.min(WARM_PASSES, recipe.epochs) : recipe.epochs;
    this.#trainer = engine.createTrainer(model, data, {
      ...{ seed, batchSize, optimizer, learningRates: { ...DEFAULT_LEARNING_RATES, ...learningRates } },
      ...(initial === undefined ? {} : { initial }),
    });
  }

  get isDone(): boolean {
    return this.losses.length >= this.passes;
  }

  /** One pass over the answers. @throws InputError for a loss that is not finite */
  pass(): void {
    const factor = 1 - this.losses.length / this.passes;
    const loss = this.#trainer.epoch(this.#isWarm ? WARM_FACTOR * factor : factor);
    if (!Number.isFinite(loss))
      throw new InputError(
        `the training went astray in pass ${this.losses.length + 1}: its loss is ${loss}. Another seed, less that was moved, or more noise may help`,
      );
    this.losses.push(loss);
  }

  snapshot(): Parameters {
    return this.#trainer.snapshot();
  }

  /** What is learned until now, as `fit` returns it. */
  fitted(parameters: Parameters = this.snapshot()): FittedModel {
    const { engine, model, data } = this;
    return fittedModel({
      model,
      sizes: dataSizes(data, data.users.length),
      parameters,
      users: data.users,
      engine,
    });
  }

  dispose(): void {
    this.#trainer.dispose();
  }
}

/** One number for all bits of parameters. */
export function digestOf(parameters: Parameters): string {
  const parts = [...parameters].map(([name, values]) => `${name} ${sha256(values)}`);
  return sha256(parts.sort().join("\n"));
}
