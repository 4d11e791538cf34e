import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, stableJson, type DataReference, type Json, type RecordRow } from "../../core/index.js";
import { removeAbandoned, writeAtomically } from "../../files/index.js";
import type { SweepConfig } from "./config.js";

/** One run of a sweep: its values of the settings that the grid varies, and what it found. */
export interface SweepRun {
  readonly settings: { readonly [key: string]: Json | undefined };
  readonly seed: number;
  readonly rows: readonly RecordRow[];
}

/** The folder of one sweep: `sweep.json` (its configuration), `runs/` (a file for each finished run) and, at the end, `results.json`. */
export class ResultsFolder {
  readonly runs: string;
  readonly results: string;
  readonly #folder: string;
  readonly #manifest: string;
  readonly #config: SweepConfig;

  constructor(folder: string, config: SweepConfig) {
    this.#folder = folder;
    this.runs = join(folder, "runs");
    this.results = join(folder, "results.json");
    this.#manifest = join(folder, "sweep.json");
    this.#config = config;
  }

  /** @throws InputError when the folder is another configuration's, naming where they differ */
  check(): void {
    const theirs = readManifest(this.#manifest);
    if (theirs !== undefined) checkSame(theirs, manifestOf(this.#config), this.#manifest);
    else if (existsSync(this.results) && !existsSync(this.#manifest))
      throw new InputError(
        `sweep: ${this.results} is there, but no sweep.json that says whose; choose another folder`,
      );
  }

  /**
   * Makes the folder this configuration's.
   * @param warn is told of a damaged `sweep.json`, which is then written again: runs are found by their own configurations
   * @throws the system's error when it cannot be written
   */
  async begin(warn: (text: string) => void): Promise<void> {
    await removeAbandoned(this.#folder);
    if (readManifest(this.#manifest) !== undefined) return;
    if (existsSync(this.#manifest)) warn(`${this.#manifest} is damaged; it is written again`);
    await writeAtomically(this.#manifest, `${stableJson(manifestOf(this.#config), { indent: 1 })}\n`);
  }

  /** Writes `results.json`: the same bytes for the same configuration, data and code. @throws the system's error */
  async finish(runs: readonly SweepRun[], data: readonly DataReference[]): Promise<void> {
    const results = { config: manifestOf(this.#config), data, runs };
    await writeAtomically(this.results, `${stableJson(results, { indent: 1 })}\n`);
  }
}

function manifestOf({ experiment, base = {}, grid, seeds }: SweepConfig): Required<SweepConfig> {
  return { experiment, base, grid, seeds };
}

function readManifest(path: string): object | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function checkSame(theirs: object, mine: SweepConfig, path: string): void {
  const [there, here] = [flatten(theirs), flatten(mine)];
  const differing = [...new Set([...there.keys(), ...here.keys()])].find(
    (key) => there.get(key) !== here.get(key),
  );
  if (differing === undefined) return;
  const [a, b] = [there.get(differing) ?? "not given", here.get(differing) ?? "not given"];
  throw new InputError(
    `sweep: the folder belongs to another configuration (${path}): ${differing} is ${a} there and ${b} here; choose another folder`,
  );
}

/** `experiment`, `base.epochs`, `grid.k` … with their values as text. */
function flatten(config: object): Map<string, string> {
  const entries = Object.entries(config).flatMap(([key, value]): [string, unknown][] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, setting]) => [`${key}.${inner}`, setting])
      : [[key, value]],
  );
  return new Map(entries.map(([key, value]) => [key, stableJson(value)]));
}
