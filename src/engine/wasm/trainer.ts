import { checkInteger, randomStream } from "../../core/index.js";
import {
  checkEveryUserAnswers,
  checkPreferenceData,
  type Comparisons,
  type Population,
  type PreferenceData,
} from "../../data/index.js";
import { dataSizes, type Model, type Parameters } from "../../families/index.js";
import { checkStream, ChunkFeeder, type RefillableTrainer } from "../chunk-feeder.js";
import type { StreamTrainer, StreamTrainerOptions, Trainer, TrainerOptions } from "../engine.js";
import { shuffleWords } from "../shuffle.js";
import { startValues } from "../start-values.js";
import { loadColumns, loadPairs, loadTables, type BatchSource } from "./loaded-data.js";
import { Optimizer } from "./optimizer.js";
import { Runtime, type Address } from "./runtime.js";
import { Session } from "./session.js";

/** A trainer on comparisons that are copied to wasm memory once. */
export function createTrainer(
  module: WebAssembly.Module,
  model: Model,
  data: PreferenceData,
  options: TrainerOptions,
): Trainer {
  checkPreferenceData("createTrainer", data);
  checkEveryUserAnswers("createTrainer", data);
  checkInteger("createTrainer: batchSize", options.batchSize, { min: 1 });
  const runtime = new Runtime(module);
  const source = { ...loadPairs(runtime, data), ...loadColumns(runtime, data) };
  const trainer = new WasmTrainer(
    runtime,
    model,
    { source, population: data, isWeighted: data.weight !== undefined },
    options,
  );
  trainer.restart(data.user.length);
  return trainer;
}

/** A trainer on tables that are copied to wasm memory once, and comparisons that are copied chunk by chunk. */
export function createStreamTrainer(
  module: WebAssembly.Module,
  model: Model,
  population: Population,
  options: StreamTrainerOptions,
): StreamTrainer {
  const { chunkSize, batchSize } = options;
  checkStream(population, chunkSize);
  checkInteger("createStreamTrainer: batchSize", batchSize, { min: 1 });
  const runtime = new Runtime(module);
  const room = (): Address => runtime.allocate(chunkSize);
  const columns = { user: room(), label: room(), weight: room() };
  const source = { ...loadTables(runtime, population, chunkSize), ...columns };
  return new ChunkFeeder(
    new WasmTrainer(runtime, model, { source, population }, options),
    population,
    chunkSize,
  );
}

/** 2^32 over the golden ratio: its multiples lie far apart. */
const GOLDEN = 0x9e3779b9;

/** Minibatch training in wasm: everything is allocated at construction, an epoch allocates nothing. */
class WasmTrainer implements RefillableTrainer {
  readonly #session: Session;
  readonly #source: BatchSource;
  readonly #optimizer: Optimizer;
  readonly #order: Address;
  readonly #shuffleState: Address;
  /** What is dropped depends on the seed through this, and on the step. */
  readonly #dropped: number;
  readonly #batchSize: number;
  #count = 0;
  #isWeighted: boolean;
  #isDisposed = false;

  constructor(
    runtime: Runtime,
    model: Model,
    use: { readonly source: BatchSource; readonly population: Population; readonly isWeighted?: boolean },
    options: TrainerOptions,
  ) {
    const { source, population, isWeighted = false } = use;
    const { batchSize, seed, initial, trainable } = options;
    this.#source = source;
    this.#isWeighted = isWeighted;
    this.#batchSize = Math.min(batchSize, source.count);
    const sizes = dataSizes(population, population.users.length);
    this.#session = new Session(runtime, {
      ...{ model, sizes, source, capacity: this.#batchSize, trainable, training: true },
    });
    const rng = randomStream(seed);
    this.#session.parameters.load(startValues(model.parameters(sizes), rng.split("initialise"), initial));
    this.#optimizer = new Optimizer(runtime, this.#session.parameters, options);
    this.#order = runtime.allocate(source.count);
    this.#dropped = rng.split("dropout").integer(4294967296);
    this.#shuffleState = runtime.storeIntegers(shuffleWords(rng.split("order")));
  }

  /** The first `count` rows of the source are what is trained on, in the order that shuffling starts from. */
  restart(count: number): void {
    const order = this.#session.runtime.integers(this.#order, count);
    for (let row = 0; row < count; row++) order[row] = row;
    this.#count = count;
  }

  refill(rows: Comparisons): void {
    const { runtime } = this.#session;
    const { user, left, right, context, label, weight } = this.#source;
    const count = rows.user.length;
    runtime.integers(user, count).set(rows.user);
    runtime.integers(left, count).set(rows.left);
    runtime.integers(right, count).set(rows.right);
    if (rows.context !== undefined) runtime.integers(context, count).set(rows.context);
    runtime.floats(label, count).set(rows.label);
    if (rows.weight === undefined) runtime.floats(weight, count).fill(1);
    else runtime.floats(weight, count).set(rows.weight);
    if (count !== this.#count) this.restart(count);
    this.#isWeighted = rows.weight !== undefined;
  }

  epoch(rateFactor = 1): number {
    if (this.#isDisposed) throw new Error("internal: the trainer was disposed");
    const session = this.#session;
    const { kernels } = session.runtime;
    kernels.shuffle(this.#count, this.#order, this.#shuffleState);
    let loss = 0;
    let weight = 0;
    for (let start = 0; start < this.#count; start += this.#batchSize) {
      const count = Math.min(this.#batchSize, this.#count - start);
      session.plan.chance.word = Math.imul(this.#optimizer.steps + 1, GOLDEN) ^ this.#dropped;
      session.forward(this.#order + 4 * start, count);
      const batchWeight = this.#isWeighted ? session.batchWeight() : count;
      if (batchWeight === 0) continue;
      loss += session.backward(batchWeight) * batchWeight;
      weight += batchWeight;
      this.#optimizer.step(rateFactor);
    }
    return loss / weight;
  }

  snapshot(): Parameters {
    return this.#session.parameters.values();
  }

  dispose(): void {
    this.#isDisposed = true;
  }
}
