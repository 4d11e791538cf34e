import { maskVolatile } from "./mask.js";

const number = /(?<![\w.])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/g;

/** A line without what may vary: its text with a mark for each number, and the numbers. */
interface Reading {
  readonly text: string;
  readonly numbers: readonly number[];
}

/**
 * Whether two lines of output say the same: equal but for moments, paths, ids and the width of tables, and numbers at the same
 * places that differ by at most `tolerance` times the larger one's size.
 */
export function sameLine(tolerance: number): (before: string, after: string) => boolean {
  const known = new Map<string, Reading>();
  const reading = (line: string): Reading => {
    const found = known.get(line) ?? readLine(line);
    known.set(line, found);
    return found;
  };
  return (before, after) => {
    if (before === after) return true;
    const [a, b] = [reading(before), reading(after)];
    return a.text === b.text && a.numbers.every((value, i) => isNear(value, b.numbers[i] ?? NaN, tolerance));
  };
}

function isNear(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** The width of a table's columns follows its numbers: runs of spaces and rules count as one. */
function readLine(line: string): Reading {
  const masked = maskVolatile(line)
    .replace(/([\s─━═-])\1+/g, "$1")
    .trim();
  return {
    text: masked.replace(number, "#"),
    numbers: [...masked.matchAll(number)].map(([text]) => Number(text)),
  };
}
