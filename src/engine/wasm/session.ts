import { hasPrototypes, NAMES, type DataSizes, type Model } from "../../model/index.js";
import type { PreferenceData } from "../../data/index.js";
import { createBatch, Distinct, fillBatch, type Batch, type BatchSource } from "./batch.js";
import { createNetwork, type Network, type UserRows } from "./networks/index.js";
import { ParameterBlock } from "./parameters.js";
import type { Address, Runtime } from "./runtime.js";

const LOSSES = { hinge: 0, logistic: 1 } as const;

/** Everything that computes one model on one set of comparisons, allocated once. */
export class Session {
  readonly batch: Batch;
  readonly parameters: ParameterBlock;
  readonly runtime: Runtime;
  readonly #model: Model;
  readonly #network: Network;
  readonly #source: BatchSource;
  readonly #distinct: Distinct;
  readonly #users: UserRows;
  readonly #k: number;
  /** Weights on the simplex for every user, [U, K], where they are given instead of learned. */
  readonly #given: Address;

  constructor(
    runtime: Runtime,
    use: {
      model: Model;
      sizes: DataSizes;
      source: BatchSource;
      capacity: number;
      givenWeights?: Float32Array;
    },
  ) {
    const { model, sizes, source, capacity, givenWeights } = use;
    this.runtime = runtime;
    this.#model = model;
    this.#source = source;
    const isLearned = (name: string): boolean => givenWeights === undefined || name !== NAMES.weights;
    this.parameters = new ParameterBlock(
      runtime,
      model.parameters(sizes).filter(({ name }) => isLearned(name)),
    );
    this.batch = createBatch(runtime, capacity);
    this.#network = createNetwork(runtime, this.parameters, { model, pairs: source, capacity });
    this.#k = hasPrototypes(model) ? model.k : 1;
    this.#distinct = new Distinct(runtime, { values: sizes.users, capacity });
    const rows = (): Address => runtime.allocate(capacity * this.#k);
    this.#users = { count: 0, weights: rows(), dWeights: rows(), local: runtime.allocate(capacity) };
    this.#given = this.#storeGiven(givenWeights, sizes.users);
  }

  /** Fills the batch with the rows that `order` names and computes their scores. With `seed` (training) hidden units are dropped. */
  forward(rows: { order: Address; count: number }, seed?: number): void {
    fillBatch(this.runtime, this.batch, this.#source, rows);
    this.#loadWeights();
    this.#network.forward(this.batch, this.#users, seed);
  }

  /** The batch's mean loss; adds its gradient to the parameters'. */
  backward(totalWeight: number): number {
    const { kernels } = this.runtime;
    const { batch } = this;
    const { count, score, label, weight, dScore } = batch;
    const { loss, margin } = this.#model;
    const value = kernels.lossWithGradient(
      LOSSES[loss],
      count,
      score,
      label,
      weight,
      margin,
      1 / totalWeight,
      dScore,
    );
    const users = this.#users;
    kernels.zero(users.dWeights, 4 * users.count * this.#k);
    this.#network.backward(batch, users);
    if (hasPrototypes(this.#model) && this.#given === 0) {
      const { gradient } = this.parameters.place(NAMES.weights);
      const { unique } = this.#distinct;
      kernels.softmaxBackward(users.count, unique, this.#k, users.weights, users.dWeights, gradient);
    }
    return value;
  }

  /** The sum of the weights of the rows in the batch. */
  batchWeight(): number {
    const weights = this.runtime.floats(this.batch.weight, this.batch.count);
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i];
    return total;
  }

  #loadWeights(): void {
    const { kernels } = this.runtime;
    const users = this.#users;
    this.#distinct.clear();
    this.#distinct.add(this.batch.count, this.batch.user, users.local);
    users.count = this.#distinct.count;
    const { unique } = this.#distinct;
    if (this.#given !== 0) {
      kernels.gatherRows(users.count, unique, this.#k, this.#given, users.weights, this.#k);
      return;
    }
    const { value } = this.parameters.place(NAMES.weights);
    kernels.softmaxRows(users.count, unique, this.#k, value, users.weights);
  }

  /** Models without prototypes run with one weight of 1 for everybody. */
  #storeGiven(weights: Float32Array | undefined, users: number): Address {
    if (weights !== undefined) return this.runtime.storeFloats(weights);
    return hasPrototypes(this.#model) ? 0 : this.runtime.storeFloats(new Float32Array(users).fill(1));
  }
}

/** User, label and row weight columns, ready to fill batches from. */
export function loadColumns(
  runtime: Runtime,
  data: Pick<PreferenceData, "user" | "label" | "weight">,
): Pick<BatchSource, "user" | "label" | "weight"> {
  return {
    user: runtime.storeIntegers(data.user),
    label: runtime.storeFloats(data.label),
    weight: runtime.storeFloats(data.weight ?? new Float32Array(data.user.length).fill(1)),
  };
}
