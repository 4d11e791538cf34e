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
import { answersOfUsers, type EvidenceSets } from "../evidence-sets.js";
import { isExploded } from "../is-exploded.js";
import { checkStreamable } from "../requests.js";
import { shuffleWords } from "../shuffle.js";
import { startValues } from "../start-values.js";
import { stepNoise } from "../state-noise.js";
import { TargetSets } from "../target-sets.js";
import { foundStates } from "./found-states.js";
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
    {
      ...{ source, population: data, isWeighted: data.weight !== undefined, answers: data.user },
      // in memory of its own, which is given back at once
      find: (parameters: Parameters) => foundStates(new Runtime(module), model, parameters, data),
    },
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
  checkStreamable(model);
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

interface TrainerUse {
  readonly source: BatchSource;
  readonly population: Population;
  readonly isWeighted?: boolean;
  /** Who gave each answer, where users' states are found from their answers. */
  readonly answers?: Int32Array;
  /** The states of all users as they are found with these parameters. */
  readonly find?: (parameters: Parameters) => Float32Array;
}

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
  readonly #model: Model;
  isLostByPenalty?: boolean;
  #passes = 0;
  readonly #sets?: {
    readonly targets: TargetSets;
    readonly noise: ReturnType<typeof stepNoise>;
    /** The table of trained users' states, by its name. */
    states(parameters: Parameters): [name: string, table: Float32Array];
  };
  #count = 0;
  #isWeighted: boolean;
  #isDisposed = false;

  constructor(runtime: Runtime, model: Model, use: TrainerUse, options: TrainerOptions) {
    const { source, population, isWeighted = false, answers, find } = use;
    const { batchSize, seed, initial, trainable } = options;
    this.#model = model;
    this.#source = source;
    this.#isWeighted = isWeighted;
    this.#batchSize = Math.min(batchSize, source.count);
    const sizes = dataSizes(population, population.users.length);
    const { found } = model.user;
    this.#session = new Session(runtime, {
      ...{ model, sizes, source, capacity: this.#batchSize, trainable, training: true, isSampled: true },
      ...(found === undefined
        ? {}
        : { evidence: { states: source.count, answers: this.#batchSize * found.context } }),
    });
    const rng = randomStream(seed);
    if (found !== undefined && answers !== undefined && find !== undefined)
      this.#sets = {
        targets: new TargetSets(
          answersOfUsers(answers, population.users.length),
          found,
          rng.split("targets"),
        ),
        noise: stepNoise(rng.split("noise"), found.noise),
        states: (parameters) => [model.user.parameter ?? "", find(parameters)],
      };
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
    const factor = this.#model.penaltyFactor(this.#passes++);
    const evidence = this.#draw();
    if (evidence === undefined) kernels.shuffle(this.#count, this.#order, this.#shuffleState);
    let loss = 0;
    let weight = 0;
    for (let start = 0; start < this.#count; start += this.#batchSize) {
      const count = Math.min(this.#batchSize, this.#count - start);
      session.plan.chance.word = Math.imul(this.#optimizer.steps + 1, GOLDEN) ^ this.#dropped;
      if (evidence !== undefined) session.findFrom(evidence, this.#sets?.noise.at(this.#optimizer.steps));
      session.forward(this.#order + 4 * start, count);
      const batchWeight = this.#isWeighted ? session.batchWeight() : count;
      if (batchWeight === 0) continue;
      const mean = session.backward(batchWeight, factor);
      if (!Number.isFinite(mean)) this.isLostByPenalty ??= isExploded(session.lastPenalty);
      loss += mean * batchWeight;
      weight += batchWeight;
      this.#optimizer.step(rateFactor);
    }
    return loss / weight;
  }

  snapshot(): Parameters {
    const parameters = this.#session.parameters.values();
    return this.#sets === undefined ? parameters : parameters.set(...this.#sets.states(parameters));
  }

  /** Of users whose states are found: which answers are predicted from which in the pass to come. */
  #draw(): EvidenceSets | undefined {
    if (this.#sets === undefined) return undefined;
    const { order, set, evidence } = this.#sets.targets.next();
    const { runtime } = this.#session;
    runtime.integers(this.#order, order.length).set(order);
    runtime.integers(this.#source.user, set.length).set(set);
    return evidence;
  }

  dispose(): void {
    this.#isDisposed = true;
  }
}
