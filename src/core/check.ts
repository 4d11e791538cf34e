import { closest, distance } from "fastest-levenshtein";
import { InputError } from "./errors.js";

/** Inclusive bounds of a number; `above` and `below` are exclusive. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** @throws InputError unless `value` is an integer within `range`. `what` is `"caller: argument"`. */
export function checkInteger(what: string, value: number, range: Range = {}): number {
  if (!Number.isInteger(value)) fail(what, `an integer${describe(range)}`, value);
  return checkRange(what, "an integer", value, range);
}

/** @throws InputError unless `value` is a finite number within `range`. */
export function checkNumber(what: string, value: number, range: Range = {}): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    fail(what, `a finite number${describe(range)}`, value);
  return checkRange(what, "a number", value, range);
}

/** @throws InputError unless `value` is one of `known`. */
export function checkOneOf<T extends string>(what: string, value: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new InputError(`${what} must be one of ${list(known)}, got ${show(value)}`);
  return found;
}

/** @throws InputError when `options` has a key that is not in `known` (names the nearest): a misspelt option must not pass silently. */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const keys = known.slice(0, 3).join(", ");
    throw new InputError(
      `${what}: options must be an object such as { ${keys}${known.length > 3 ? ", …" : ""} }, got ${show(options)}`,
    );
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestOf(key, known);
    const hint = nearest === undefined ? "" : `; did you mean ${show(nearest)}?`;
    throw new InputError(`${what}: unknown option ${show(key)}; known: ${list(known)}${hint}`);
  }
}

/** The word of `known` that `word` may have been meant to be, where one is near. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(1, Math.floor(word.length / 2)) ? nearest : undefined;
}

/** @throws InputError naming the first value of `values` (shape `[rows, columns]`) that is NaN or infinite. */
export function checkFinite(what: string, values: ArrayLike<number>, columns = 1): void {
  if (areFinite(values)) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const place = columns > 1 ? `row ${Math.floor(i / columns)}, column ${i % columns}` : `index ${i}`;
    throw new InputError(`${what} must be finite, got ${values[i]} at ${place}`);
  }
}

/** Nought times a number that is not finite is not a number; four sums at once, as one waits for itself. */
function areFinite(values: ArrayLike<number>): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
    c += values[i + 2] * 0;
    d += values[i + 3] * 0;
  }
  for (let i = whole; i < values.length; i++) a += values[i] * 0;
  return a + b + c + d === 0;
}

/** A value as a short piece of an error message. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The first ten of `values`, comma separated, and how many more there are. */
export function list(values: readonly string[]): string {
  const head = values.slice(0, 10).map(show).join(", ");
  return values.length > 10 ? `${head} and ${values.length - 10} more` : head;
}

function checkRange(what: string, kind: string, value: number, range: Range): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = range;
  const aboveOk = above === -Infinity || value > above;
  const belowOk = below === Infinity || value < below;
  if (value < min || value > max || !aboveOk || !belowOk) fail(what, `${kind}${describe(range)}`, value);
  return value;
}

function describe({ min, max, above, below }: Range): string {
  const parts = [
    min === undefined ? "" : `>= ${min}`,
    above === undefined ? "" : `> ${above}`,
    max === undefined ? "" : `<= ${max}`,
    below === undefined ? "" : `< ${below}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

function fail(what: string, rule: string, value: unknown): never {
  throw new InputError(`${what} must be ${rule}, got ${show(value)}`);
}
