import type { Engine } from "../../src/engine/index.js";

/** An array as the files hold it, row-major. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One file: a model of the authors' code, what it was given, and what it computed. */
export interface FamilyCase {
  readonly model: string;
  readonly config: { readonly [name: string]: unknown };
  readonly inputs: { readonly [name: string]: Stored | readonly Stored[] };
  readonly buffers?: { readonly [name: string]: Stored | readonly Stored[] };
  readonly parameters: { readonly [name: string]: Stored };
  readonly outputs: { readonly [name: string]: Stored | number };
  readonly loss_terms: { readonly [name: string]: Stored | number };
  readonly gradients: { readonly [name: string]: Stored };
}

/** What we get and what they got, by what it is. */
export type Compared = ReadonlyMap<
  string,
  { readonly got: ArrayLike<number>; readonly want: ArrayLike<number> }
>;

/** Computes a case with our code. */
export type Compare = (given: FamilyCase, engine: Engine) => Compared;

/** A value that a file may hold bare, or as an array of no dimensions. */
export function numberOf(value: Stored | number | undefined): number {
  const found = typeof value === "number" ? value : value?.data[0];
  if (found === undefined) throw new Error("the oracle's case lacks a number");
  return found;
}

/** @throws Error for an array that a case lacks */
export function arrayOf(value: Stored | number | readonly Stored[] | undefined): Stored {
  if (typeof value === "object" && "data" in value) return value;
  throw new Error("the oracle's case lacks an array");
}
