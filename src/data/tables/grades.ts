import { show } from "../../core/index.js";
import type { Answer, Answers } from "./answers.js";
import type { Values } from "./distinct-values.js";
import { rowError, type Table } from "./table.js";

/** The ends of a scale: at the first the left item is preferred most strongly (of votes: disagreement), at the second the right. */
export type Scale = readonly [number, number];

/** Whole numbers from 1 that usual scales end at; they have a middle. */
const USUAL_ENDS = [5, 7, 9];

/** The scale that answers are on where their values tell: with negative numbers around 0, else 1 to 5, 7 or 9. */
export function usualScale(values: readonly string[]): Scale | undefined {
  const numbers = values.map(Number);
  if (numbers.length < 3 || numbers.some((value) => !Number.isFinite(value))) return undefined;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const end = Math.max(-low, high);
  if (low < 0) return [-end, end];
  return numbers.every(Number.isInteger) && low === 1 && USUAL_ENDS.includes(high) ? [1, high] : undefined;
}

/** Answers that are grades: the side of the middle decides, the distance from it is the strength. @throws DataError for one off the scale */
export function graded(table: Table, values: Values, column: number, [left, right]: Scale): Answers {
  const middle = (left + right) / 2;
  const numbers = values.all.map(Number);
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  const bad = numbers.findIndex((value) => !(value >= low && value <= high));
  if (bad >= 0) {
    const problem = `a grade must be a number from ${low} to ${high}, got ${show(values.all[bad])}`;
    throw rowError(table, values.of.indexOf(bad), problem, column);
  }
  // 1 where the right item is preferred most strongly, -1 where the left is
  const grades = numbers.map((value) => (value - middle) / (right - middle));
  return {
    of: Array.from(values.of, (value) => (value < 0 ? undefined : (Math.sign(grades[value]) as Answer))),
    strength: Float32Array.from(values.of, (value) => (value < 0 ? 0 : Math.abs(grades[value]))),
    coding: { name: `grades: ${left} left … ${middle} tie … ${right} right`, scale: [left, right] },
  };
}
