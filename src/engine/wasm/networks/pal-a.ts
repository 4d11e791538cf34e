import { NAMES, type PalA } from "../../../model/index.js";
import type { Batch } from "../batch.js";
import { ItemEncoder } from "../layers/encoder.js";
import { Mlp } from "../layers/mlp.js";
import type { LoadedPairs } from "../loaded-data.js";
import type { ParameterBlock, ParameterPlace } from "../parameters.js";
import type { Address, Runtime, ScoreArguments } from "../runtime.js";
import type { Network, UserRows } from "./network.js";

/** Model A: distances of projected items to user points. */
export class PalANetwork implements Network {
  readonly #runtime: Runtime;
  readonly #model: PalA;
  readonly #items: ItemEncoder;
  readonly #users: UserPoints;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { model: PalA; pairs: LoadedPairs; capacity: number },
  ) {
    const { model, pairs, capacity } = use;
    this.#runtime = runtime;
    this.#model = model;
    this.#items = new ItemEncoder(runtime, parameters, {
      pairs,
      projector: model.projector,
      capacity,
      joinContexts: true,
    });
    this.#users = new UserPoints(runtime, parameters, { model, capacity });
  }

  forward(batch: Batch, users: UserRows, seed?: number): void {
    this.#items.forward(batch, seed);
    this.#users.forward(users, seed);
    this.#runtime.kernels.distanceScore(...this.#arguments(batch, users), this.#plain, batch.score);
  }

  backward(batch: Batch, users: UserRows): void {
    const { dz } = this.#items;
    const arguments_ = this.#arguments(batch, users);
    this.#runtime.kernels.distanceBackward(
      ...arguments_,
      this.#plain,
      batch.dScore,
      dz,
      this.#users.gradient,
    );
    this.#items.backward();
    this.#users.backward(users);
  }

  get #plain(): number {
    return this.#model.distance === "plain" ? 1 : 0;
  }

  #arguments(batch: Batch, users: UserRows): ScoreArguments {
    const { left, right, z, outputs } = this.#items;
    return [batch.count, outputs, z, this.#users.points, left, right, users.local];
  }
}

/** The points u of users: f(P w), sum_k w_k f(p_k) or P w. */
class UserPoints {
  points: Address = 0;
  /** Gradient of the points, zeroed by each forward pass. */
  readonly gradient: Address;
  readonly #runtime: Runtime;
  readonly #prototypes: ParameterPlace;
  readonly #mlp?: Mlp;
  readonly #projectsPrototypes: boolean;
  readonly #d: number;
  readonly #mixed: Address;
  readonly #dMixed: Address;
  readonly #dProjected: Address;

  constructor(runtime: Runtime, parameters: ParameterBlock, use: { model: PalA; capacity: number }) {
    const { model, capacity } = use;
    this.#runtime = runtime;
    this.#d = model.latentDimension;
    this.#prototypes = parameters.place(NAMES.prototypes);
    const width = this.#prototypes.spec.shape[1];
    const projects = model.userPoint !== "Pw" && !parameters.has(NAMES.itemTable);
    this.#projectsPrototypes = projects && model.userPoint === "f(P)w";
    if (projects) {
      const rows = Math.max(capacity, model.k);
      this.#mlp = new Mlp(runtime, parameters, {
        prefix: NAMES.items,
        projector: model.projector,
        capacity: rows,
      });
    }
    const room = capacity * Math.max(width, this.#d);
    this.#mixed = runtime.allocate(room);
    this.#dMixed = runtime.allocate(room);
    this.#dProjected = runtime.allocate(model.k * this.#d);
    this.gradient = runtime.allocate(capacity * this.#d);
    runtime.reserveProducts(capacity, width, model.k, this.#d);
  }

  forward(users: UserRows, seed?: number): void {
    const [k, width] = this.#prototypes.spec.shape;
    const mlp = this.#mlp;
    if (mlp !== undefined && this.#projectsPrototypes) {
      const projected = mlp.forward(this.#prototypes.value, k, seed);
      this.#projected = projected;
      this.#runtime.productNN({ m: users.count, n: this.#d, k }, users.weights, projected, this.#mixed);
      this.points = this.#mixed;
    } else {
      this.#runtime.productNN(
        { m: users.count, n: width, k },
        users.weights,
        this.#prototypes.value,
        this.#mixed,
      );
      this.points = mlp === undefined ? this.#mixed : mlp.forward(this.#mixed, users.count, seed);
    }
    this.#runtime.kernels.zero(this.gradient, 4 * users.count * this.#d);
  }

  #projected: Address = 0;

  backward(users: UserRows): void {
    const [k, width] = this.#prototypes.spec.shape;
    const { count, weights, dWeights } = users;
    const { value, gradient } = this.#prototypes;
    const mlp = this.#mlp;
    if (mlp !== undefined && this.#projectsPrototypes) {
      this.#runtime.productNT({ m: count, n: k, k: this.#d }, this.gradient, this.#projected, dWeights);
      this.#runtime.productTN({ m: k, n: this.#d, k: count }, weights, this.gradient, this.#dProjected);
      mlp.backward(this.#dProjected, k, gradient);
      return;
    }
    let dMixed = this.gradient;
    if (mlp !== undefined) {
      mlp.backward(this.gradient, count, this.#dMixed);
      dMixed = this.#dMixed;
    }
    this.#runtime.productNT({ m: count, n: k, k: width }, dMixed, value, dWeights);
    this.#runtime.productTN({ m: k, n: width, k: count }, weights, dMixed, gradient, true);
  }
}
