/** Which of the two toys. */
export type Toy = "1-D" | "2-D";

/** y of the places of the second toy that are drawn. */
export const SLICE_Y = 0.6;
/** Places that are drawn: steps from 0 to 1. */
const STEPS = 41;
/** Places of each side of the square over which learned is compared with true. */
const SIDE = 11;

/** Places along a line: a from 0 to 1, or x from 0 to 1 at y = 0.6, where the expected utility is the same everywhere. */
export function sliceOf(toy: Toy): number[][] {
  return Array.from({ length: STEPS }, (_, i) => {
    const at = i / (STEPS - 1);
    return toy === "1-D" ? [at] : [at, SLICE_Y];
  });
}

/** Places everywhere: the line again, or an even grid of the square. */
export function squareOf(toy: Toy): number[][] {
  if (toy === "1-D") return sliceOf(toy);
  return Array.from({ length: SIDE * SIDE }, (_, i) => [
    ((i % SIDE) + 0.5) / SIDE,
    (Math.floor(i / SIDE) + 0.5) / SIDE,
  ]);
}

/** The standard deviation of the utility of an alternative. */
export function trueDeviation(toy: Toy, [a, b]: readonly number[]): number {
  // in one dimension 2 a or 0; in two y / (1 - x y) with probability 1 - x y, else 0
  if (toy === "1-D") return a < 0.8 ? 0 : a;
  return b * Math.sqrt((a * b) / (1 - a * b));
}
