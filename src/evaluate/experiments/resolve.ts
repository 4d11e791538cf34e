import { checkKeys, InputError, type Json } from "../../core/index.js";
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
