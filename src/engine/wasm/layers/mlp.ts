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
  readonly #hidden: readonly Layer[];
  readonly #last: Layer;
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
    const layers: Layer[] = Array.from({ length: projector.hiddenLayers + 1 }, (_, i) => {
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
    this.#hidden = layers.slice(0, -1);
    this.#last = layers[projector.hiddenLayers];
    this.outputs = this.#last.output;
  }

  /** x: [rows, input]. Returns where the outputs lie, [rows, outputs]. With `seed` (training) hidden units are dropped. */
  forward(x: Address, rows: number, seed?: number): Address {
    const { kernels } = this.#runtime;
    const hidden = this.forwardHidden(x, rows, seed);
    const { bias, before } = this.#last;
    this.applyLast(hidden, rows, before);
    if (bias !== undefined) kernels.addBias(rows, this.outputs, before, bias.value);
    if (this.#projector.residual) kernels.addBias(1, rows * this.outputs, before, x);
    return before;
  }

  /** Writes (or adds to) the gradients of the parameters; writes the gradient of the inputs to `dx` unless it is 0. */
  backward(dOut: Address, rows: number, dx: Address): void {
    const { kernels } = this.#runtime;
    const below = this.#hidden.at(-1);
    const { bias } = this.#last;
    if (bias !== undefined) kernels.addColumns(rows, this.outputs, dOut, bias.gradient);
    this.backwardLast(dOut, below?.after ?? this.#x, rows, below?.gradient ?? dx);
    this.backwardHidden(rows, dx);
    if (this.#projector.residual && dx !== 0) kernels.addBias(1, rows * this.outputs, dx, dOut);
  }

  /** What the last layer sees: the activations of the last hidden layer, or x where there is none. */
  forwardHidden(x: Address, rows: number, seed?: number): Address {
    const { kernels } = this.#runtime;
    const { activation, dropout } = this.#projector;
    this.#x = x;
    this.#seed = seed ?? 0;
    let input = x;
    for (const layer of this.#hidden) {
      const { output, before, after, bias } = layer;
      this.#multiply(layer, input, rows, before);
      const kind = ACTIVATIONS[activation];
      const drops = seed !== undefined && dropout > 0;
      if (bias !== undefined && !drops)
        kernels.activateWithBias(kind, rows, output, before, bias.value, after);
      else {
        if (bias !== undefined) kernels.addBias(rows, output, before, bias.value);
        if (drops) this.#drop(layer, rows, before);
        kernels.activate(kind, rows * output, before, after);
      }
      input = after;
    }
    return input;
  }

  /** out = the weights of the last layer times `hidden`, without bias. */
  applyLast(hidden: Address, rows: number, out: Address): void {
    this.#multiply(this.#last, hidden, rows, out);
  }

  /** Backward of {@link applyLast}: the gradient of the weights, and of `hidden` to `dHidden` unless it is 0. */
  backwardLast(dOut: Address, hidden: Address, rows: number, dHidden: Address): void {
    this.#multiplyBackward(this.#last, dOut, { input: hidden, rows, dInput: dHidden });
  }

  /** Backward of {@link forwardHidden}, from the gradient that lies at {@link hiddenGradient}. */
  backwardHidden(rows: number, dx: Address): void {
    const { kernels } = this.#runtime;
    const { activation, dropout } = this.#projector;
    for (let i = this.#hidden.length - 1; i >= 0; i--) {
      const layer = this.#hidden[i];
      const below = i === 0 ? undefined : this.#hidden[i - 1];
      const { gradient, output, before, bias } = layer;
      kernels.activateBackward(ACTIVATIONS[activation], rows * output, before, gradient);
      if (this.#seed !== 0 && dropout > 0) this.#drop(layer, rows, gradient);
      if (bias !== undefined) kernels.addColumns(rows, output, gradient, bias.gradient);
      const input = below?.after ?? this.#x;
      this.#multiplyBackward(layer, gradient, { input, rows, dInput: below?.gradient ?? dx });
    }
  }

  /** Where {@link backwardHidden} reads the gradient of the last hidden activations, [capacity, hiddenWidth]; 0 without hidden layers. */
  get hiddenGradient(): Address {
    return this.#hidden.at(-1)?.gradient ?? 0;
  }

  /** Columns that the last layer sees. */
  get hiddenWidth(): number {
    return this.#last.input;
  }

  #multiply({ weight, input, output }: Layer, x: Address, rows: number, out: Address): void {
    this.#runtime.productNT({ m: rows, n: output, k: input }, x, weight.value, out);
  }

  #multiplyBackward(
    layer: Layer,
    dOut: Address,
    { input, rows, dInput }: { input: Address; rows: number; dInput: Address },
  ): void {
    const { weight, input: columns, output, adds } = layer;
    this.#runtime.productTN({ m: output, n: columns, k: rows }, dOut, input, weight.gradient, adds);
    if (dInput !== 0) this.#runtime.productNN({ m: rows, n: columns, k: output }, dOut, weight.value, dInput);
  }

  #drop(layer: Layer, rows: number, target: Address): void {
    const seed = (this.#seed + layer.before) | 0;
    this.#runtime.kernels.dropout(rows * layer.output, target, this.#projector.dropout, seed);
  }
}
