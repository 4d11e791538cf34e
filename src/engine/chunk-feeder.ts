import { checkInteger, InputError } from "../core/index.js";
import { checkComparisons, checkPopulation, type Comparisons, type Population } from "../data/index.js";
import type { Parameters } from "../families/index.js";
import type { StreamTrainer, Trainer } from "./engine.js";

/** A trainer whose comparisons can be replaced by others of the same population. */
export interface RefillableTrainer extends Trainer {
  /** The next epochs train on `rows`; a shuffled order of as many rows before is shuffled on. */
  refill(rows: Comparisons): void;
}

/** Checks what every engine's `createStreamTrainer` is given. @throws InputError */
export function checkStream(population: Population, chunkSize: number): void {
  checkPopulation("createStreamTrainer", population);
  checkInteger("createStreamTrainer: chunkSize", chunkSize, { min: 1 });
}

/** Trains on one chunk after the other, each checked before it is touched. */
export class ChunkFeeder implements StreamTrainer {
  readonly #trainer: RefillableTrainer;
  readonly #population: Population;
  readonly #chunkSize: number;

  constructor(trainer: RefillableTrainer, population: Population, chunkSize: number) {
    this.#trainer = trainer;
    this.#population = population;
    this.#chunkSize = chunkSize;
  }

  feed(chunk: Comparisons, rateFactor?: number): number {
    const rows = chunk.left.length;
    if (rows > this.#chunkSize) {
      throw new InputError(
        `feed: a chunk must have ${this.#chunkSize} comparisons (chunkSize) at most, got ${rows}`,
      );
    }
    checkComparisons("feed", this.#population, chunk);
    this.#trainer.refill(chunk);
    return this.#trainer.epoch(rateFactor);
  }

  snapshot(): Parameters {
    return this.#trainer.snapshot();
  }

  dispose(): void {
    this.#trainer.dispose();
  }
}
