import { checkInteger, checkKeys, checkObject, type RandomStream } from "../../core/index.js";
import type { Moves } from "./grid.js";

/** A square of cells with a digit in each. */
export interface DigitGrid extends Moves {
  /** The digit of each cell, shape [S]. */
  readonly digit: Int32Array;
  /** One-hot digits, row-major [S, digits]. */
  readonly features: Float64Array;
}

/** Up, down, left and right. */
const STEPS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/**
 * A grid of digits drawn at random, 0 to digits - 1; a move into the wall stays. What is seen of a cell is its digit, where the paper has a picture of it.
 * @throws InputError
 * @source Kalra and Brown 2024, the MNIST gridworld (5 by 5)
 */
export function digitGrid(options: {
  readonly rng: RandomStream;
  readonly size?: number;
  readonly digits?: number;
}): DigitGrid {
  checkObject("digitGrid: options", options, ["rng"], "an object { rng, size, digits }");
  checkKeys("digitGrid", options, ["rng", "size", "digits"]);
  const { rng, size = 5, digits = 10 } = options;
  checkInteger("digitGrid: size", size, { min: 2 });
  checkInteger("digitGrid: digits", digits, { min: 2, max: 10 });
  const states = size * size;
  const digit = Int32Array.from({ length: states }, () => rng.integer(digits));
  const features = new Float64Array(states * digits);
  digit.forEach((value, cell) => (features[cell * digits + value] = 1));
  const within = (place: number): number => Math.max(0, Math.min(size - 1, place));
  const next = Int32Array.from({ length: states * STEPS.length }, (_, i) => {
    const cell = Math.floor(i / STEPS.length);
    const [down, across] = STEPS[i % STEPS.length];
    return within(Math.floor(cell / size) + down) * size + within((cell % size) + across);
  });
  return { states, actions: STEPS.length, next, digit, features };
}
