import { checkInteger, checkKeys, checkNumber, checkOneOf, type Json, type Range } from "../core/index.js";

/** One option of a family: what a value must be, the one that is taken where none is given, and what it means. */
export interface Option<V extends Json = Json, Usual extends V | undefined = V | undefined> {
  /** @throws InputError calling the option `what` */
  check(what: string, value: unknown): V;
  /** Taken where nothing is given; without one the option must be given. */
  readonly usual: Usual;
  readonly help: string;
  /** The values there are, in words. */
  readonly range: string;
  /** Whether it is a number, so that a command line knows how to read it. */
  readonly isNumber: boolean;
  /** What the option is called in messages beside its name. */
  readonly noun?: string;
  /** What a command line takes where nothing is given, for an option that programs must give. */
  readonly start?: V;
  /** Its flag on the command line, default its name with hyphens. */
  readonly flag?: string;
}

export type OptionTable = { readonly [name: string]: Option };

/** All options with their values. */
export type Resolved<T extends OptionTable> = {
  readonly [N in keyof T]: T[N] extends Option<infer V> ? V : never;
};

type Needed<T extends OptionTable> = {
  [N in keyof T]: T[N] extends Option<Json, infer U> ? (undefined extends U ? N : never) : never;
}[keyof T];

/** What a caller gives: options without a usual value, and any of the others. */
export type Given<T extends OptionTable> = { readonly [N in Needed<T> & keyof T]: Resolved<T>[N] } & {
  readonly [N in keyof T]?: Resolved<T>[N];
};

interface CountSays<U extends number | undefined> {
  readonly noun?: string;
  readonly usual?: U;
  readonly start?: number;
  readonly flag?: string;
}

/** An integer >= 1. */
export function count<U extends number | undefined = undefined>(
  help: string,
  says: CountSays<U> = {},
): Option<number, U> {
  return numeric({ help, ...says, usual: says.usual as U }, "an integer >= 1", (what, value) =>
    checkInteger(what, value, { min: 1 }),
  );
}

/** The options of families with K prototypes in a space of d dimensions. */
export const SIZE_OPTIONS = {
  k: count("prototypes K", { noun: "prototypes", start: 2 }),
  latentDimension: count("dimension d of the latent space", { start: 16, flag: "dimension" }),
};

/** A finite number within a range. */
export function real(help: string, usual: number, range: Range = {}): Option<number, number> {
  const words = range.above === undefined ? "a number" : `a number > ${range.above}`;
  return numeric({ help, usual }, words, (what, value) => checkNumber(what, value, range));
}

/** One of some words. */
export function oneOf<const V extends readonly string[]>(
  values: V,
  usual: V[number],
  help: string,
): Option<V[number], V[number]> {
  const range = values.map((value) => JSON.stringify(value)).join(", ");
  const check = (what: string, value: unknown): V[number] => checkOneOf(what, value as string, values);
  return { check, usual, help, range, isNumber: false };
}

function numeric<U extends number | undefined>(
  says: CountSays<U> & { readonly help: string; readonly usual: U },
  range: string,
  check: (what: string, value: number) => number,
): Option<number, U> {
  return { ...says, range, isNumber: true, check: (what, value) => check(what, value as number) };
}

/** Who is told of a bad option, and in which words. */
export interface Caller {
  readonly name: string;
  /** The option in the caller's words, default `name: option`. */
  readonly option?: (name: string) => string;
}

/** The value of every option. @throws InputError for an unknown option, or one out of range, in the caller's words */
export function resolve<T extends OptionTable>(table: T, given: object, caller: Caller): Resolved<T> {
  checkKeys(caller.name, given, Object.keys(table));
  const values = given as { readonly [name: string]: unknown };
  const entries = Object.entries(table).map(([name, option]) => {
    const noun = option.noun === undefined ? "" : ` (${option.noun})`;
    const what = caller.option?.(name) ?? `${caller.name}: ${name}${noun}`;
    return [name, option.check(what, values[name] === undefined ? option.usual : values[name])] as const;
  });
  return Object.fromEntries(entries) as Resolved<T>;
}
