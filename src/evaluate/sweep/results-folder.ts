import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, stableJson, type DataReference, type Json, type RecordRow } from "../../core/index.js";
import { removeAbandoned, writeAtomically, writeOnce } from "../../files/index.js";
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
  #noted: Promise<void> = Promise.resolve();

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
    const text = `${stableJson(manifestOf(this.#config), { indent: 1 })}\n`;
    if (existsSync(this.#manifest)) {
      warn(`${this.#manifest} is damaged; it is written again`);
      await writeAtomically(this.#manifest, text);
      return;
    }
    // another shard may have made it meanwhile, of another configuration
    if (!(await writeOnce(this.#manifest, text))) this.check();
  }

  /** Notes a machine whose bits are others, and whose results were taken all the same: `results.json` will say so. */
  async noteOtherBits(host: string, node: string): Promise<void> {
    const note = async (): Promise<void> =>
      writeAtomically(
        join(this.#folder, "other-bits.json"),
        `${stableJson({ ...(await this.#otherBits()), [host]: `Node ${node}` })}\n`,
      );
    // one after the other: results come side by side, and each note keeps those before it
    const noted = this.#noted.then(note);
    this.#noted = noted.catch(() => undefined);
    await noted;
  }

  async #otherBits(): Promise<{ readonly [host: string]: string }> {
    const text = await readFile(join(this.#folder, "other-bits.json"), "utf8").catch(() => "{}");
    return JSON.parse(text) as { readonly [host: string]: string };
  }

  /**
   * Writes `results.json`: the same bytes for the same configuration, data and code. What says the same already stays: of several shards that
   * find all runs finished, one writes.
   * @throws the system's error
   */
  async finish(runs: readonly SweepRun[], data: readonly DataReference[]): Promise<void> {
    const noted = await this.#otherBits();
    const otherBits = Object.keys(noted).length === 0 ? {} : { otherBits: noted };
    const text = `${stableJson({ config: manifestOf(this.#config), data, ...otherBits, runs }, { indent: 1 })}\n`;
    const there = await readFile(this.results, "utf8").catch(() => undefined);
    if (there === text) return;
    if (there !== undefined) await writeAtomically(this.results, text);
    else if (!(await writeOnce(this.results, text))) await this.finish(runs, data);
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
