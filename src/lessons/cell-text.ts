import type { Interval } from "../core/index.js";

/** What a cell of a table may hold; an interval is written as its mean and half its width. */
export type CellValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | MeanAndEnds
  | readonly (string | number)[]
  | Float32Array
  | Float64Array;

/** The cells of one column as texts, its numbers written alike. */
export interface ColumnTexts {
  readonly texts: readonly string[];
  /** Whether it holds numbers and nothing else: they stand at the right. */
  readonly isNumeric: boolean;
}

/** Shown where there is nothing. */
const NOTHING = "–";

/** @param digits decimals of a column that is not of whole numbers; default: what the column's largest number needs for about three that count */
export function columnTexts(values: readonly CellValue[], digits?: number): ColumnTexts {
  const numbers = values.flatMap(numbersOf).filter(Number.isFinite);
  const decimals = numbers.every(Number.isInteger) ? 0 : (digits ?? decimalsFor(numbers));
  const isNumeric = values.some((value) => numbersOf(value).length > 0) && !values.some(isWords);
  const format = { decimals, isEven: values.every((value) => isEven(value, decimals)) };
  return { texts: values.map((value) => cellText(value, format)), isNumeric };
}

/** How a column is written; where all intervals lie evenly about their means, half the width says enough. */
interface Format {
  readonly decimals: number;
  readonly isEven: boolean;
}

function cellText(value: CellValue, format: Format): string {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === "number") return numberText(value, format.decimals);
  if (typeof value !== "object") return String(value);
  if (isInterval(value)) return intervalText(value, format);
  const parts = Array.from(value as ArrayLike<string | number>);
  return parts
    .map((part) => (typeof part === "number" ? numberText(part, format.decimals) : part))
    .join(", ");
}

function numberText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const text = decimals > MOST_DECIMALS ? value.toExponential(2) : value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

type MeanAndEnds = Pick<Interval, "mean" | "low" | "high">;

/** Nothing beside the mean where both ends are written like it. */
function intervalText({ mean, low, high }: MeanAndEnds, { decimals, isEven: even }: Format): string {
  const [at, from, to, half] = [mean, low, high, high - mean].map((x) => numberText(x, decimals));
  if (from === at && to === at) return at;
  return even ? `${at} ±${half}` : `${at} (${from} to ${to})`;
}

/** Whether a value is no interval, or one whose mean lies in its middle, as that of a t interval does. */
function isEven(value: CellValue, decimals: number): boolean {
  if (typeof value !== "object" || value === null || !isInterval(value)) return true;
  const { mean, low, high } = value;
  return numberText(mean - low, decimals) === numberText(high - mean, decimals);
}

/** Beyond these a number is written with its power of ten. */
const MOST_DECIMALS = 8;

/** Three, fewer above 10 and more below 0.01. */
function decimalsFor(numbers: readonly number[]): number {
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const power = Math.floor(Math.log10(largest));
  return power < -2 ? 2 - power : Math.max(0, 3 - Math.max(0, power));
}

function numbersOf(value: CellValue): readonly number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (isInterval(value)) return [value.mean, value.low, value.high];
  return Array.from(value as ArrayLike<string | number>).filter((part) => typeof part === "number");
}

function isWords(value: CellValue): boolean {
  return typeof value === "string" || typeof value === "boolean";
}

function isInterval(value: object): value is MeanAndEnds {
  return "mean" in value && "low" in value && "high" in value;
}
