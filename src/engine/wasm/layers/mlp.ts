import { layerName, type Projector } from "../../../model/index.js";
import type { ParameterBlock, ParameterPlace } from "../parameters.js";
import type { Address, Runtime } from "../runtime.js";

const ACTIVATIONS = { linear: 0, relu: 1, gelu: 2 } as const;

interface Layer {
  readonly input: number;
  readonly output: number;
  readonly weight: ParameterPlace;
  readonly bias?: ParameterPlace;
  /** Whether the gradient of `weight` is added to what another use of the projector wrote. */
  readonly adds: boolean;
  /** Output of the linear layer, [capacity, output]; for hidden layers what the activation sees. */
  readonly before: Address;
  /** Output of the activation (hidden layers). */
  readonly after: Address;
  /** Gradient of `before`. */
  readonly gradient: Address;
}

/**
 * One use of a projector on up to `capacity` rows, forward and backward. Uses of the same projector share parameters (by prefix) and
 * have buffers of their own.
 */
export class Mlp {
  readonly outputs: number;
  readonly #runtime: Runtime;
  readonly #projector: Projector;
  readonly #layers: readonly Layer[];
  #x: Address = 0;
  #seed = 0;

  constructor(
    runtime: Runtime,
    parameters: ParameterBlock,
    use: { prefix: string; projector: Projector; capacity: number },
  ) {
    const { prefix, projector, capacity } = use;
    this.#runtime = runtime;
    this.#projector = projector;
    this.#layers = Array.from({ length: projector.hiddenLayers + 1 }, (_, i) => {
      const weight = parameters.place(`${layerName(prefix, i)}.weight`);
      const adds = !parameters.claimGradient(weight.spec.name);
      const [output, input] = weight.spec.shape;
      const bias = projector.bias ? parameters.place(`${layerName(prefix, i)}.bias`) : undefined;
      const hidden = i < projector.hiddenLayers;
      runtime.reserveProducts(input, output, capacity);
      const before = runtime.allocate(capacity * output);
      const after = hidden ? runtime.allocate(capacity * output) : before;
      const gradient = hidden ? runtime.allocate(capacity * output) : 0;
      return { input, output, weight, bias, adds, before, after, gradient };
    });
    this.outputs = this.#layers[projector.hiddenLayers].output;
  }

  /** x: [rows, input]. Returns where the outputs lie, [rows, outputs]. With `seed` (training) hidden units are dropped. */
  forward(x: Address, rows: number, seed?: number): Address {
    const { kernels } = this.#runtime;
    const { activation, dropout, residual } = this.#projector;
    this.#x = x;
    this.#seed = seed ?? 0;
    let input = x;
    for (const layer of this.#layers) {
      this.#runtime.productNT(
        { m: rows, n: layer.output, k: layer.input },
        input,
        layer.weight.value,
        layer.before,
      );
      if (layer.bias !== undefined) kernels.addBias(rows, layer.output, layer.before, layer.bias.value);
      if (layer.after !== layer.before) {
        if (seed !== undefined && dropout > 0) this.#drop(layer, rows, layer.before);
        kernels.activate(ACTIVATIONS[activation], rows * layer.output, layer.before, layer.after);
      }
      input = layer.after;
    }
    if (residual) kernels.addBias(1, rows * this.outputs, input, x);
    return input;
  }

  /** Writes (or adds to) the gradients of the parameters; writes the gradient of the inputs to `dx` unless it is 0. */
  backward(dOut: Address, rows: number, dx: Address): void {
    const { kernels } = this.#runtime;
    const { activation, dropout, residual } = this.#projector;
    let gradient = dOut;
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const { input: columns, output, weight, bias, adds } = this.#layers[i];
      const below = i === 0 ? undefined : this.#layers[i - 1];
      const input = below === undefined ? this.#x : below.after;
      this.#runtime.productTN({ m: output, n: columns, k: rows }, gradient, input, weight.gradient, adds);
      if (bias !== undefined) kernels.addColumns(rows, output, gradient, bias.gradient);
      const target = below === undefined ? dx : below.gradient;
      if (target === 0) continue;
      this.#runtime.productNN({ m: rows, n: columns, k: output }, gradient, weight.value, target);
      if (below === undefined) continue;
      kernels.activateBackward(ACTIVATIONS[activation], rows * below.output, below.before, target);
      if (this.#seed !== 0 && dropout > 0) this.#drop(below, rows, target);
      gradient = target;
    }
    if (residual && dx !== 0) kernels.addBias(1, rows * this.outputs, dx, dOut);
  }

  #drop(layer: Layer, rows: number, target: Address): void {
    const seed = (this.#seed + layer.before) | 0;
    this.#runtime.kernels.dropout(rows * layer.output, target, this.#projector.dropout, seed);
  }
}
