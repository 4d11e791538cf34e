import type { Interval } from "../core/index.js";

/** What a cell of a table may hold; an interval is written as its mean and half its width. */
export type CellValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Pick<Interval, "mean" | "low" | "high">
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
  return { texts: values.map((value) => cellText(value, decimals)), isNumeric };
}

function cellText(value: CellValue, decimals: number): string {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === "number") return numberText(value, decimals);
  if (typeof value !== "object") return String(value);
  if (isInterval(value)) return intervalText(value, decimals);
  const parts = Array.from(value as ArrayLike<string | number>);
  return parts.map((part) => (typeof part === "number" ? numberText(part, decimals) : part)).join(", ");
}

function numberText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const text = decimals > MOST_DECIMALS ? value.toExponential(2) : value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** Half the width where the interval lies evenly about its mean, as t intervals do, else both ends. */
function intervalText(
  { mean, low, high }: Pick<Interval, "mean" | "low" | "high">,
  decimals: number,
): string {
  const [at, below, above] = [mean, mean - low, high - mean].map((x) => numberText(x, decimals));
  if (low === high) return at;
  return below === above
    ? `${at} ±${above}`
    : `${at} (${numberText(low, decimals)} to ${numberText(high, decimals)})`;
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

function isInterval(value: object): value is Pick<Interval, "mean" | "low" | "high"> {
  return "mean" in value && "low" in value && "high" in value;
}
