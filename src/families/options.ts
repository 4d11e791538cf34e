import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkOneOf,
  InputError,
  show,
  type Json,
  type Range,
} from "../core/index.js";

/** Whether a program must give an option, or its usual value is taken. A word, not `undefined`: notebooks are checked without strict nulls. */
export type Given = "always" | "if unusual";

/** One option of a family: what a value must be, the one that is taken where none is given, and what it means. */
export interface Option<V extends Json = Json, G extends Given = Given> {
  /** The value, where it is a possible one. @throws InputError calling the option `what` */
  check(what: string, value: unknown): V;
  readonly given: G;
  /** Taken where nothing is given. */
  readonly usual?: V;
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

/** A family's options by name: type, default, range and help of each. */
export type OptionTable = { readonly [name: string]: Option };

/** All options with their values. */
export type Resolved<T extends OptionTable> = {
  readonly [N in keyof T]: T[N] extends Option<infer V> ? V : never;
};

type Always<T extends OptionTable> = {
  [N in keyof T]: T[N] extends Option<Json, "always"> ? N : never;
}[keyof T];

/** What a program gives: options that must be given, and any of the others. */
export type OptionsOf<T extends OptionTable> = { readonly [N in Always<T>]: Resolved<T>[N] } & {
  readonly [N in keyof T]?: Resolved<T>[N];
};

interface Says {
  readonly noun?: string;
  readonly start?: number;
  readonly flag?: string;
}

/** An integer >= 1 that must be given. */
export function count(help: string, says: Says = {}): Option<number, "always"> {
  return { ...integer(help, says), given: "always" };
}

/** An integer >= 1. */
export function countOr(usual: number, help: string, says: Says = {}): Option<number, "if unusual"> {
  return { ...integer(help, says), given: "if unusual", usual };
}

/** An integer from 1 to `most`. */
export function countTo(most: number, usual: number, help: string): Option<number, "if unusual"> {
  const range = `an integer from 1 to ${most}`;
  const check = (what: string, value: unknown): number => {
    if (!(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most))
      throw new InputError(`${what} must be ${range}, got ${show(value)}`);
    return Number(value);
  };
  return { check, usual, help, range, isNumber: true, given: "if unusual" };
}

/** The options of families with K prototypes in a space of d dimensions. */
export const SIZE_OPTIONS = {
  k: count("prototypes K", { noun: "prototypes", start: 2 }),
  latentDimension: count("dimension d of the latent space", { start: 16, flag: "dimension" }),
};

/** A finite number within a range. */
export function real(help: string, usual: number, range: Range = {}): Option<number, "if unusual"> {
  const { above, min } = range;
  const words =
    above !== undefined ? `a number > ${above}` : min !== undefined ? `a number >= ${min}` : "a number";
  const check = (what: string, value: unknown): number => checkNumber(what, value as number, range);
  return { check, usual, help, range: words, isNumber: true, given: "if unusual" };
}

/** One of some words. */
export function oneOf<const V extends readonly string[]>(
  values: V,
  usual: V[number],
  help: string,
): Option<V[number], "if unusual"> {
  const range = values.map((value) => JSON.stringify(value)).join(", ");
  const check = (what: string, value: unknown): V[number] => checkOneOf(what, value as string, values);
  return { check, usual, help, range, isNumber: false, given: "if unusual" };
}

function integer(help: string, says: Says): Omit<Option<number>, "given" | "usual"> {
  const check = (what: string, value: unknown): number => checkInteger(what, value as number, { min: 1 });
  return { ...says, check, help, range: "an integer >= 1", isNumber: true };
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
