import { layerName, NAMES, type PalA } from "../../../model/index.js";
import type { Batch } from "../batch.js";
import type { LoadedPairs } from "../loaded-data.js";
import type { ParameterBlock, ParameterPlace } from "../parameters.js";
import type { Address, Runtime } from "../runtime.js";
import type { Network, UserRows } from "./network.js";

/**
 * Whether Model A is a quadratic form on these pairs: f one linear layer A, squared distance, the point f(P w) = f(P) w. Then
 * |f(l) - f(a)|² - |f(r) - f(a)|² = <AᵀA (l - r), l + r - 2 a>, where a bias cancels. That needs less work than projecting both
 * items and the points while the features are not much wider than the latent space.
 */
export function isQuadratic(model: PalA, pairs: LoadedPairs): boolean {
  const { hiddenLayers, residual } = model.projector;
  const { columns } = pairs.items;
  return (
    hiddenLayers === 0 &&
    !residual &&
    model.distance === "squared" &&
    model.userPoint !== "Pw" &&
    pairs.contexts === undefined &&
    columns > 0 &&
    columns <= 2 * model.latentDimension
  );
}

/** Model A with a linear f, as a quadratic form on features (see {@link isQuadratic}). */
export class QuadraticPalANetwork implements Network {
  readonly #runtime: Runtime;
  readonly #pairs: LoadedPairs;
  readonly #map: ParameterPlace;
  readonly #prototypes: ParameterPlace;
  /** M = AᵀA, [D, D]. */
  readonly #form: Address;
  readonly #dForm: Address;
  /** a = P w, [capacity, D]. */
  readonly #points: Address;
  readonly #dPoints: Address;
  /** l - r, l + r - 2 a and M (l - r), each [capacity, D]. */
  readonly #difference: Address;
  readonly #sum: Address;
  readonly #q: Address;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { model: PalA; pairs: LoadedPairs; capacity: number },
  ) {
    const { model, pairs, capacity } = use;
    const { columns } = pairs.items;
    this.#runtime = runtime;
    this.#pairs = pairs;
    const map = `${layerName(NAMES.items, 0)}.weight`;
    this.#map = parameters.place(map);
    this.#prototypes = parameters.place(NAMES.prototypes);
    parameters.claimGradient(map);
    parameters.claimGradient(NAMES.prototypes);
    this.#form = runtime.allocate(columns * columns);
    this.#dForm = runtime.allocate(columns * columns);
    const rows = (): Address => runtime.allocate(capacity * columns);
    this.#points = rows();
    this.#dPoints = rows();
    this.#difference = rows();
    this.#sum = rows();
    this.#q = rows();
    runtime.reserveProducts(capacity, columns, model.latentDimension, model.k);
  }

  forward(batch: Batch, users: UserRows): void {
    const { kernels } = this.#runtime;
    const { features, columns: D } = this.#pairs.items;
    const [d] = this.#map.spec.shape;
    const [k] = this.#prototypes.spec.shape;
    const { count } = batch;
    this.#runtime.productTN({ m: D, n: D, k: d }, this.#map.value, this.#map.value, this.#form);
    this.#runtime.productNN({ m: users.count, n: D, k }, users.weights, this.#prototypes.value, this.#points);
    kernels.differencesAndSums(
      count,
      D,
      features,
      batch.left,
      batch.right,
      this.#points,
      users.local,
      this.#difference,
      this.#sum,
    );
    this.#runtime.productNN({ m: count, n: D, k: D }, this.#difference, this.#form, this.#q);
    kernels.rowDots(count, D, this.#q, this.#sum, batch.score);
  }

  backward(batch: Batch, users: UserRows): void {
    const { kernels } = this.#runtime;
    const { columns: D } = this.#pairs.items;
    const [d] = this.#map.spec.shape;
    const [k] = this.#prototypes.spec.shape;
    const { count, dScore } = batch;
    kernels.zero(this.#dPoints, 4 * users.count * D);
    kernels.sumsBackward(count, D, dScore, this.#q, users.local, this.#difference, this.#dPoints);
    // dM = sum of g (l - r)(l + r - 2a)ᵀ, and dA = A (dM + dMᵀ)
    this.#runtime.productTN({ m: D, n: D, k: count }, this.#difference, this.#sum, this.#dForm);
    const size = { m: d, n: D, k: D };
    this.#runtime.productNN(size, this.#map.value, this.#dForm, this.#map.gradient);
    this.#runtime.productNT(size, this.#map.value, this.#dForm, this.#map.gradient, true);
    this.#runtime.productNT(
      { m: users.count, n: k, k: D },
      this.#dPoints,
      this.#prototypes.value,
      users.dWeights,
    );
    this.#runtime.productTN(
      { m: k, n: D, k: users.count },
      users.weights,
      this.#dPoints,
      this.#prototypes.gradient,
    );
  }
}
