import {
  checkInteger,
  checkKeys,
  checkOneOf,
  InputError,
  list,
  show,
  type Json,
} from "../../../core/index.js";
import type { RunConfig } from "./experiment.js";

type Defaults = { readonly [key: string]: Json | undefined };

/** `config` over `defaults`. @throws InputError for a key that is unknown, or one without default that is missing */
export function resolveConfig(experiment: string, defaults: Defaults, config: RunConfig): RunConfig {
  checkKeys(experiment, config, Object.keys(defaults));
  const merged: Record<string, Json> = {};
  for (const [key, fallback] of Object.entries(defaults)) {
    const value = config[key] ?? fallback;
    if (value === undefined) throw new InputError(`${experiment}: ${key} must be given`);
    merged[key] = value;
  }
  return merged;
}

/** @throws InputError unless every one of `keys` is an integer >= `min` (a number, not a text that reads like one) */
export function checkCounts(
  experiment: string,
  config: RunConfig,
  keys: readonly string[],
  min: number,
): void {
  for (const key of keys) checkInteger(`${experiment}: ${key}`, config[key] as number, { min });
}

/** The numbers of a list. @throws InputError unless `key` is a list, with at least one value unless it `mayBeEmpty` */
export function checkNumbers(
  experiment: string,
  config: RunConfig,
  key: string,
  options: { readonly mayBeEmpty?: boolean } = {},
): readonly number[] {
  const values = config[key];
  if (!Array.isArray(values) || (values.length === 0 && options.mayBeEmpty !== true))
    throw new InputError(`${experiment}: ${key} must be a list of numbers, got ${show(values)}`);
  return values as readonly number[];
}

/** @throws InputError unless `key` is a list of some of `known`, with at least one */
export function checkNames(
  experiment: string,
  config: RunConfig,
  key: string,
  known: readonly string[],
): void {
  const names = config[key];
  if (!Array.isArray(names) || names.length === 0)
    throw new InputError(`${experiment}: ${key} must be a list of ${known.join(", ")}, got ${show(names)}`);
  for (const name of names) checkOneOf(`${experiment}: ${key}`, name as string, known);
}

/** @throws InputError when there are new users (key `users`) and no number of comparisons to infer them from (key `samples`) */
export function checkNewUsers(
  experiment: string,
  config: RunConfig,
  keys: { readonly users: string; readonly samples: string },
): void {
  checkCounts(experiment, config, [keys.users], 0);
  const samples = config[keys.samples];
  if (!Array.isArray(samples)) {
    throw new InputError(`${experiment}: ${keys.samples} must be a list of integers, got ${show(samples)}`);
  }
  for (const count of samples) {
    checkInteger(`${experiment}: ${keys.samples}`, count as number, { min: 1 });
  }
  if (config[keys.users] !== 0 && samples.length === 0) {
    throw new InputError(
      `${experiment}: ${list([keys.users])} needs a number of comparisons in ${list([keys.samples])}, got none`,
    );
  }
}
