import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, stableJson, type DataReference } from "../../core/index.js";
import type { Job, RunResult } from "../experiments/index.js";

/** Finished runs, one file each, found again by what made them: the job, the data setting and the code. */
export class RunStore {
  readonly folder: string;
  readonly #code: string;
  readonly #warn: (text: string) => void;

  /** @param warn is told of a damaged file, which is then run again */
  constructor(folder: string, warn: (text: string) => void) {
    this.folder = folder;
    this.#warn = warn;
    this.#code = codeHash();
    mkdirSync(folder, { recursive: true });
  }

  /** The result of a job that was finished before, or undefined. */
  get(job: Job, data: readonly DataReference[]): RunResult | undefined {
    const path = this.#path(job, data);
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
    const result = parse(text);
    if (result === undefined) this.#warn(`${path} is damaged; the run is done again`);
    return result;
  }

  /** Keeps a result, whole or not at all. */
  put(job: Job, data: readonly DataReference[], result: RunResult): void {
    const path = this.#path(job, data);
    const body = stableJson(result);
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, stableJson({ body, sha256: sha256(body) }));
    renameSync(temporary, path);
  }

  #path(job: Job, data: readonly DataReference[]): string {
    const key = stableJson({ job, data: data.map((reference) => reference.sha256), code: this.#code });
    return join(this.folder, `${sha256(key).slice(0, 32)}.json`);
  }
}

function parse(text: string): RunResult | undefined {
  try {
    const { body, sha256: expected } = JSON.parse(text) as { body: string; sha256: string };
    return sha256(body) === expected ? (JSON.parse(body) as RunResult) : undefined;
  } catch {
    return undefined;
  }
}

/** Rooms whose code can change a result. */
const ROOMS = ["core", "data", "model", "engine", "train", "evaluate"];

/** Hash of the code that computes results: after a change of it finished runs do not count. */
function codeHash(): string {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const hash = createHash("sha256");
  for (const room of ROOMS) {
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).sort()) {
      if (/\.[jt]s$/.test(file))
        hash.update(file.replaceAll("\\", "/")).update(readFileSync(join(root, room, file)));
    }
  }
  return hash.digest("hex");
}
