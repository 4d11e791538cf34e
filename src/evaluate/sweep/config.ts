import {
  checkInteger,
  checkKeys,
  checkOneOf,
  InputError,
  show,
  stableJson,
  type Json,
} from "../../core/index.js";
import { EXPERIMENTS, experimentNamed, type ExperimentName, type Job } from "../experiments/index.js";

/** A grid of configurations x seeds: plain JSON, so that a record can hold it. */
export type SweepConfig = {
  readonly experiment: ExperimentName;
  /** Settings that all runs share. */
  readonly base?: { readonly [key: string]: Json };
  /** Settings that vary: every combination is run. */
  readonly grid: { readonly [key: string]: readonly Json[] };
  readonly seeds: readonly number[];
};

/**
 * Every job of a sweep, in the grid's order, seeds innermost.
 * @throws InputError for an unknown key, an empty grid or seed list, or a bad value: before anything runs
 */
export function sweepJobs(sweep: SweepConfig): Job[] {
  if (!isRecord(sweep))
    throw new InputError(`sweep: a configuration must be an object, got ${JSON.stringify(sweep)}`);
  checkKeys("sweep", sweep, ["experiment", "base", "grid", "seeds"]);
  const experiment = checkOneOf("sweep: experiment", sweep.experiment, EXPERIMENTS);
  const { base = {}, grid, seeds } = sweep;
  if (!Array.isArray(seeds) || seeds.length === 0)
    throw new InputError(`sweep: seeds must be a list of at least one integer, got ${show(seeds)}`);
  for (const seed of seeds) checkInteger("sweep: seeds", seed);
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) < i);
  if (twice !== undefined)
    throw new InputError(`sweep: seeds must differ (runs of one seed are the same run), got ${twice} twice`);
  if (!isRecord(grid)) throw new InputError(`sweep: grid must be an object of lists, got ${show(grid)}`);
  if (!isRecord(base)) throw new InputError(`sweep: base must be an object, got ${show(base)}`);
  let configs: { [key: string]: Json }[] = [{ ...base }];
  for (const [key, values] of Object.entries(grid)) {
    if (!Array.isArray(values) || values.length === 0) {
      throw new InputError(
        `sweep: grid.${key} must be a list of at least one value, got ${JSON.stringify(values)}`,
      );
    }
    const texts = values.map((value: Json) => stableJson(value));
    const again = texts.find((text, i) => texts.indexOf(text) < i);
    if (again !== undefined)
      throw new InputError(`sweep: grid.${key} must hold different values, got ${again} twice`);
    if (key in base) throw new InputError(`sweep: ${key} stands in base and in grid; it must stand in one`);
    configs = configs.flatMap((config) => values.map((value: Json) => ({ ...config, [key]: value })));
  }
  const { resolve } = experimentNamed(experiment);
  return configs
    .map((config) => resolve(config))
    .flatMap((config) => seeds.map((seed) => ({ experiment, config, seed })));
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
