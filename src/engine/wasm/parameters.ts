import { InputError, list, type RandomStream } from "../../core/index.js";
import type { Parameters, ParameterSpec } from "../../model/index.js";
import type { Address, Runtime } from "./runtime.js";

/** Where a parameter lies: its values and, at the same distance, its gradient. */
export interface ParameterPlace {
  readonly spec: ParameterSpec;
  readonly count: number;
  readonly value: Address;
  readonly gradient: Address;
}

/** All parameters of one model in wasm memory: one block of values, one of gradients, laid out alike. */
export class ParameterBlock {
  readonly #runtime: Runtime;
  readonly #places: ReadonlyMap<string, ParameterPlace>;
  /** Parameters whose gradient one layer writes whole. */
  readonly #written = new Set<string>();

  constructor(runtime: Runtime, specs: readonly ParameterSpec[]) {
    const sizes = specs.map((spec) => spec.shape.reduce((product, side) => product * side, 1));
    const padded = sizes.map((size) => Math.ceil(size / 4) * 4);
    const total = padded.reduce((sum, size) => sum + size, 0);
    const values = runtime.allocate(total);
    this.#runtime = runtime;
    const gradients = runtime.allocate(total);
    let offset = 0;
    this.#places = new Map(
      specs.map((spec, i) => {
        const place = { spec, count: sizes[i], value: values + offset, gradient: gradients + offset };
        offset += 4 * padded[i];
        return [spec.name, place] as const;
      }),
    );
  }

  get places(): ParameterPlace[] {
    return [...this.#places.values()];
  }

  /** @throws Error for a name that this model does not have (a bug of an engine) */
  place(name: string): ParameterPlace {
    const place = this.#places.get(name);
    if (place === undefined)
      throw new Error(`internal: no parameter ${name}; there are ${[...this.#places.keys()].join(", ")}`);
    return place;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** Starts every parameter as its specification says, each from a stream of its own name, or from `initial`. */
  initialise(rng: RandomStream, initial?: Parameters): void {
    for (const { spec, count, value } of this.#places.values()) {
      const given = initial?.get(spec.name);
      if (given !== undefined) checkLength(spec, given, count);
      this.#runtime.floats(value, count).set(given ?? start(spec, count, rng.split(spec.name)));
    }
  }

  /** Sets every parameter. @throws InputError naming one that is missing or has another shape */
  load(parameters: Parameters): void {
    for (const { spec, count, value } of this.#places.values()) {
      const given = parameters.get(spec.name);
      if (given === undefined) {
        throw new InputError(`parameter ${spec.name} is missing; given are ${list([...parameters.keys()])}`);
      }
      checkLength(spec, given, count);
      this.#runtime.floats(value, count).set(given);
    }
  }

  values(): Map<string, Float32Array> {
    return this.#copy((place) => place.value);
  }

  gradients(): Map<string, Float32Array> {
    return this.#copy((place) => place.gradient);
  }

  /** True for the first who asks: in every step it writes this gradient whole, before others add to it. */
  claimGradient(name: string): boolean {
    const isFirst = !this.#written.has(name);
    this.#written.add(name);
    return isFirst;
  }

  /** Zeroes the gradients that are only added to. */
  clearGradients(): void {
    for (const { spec, count, gradient } of this.#places.values())
      if (!this.#written.has(spec.name)) this.#runtime.kernels.zero(gradient, 4 * count);
  }

  #copy(from: (place: ParameterPlace) => Address): Map<string, Float32Array> {
    const copies = this.places.map((place) => {
      return [place.spec.name, this.#runtime.floats(from(place), place.count).slice()] as const;
    });
    return new Map(copies);
  }
}

function checkLength(spec: ParameterSpec, given: Float32Array, count: number): void {
  if (given.length !== count) {
    throw new InputError(
      `parameter ${spec.name} must have shape [${spec.shape.join(", ")}] = ${count} numbers, got ${given.length}`,
    );
  }
}

function start(spec: ParameterSpec, count: number, rng: RandomStream): Float32Array {
  const { init } = spec;
  if (init.kind === "normal") return rng.normals(count, init.deviation);
  if (init.kind === "constant") return new Float32Array(count).fill(init.value);
  return Float32Array.from({ length: count }, () => (2 * rng.uniform() - 1) * init.bound);
}
