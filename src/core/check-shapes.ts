import { InputError } from "./errors.js";
import { list, show } from "./check.js";

/**
 * For callers without types: an object that has `keys`.
 * @param what `"caller: argument"`
 * @param kind what it should be and who makes one: "a data set (as loadComparisons makes)"
 * @throws InputError for anything else, naming the missing key where it is an object
 */
export function checkObject(what: string, value: unknown, keys: readonly string[], kind: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`${what} must be ${kind}, got ${kindOf(value)}`);
  }
  const missing = keys.filter((key) => (value as { readonly [key: string]: unknown })[key] === undefined);
  if (missing.length > 0) {
    throw new InputError(`${what} must be ${kind}, got an object without ${list(missing)}`);
  }
}

/** @throws InputError unless `value` is a string; `kind` says what it means: "the name of a user" */
export function checkText(what: string, value: unknown, kind = "a text"): void {
  if (typeof value !== "string") throw new InputError(`${what} must be ${kind}, got ${kindOf(value)}`);
}

/** @throws InputError unless `value` is an array or a typed array; `kind` says of what: "an array of rows" */
export function checkArray(what: string, value: unknown, kind = "an array"): void {
  if (!isArray(value)) throw new InputError(`${what} must be ${kind}, got ${kindOf(value)}`);
}

/** @throws InputError unless `value` is an array of numbers, shape [n]; which may be NaN */
export function checkNumbers(what: string, value: unknown): void {
  checkArray(what, value, "an array of numbers");
  if (!Array.isArray(value)) return;
  const bad = value.findIndex((each) => typeof each !== "number");
  if (bad >= 0) {
    throw new InputError(`${what} must be an array of numbers, got ${kindOf(value[bad])} at index ${bad}`);
  }
}

/** @throws InputError unless `value` is an array of objects, such as the rows of a record */
export function checkRows(what: string, value: unknown): void {
  checkArray(what, value, "an array of rows");
  const rows = value as readonly unknown[];
  const bad = rows.findIndex((row) => typeof row !== "object" || row === null);
  if (bad >= 0)
    throw new InputError(`${what} must be an array of rows, got ${kindOf(rows[bad])} at index ${bad}`);
}

/** @throws InputError unless `value` holds bytes; `kind` says of what: "the bytes of a model" */
export function checkBytes(what: string, value: unknown, kind: string): void {
  if (!(value instanceof Uint8Array))
    throw new InputError(`${what} must be ${kind} (a Uint8Array), got ${kindOf(value)}`);
}

/** @throws InputError unless `value` is a function; `kind` says what it does */
export function checkFunction(what: string, value: unknown, kind: string): void {
  if (typeof value !== "function") throw new InputError(`${what} must be ${kind}, got ${kindOf(value)}`);
}

function isArray(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A value as a caller knows it; of objects and arrays their contents would be noise. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : show(value);
}
