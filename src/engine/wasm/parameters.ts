import type { Parameters, ParameterSpec } from "../../families/index.js";
import { sizeOf, valueOf } from "../start-values.js";
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
  readonly places: readonly ParameterPlace[];
  readonly #runtime: Runtime;

  constructor(runtime: Runtime, specs: readonly ParameterSpec[]) {
    const sizes = specs.map(sizeOf);
    const padded = sizes.map((size) => Math.ceil(size / 4) * 4);
    const total = padded.reduce((sum, size) => sum + size, 0);
    const values = runtime.allocate(total);
    const gradients = runtime.allocate(total);
    this.#runtime = runtime;
    let offset = 0;
    this.places = specs.map((spec, i) => {
      const place = { spec, count: sizes[i], value: values + offset, gradient: gradients + offset };
      offset += 4 * padded[i];
      return place;
    });
  }

  /** Sets every parameter. @throws InputError naming one that is missing or has another shape */
  load(parameters: Parameters): void {
    for (const { spec, count, value } of this.places)
      this.#runtime.floats(value, count).set(valueOf(spec, parameters));
  }

  values(): Map<string, Float32Array> {
    return this.#copy((place) => place.value);
  }

  gradients(): Map<string, Float32Array> {
    return this.#copy((place) => place.gradient);
  }

  #copy(from: (place: ParameterPlace) => Address): Map<string, Float32Array> {
    return new Map(
      this.places.map((place) => [place.spec.name, this.#runtime.floats(from(place), place.count).slice()]),
    );
  }
}
