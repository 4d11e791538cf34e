const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Adam's moments of a vector of parameters. @source Kingma and Ba 2015 */
export class Adam {
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  /** The powers of its two rates after as many steps as were made. */
  readonly #powers = [1, 1];

  /** @param count numbers of the vector */
  constructor(count: number) {
    this.#first = new Float64Array(count);
    this.#second = new Float64Array(count);
  }

  /** Moves `values` one step of size `rate` down `gradient`. */
  step(values: Float64Array, gradient: Float64Array, rate: number): void {
    const [first, second] = [this.#first, this.#second];
    this.#powers[0] *= BETA1;
    this.#powers[1] *= BETA2;
    const [c1, c2] = this.#powers.map((power) => 1 - power);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i];
      first[i] += (1 - BETA1) * (g - first[i]);
      second[i] += (1 - BETA2) * (g * g - second[i]);
      values[i] -= (rate * first[i]) / c1 / (Math.sqrt(second[i] / c2) + EPSILON);
    }
  }
}
