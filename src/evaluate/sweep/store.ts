import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sha256, stableJson, type DataReference } from "../../core/index.js";
import { removeAbandoned, writeAtomically } from "../../files/index.js";
import type { Job, RunResult } from "../experiments/index.js";
import { codeHash } from "./code-hash.js";

/** A job with the data that it is computed from. */
export interface SettledJob {
  readonly job: Job;
  readonly data: readonly DataReference[];
}

/** Finished runs, one file each, found again by what made them: the job, its data and the code. */
export class RunStore {
  readonly folder: string;
  readonly #code = codeHash();
  readonly #warn: (text: string) => void;

  private constructor(folder: string, warn: (text: string) => void) {
    this.folder = folder;
    this.#warn = warn;
  }

  /** @param warn is told of a damaged file, which is then run again */
  static async open(folder: string, warn: (text: string) => void): Promise<RunStore> {
    await removeAbandoned(folder);
    return new RunStore(folder, warn);
  }

  /** A store that is only looked at. */
  static look(folder: string): RunStore {
    return new RunStore(folder, () => undefined);
  }

  /** The result of a job that was finished before, or undefined. */
  get(settled: SettledJob): RunResult | undefined {
    const { path, key } = this.#place(settled);
    if (!existsSync(path)) return undefined;
    const result = read(path, key);
    if (result === undefined) this.#warn(`${path} is damaged; the run is done again`);
    return result;
  }

  /**
   * Keeps a result, whole or not at all.
   * @returns the result as `get` will find it
   * @throws the system's error
   */
  async put(settled: SettledJob, result: RunResult): Promise<RunResult> {
    const { path, key } = this.#place(settled);
    await writeAtomically(path, fileText(key, result));
    return JSON.parse(stableJson(result)) as RunResult;
  }

  /** Throws a result away, where there is one. @throws the system's error */
  async forget(settled: SettledJob): Promise<void> {
    await rm(this.#place(settled).path, { force: true });
  }

  #place({ job, data }: SettledJob): { path: string; key: Key } {
    const key = { job, data: data.map((reference) => reference.sha256), code: this.#code };
    return { path: join(this.folder, `${sha256(stableJson(key)).slice(0, 32)}.json`), key };
  }
}

interface Key {
  readonly job: Job;
  readonly data: readonly string[];
  readonly code: string;
}

/** The result in a file, or undefined unless the file is what {@link RunStore.put} wrote for this key. */
function read(path: string, key: Key): RunResult | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const { result } = JSON.parse(text) as { result: RunResult };
    return text === fileText(key, result) ? result : undefined;
  } catch {
    return undefined;
  }
}

function fileText(key: Key, result: RunResult): string {
  return `${stableJson({ key, result, sha256: sha256(stableJson({ key, result })) })}\n`;
}
