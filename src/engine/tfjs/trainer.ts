import { randomStream, type RandomStream } from "../../core/index.js";
import { selectRows, type Comparisons, type Population } from "../../data/index.js";
import { dataSizes, type Model, type Parameters } from "../../families/index.js";
import type { RefillableTrainer } from "../chunk-feeder.js";
import type { TrainerOptions } from "../engine.js";
import { answersOfUsers } from "../evidence-sets.js";
import { isExploded } from "../is-exploded.js";
import { Shuffle } from "../shuffle.js";
import { rateOf, startValues } from "../start-values.js";
import { stepNoise } from "../state-noise.js";
import { TargetSets } from "../target-sets.js";
import { trainedSpecs } from "../trained-specs.js";
import type { Evidence } from "./evidence.js";
import { foundStates } from "./found-states.js";
import { Optimizer } from "./optimizer.js";
import { forward, lossSum, weightsOf } from "./score-pass.js";
import { compute, floatsOf, type Scalar, type TensorBackend, type Variable } from "./tensorflow.js";

/**
 * Minibatch training by automatic differentiation. Start values and the order of the comparisons are the wasm engine's, so that
 * both train alike but for rounding (and for dropout, whose draws are this engine's own).
 */
export class TfjsTrainer implements RefillableTrainer {
  readonly #use: TensorBackend;
  readonly #model: Model;
  readonly #population: Population;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #moving: readonly Variable[];
  readonly #optimizer: Optimizer;
  readonly #dropout: RandomStream;
  readonly #batchSize: number;
  readonly #shuffle: Shuffle;
  isLostByPenalty?: boolean;
  #steps = 0;
  #passes = 0;
  readonly #streams: { readonly targets: RandomStream; readonly noise: RandomStream };
  #rows?: Comparisons;
  #sets?: { readonly targets: TargetSets; readonly noise: ReturnType<typeof stepNoise> };
  #isDisposed = false;

  constructor(
    use: TensorBackend,
    model: Model,
    given: { readonly population: Population; readonly capacity: number },
    options: TrainerOptions,
  ) {
    const { population, capacity } = given;
    const { batchSize, seed, initial, trainable, learningRates } = options;
    const rng = randomStream(seed);
    const specs = trainedSpecs(model, dataSizes(population, population.users.length));
    const start = startValues(specs, rng.split("initialise"), initial);
    this.#use = use;
    this.#model = model;
    this.#population = population;
    this.#batchSize = Math.min(batchSize, capacity);
    this.#dropout = rng.split("dropout");
    this.#shuffle = new Shuffle(rng.split("order"));
    this.#streams = { targets: rng.split("targets"), noise: rng.split("noise") };
    const { tf } = use;
    const variables = specs.map(({ name, shape, group }) => {
      const variable = compute(use, () => tf.variable(tf.tensor(start.get(name) ?? [], [...shape])));
      return { name, variable, group };
    });
    const moving = variables.filter(({ group }) => trainable?.includes(group) ?? true);
    this.#variables = new Map(variables.map(({ name, variable }) => [name, variable]));
    this.#moving = moving.map(({ variable }) => variable);
    const steps = moving.map(({ variable, group }) => ({ value: variable, ...rateOf(group, learningRates) }));
    this.#optimizer = new Optimizer(use, steps, options.optimizer);
  }

  refill(rows: Comparisons): void {
    const count = rows.user.length;
    if (count !== this.#rows?.user.length) this.#shuffle.restart(count);
    this.#rows = rows;
    const { found } = this.#model.user;
    if (found === undefined) return;
    const answers = answersOfUsers(rows.user, this.#population.users.length);
    this.#sets = {
      targets: new TargetSets(answers, found, this.#streams.targets),
      noise: stepNoise(this.#streams.noise, found.noise),
    };
  }

  epoch(rateFactor = 1): number {
    if (this.#isDisposed) throw new Error("internal: the trainer was disposed");
    if (this.#rows === undefined) throw new Error("internal: the trainer has no comparisons");
    const penaltyFactor = this.#model.penaltyFactor(this.#passes++);
    const pass = this.#sets?.targets.next();
    const data = { ...this.#population, ...this.#rows, ...(pass === undefined ? {} : { user: pass.set }) };
    const count = data.user.length;
    const order = pass?.order ?? this.#shuffle.next();
    const { found } = this.#model.user;
    const evidence =
      pass === undefined || found === undefined ? undefined : { sets: pass.evidence, data, found };
    let loss = 0;
    let weight = 0;
    for (let from = 0; from < count; from += this.#batchSize) {
      const batch = selectRows(data, order.slice(from, from + this.#batchSize));
      const batchWeight = weightsOf(batch).reduce((sum, value) => sum + value, 0);
      if (batchWeight === 0) continue;
      loss += this.#step(batch, batchWeight, { rateFactor, evidence, penaltyFactor }) * batchWeight;
      weight += batchWeight;
    }
    return loss / weight;
  }

  /** One training step: the loss of a batch, its gradient, and a step of Adam against it. Returns the loss. */
  #step(
    batch: Population & Comparisons,
    batchWeight: number,
    use: { readonly rateFactor: number; readonly penaltyFactor: number; readonly evidence?: Evidence },
  ): number {
    const { tf } = this.#use;
    const { rateFactor, penaltyFactor, evidence } = use;
    const noise = this.#sets?.noise.at(this.#steps++);
    return compute(this.#use, () => {
      const pass = {
        tf,
        parameters: this.#variables,
        dropout: this.#dropout,
        evidence,
        noise,
        penaltyFactor,
      };
      const loss = (): Scalar =>
        tf.div(lossSum(tf, this.#model, forward(pass, this.#model, batch), batch), batchWeight);
      if (this.#moving.length === 0) return loss().dataSync()[0];
      const { value, grads } = tf.variableGrads(loss, [...this.#moving]);
      const [found] = value.dataSync();
      if (!Number.isFinite(found)) {
        const { penalty } = forward(pass, this.#model, batch);
        this.isLostByPenalty ??= penalty !== undefined && isExploded(tf.sum(penalty).dataSync()[0]);
      }
      const gradients = this.#moving.map((variable) => grads[variable.name]);
      this.#optimizer.step(gradients, rateFactor);
      return found;
    });
  }

  snapshot(): Parameters {
    const parameters = compute(this.#use, () => {
      return new Map([...this.#variables].map(([name, variable]) => [name, floatsOf(variable)]));
    });
    const { parameter = "" } = this.#model.user;
    if (this.#sets === undefined || this.#rows === undefined) return parameters;
    const data = { ...this.#population, ...this.#rows };
    return parameters.set(parameter, foundStates(this.#use, this.#model, parameters, data));
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#optimizer.dispose();
    for (const variable of this.#variables.values()) variable.dispose();
  }
}
