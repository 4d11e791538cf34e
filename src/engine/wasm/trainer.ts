import { checkInteger, randomStream } from "../../core/index.js";
import { checkEveryUserAnswers, checkPreferenceData, type PreferenceData } from "../../data/index.js";
import { dataSizes, PARAMETER_GROUPS, type Model, type Parameters } from "../../model/index.js";
import type { Trainer, TrainerOptions } from "../engine.js";
import { loadPairs } from "./loaded-data.js";
import { Optimizer } from "./optimizer.js";
import { Runtime, type Address } from "./runtime.js";
import { loadColumns, Session } from "./session.js";

/** Minibatch training in wasm: everything is allocated at construction, an epoch allocates nothing. */
export class WasmTrainer implements Trainer {
  readonly #session: Session;
  readonly #optimizer: Optimizer;
  readonly #order: Address;
  readonly #shuffleState: Address;
  readonly #count: number;
  readonly #isWeighted: boolean;
  readonly #batchSize: number;
  #isDisposed = false;

  constructor(module: WebAssembly.Module, model: Model, data: PreferenceData, options: TrainerOptions) {
    checkPreferenceData("createTrainer", data);
    checkEveryUserAnswers("createTrainer", data);
    const { batchSize, seed, initial, trainable = PARAMETER_GROUPS } = options;
    checkInteger("createTrainer: batchSize", batchSize, { min: 1 });
    this.#count = data.user.length;
    this.#batchSize = Math.min(batchSize, this.#count);
    this.#isWeighted = data.weight !== undefined;
    const runtime = new Runtime(module);
    const source = { ...loadPairs(runtime, data), ...loadColumns(runtime, data) };
    const sizes = dataSizes(data, data.users.length);
    this.#session = new Session(runtime, { model, sizes, source, capacity: this.#batchSize });
    const rng = randomStream(seed);
    this.#session.parameters.initialise(rng.split("initialise"), initial);
    this.#optimizer = new Optimizer(runtime, this.#session.parameters, { ...options, trainable });
    this.#order = runtime.storeIntegers(Int32Array.from({ length: this.#count }, (_, i) => i));
    const words = rng.split("order");
    this.#shuffleState = runtime.storeIntegers(
      Int32Array.from({ length: 4 }, () => words.integer(4294967296)),
    );
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
      session.parameters.clearGradients();
      session.forward({ order: this.#order + 4 * start, count }, this.#optimizer.steps + 1);
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
