import { counterNormals, type RandomStream } from "../core/index.js";

/** Noise of the states `sets`, [sets, columns], written to `out`; called anew at each step. */
export type Noise = (sets: ArrayLike<number>, out: Float32Array) => void;

/** Standard normal numbers that depend on the seed, the step and the state's number alone. */
export function stepNoise(rng: RandomStream, columns: number): { readonly at: (step: number) => Noise } {
  const key = rng.integer(4294967296);
  return {
    at: (step) => (sets, out) => {
      for (let i = 0; i < sets.length; i++)
        counterNormals(
          { key, block: step, first: sets[i] * columns },
          out.subarray(i * columns, (i + 1) * columns),
        );
    },
  };
}

/** The given numbers, [states, columns]. */
export function givenNoise(values: Float32Array, columns: number): Noise {
  return (sets, out) => {
    for (let i = 0; i < sets.length; i++)
      out.set(values.subarray(sets[i] * columns, (sets[i] + 1) * columns), i * columns);
  };
}
