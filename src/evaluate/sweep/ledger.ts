import { messageOf } from "../../core/index.js";
import type { RunResult } from "../experiments/index.js";
import type { RunStore, SettledJob } from "./store.js";
import { SweepError } from "./sweep-error.js";

/** Which runs of a sweep are finished. */
export class Ledger {
  readonly jobs: readonly SettledJob[];
  /** Runs that were finished before. */
  readonly found: number;
  /** Places of the others. */
  readonly missing: readonly number[];
  readonly #store: RunStore;
  readonly #results: (RunResult | undefined)[];

  constructor(jobs: readonly SettledJob[], store: RunStore) {
    this.jobs = jobs;
    this.#store = store;
    this.#results = jobs.map((job) => store.get(job));
    this.missing = [...jobs.keys()].filter((index) => this.#results[index] === undefined);
    this.found = jobs.length - this.missing.length;
  }

  /** Looks again for the runs that are missing: others may have finished them. @returns places of those that still are */
  refresh(): readonly number[] {
    for (const index of this.missing) this.#results[index] ??= this.#store.get(this.jobs[index]);
    return this.missing.filter((index) => this.#results[index] === undefined);
  }

  /** What a run found, where it is finished. */
  result(index: number): RunResult | undefined {
    return this.#results[index];
  }

  /** Results of the finished runs, in the jobs' order. */
  get finished(): RunResult[] {
    return this.#results.flatMap((result) => (result === undefined ? [] : [result]));
  }

  /** "12 of 60 runs are finished and kept in …". */
  get state(): string {
    return `${this.finished.length} of ${this.jobs.length} runs are finished and kept in ${this.#store.folder}`;
  }

  /** Keeps a result on disk. @throws SweepError when that is not possible */
  async keep(index: number, result: RunResult): Promise<void> {
    this.#results[index] = await this.write(() => this.#store.put(this.jobs[index], result));
  }

  /** Throws a result away, so that the run is missing again. */
  async forget(index: number): Promise<void> {
    this.#results[index] = undefined;
    await this.write(() => this.#store.forget(this.jobs[index]));
  }

  /** Does something that writes. @throws SweepError in place of a system's error (a full disk, a folder that cannot be written) */
  async write<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      if (typeof (cause as NodeJS.ErrnoException).syscall !== "string") throw cause;
      const next = "make room or choose another folder; started again it goes on from there";
      throw this.error(`cannot write (${messageOf(cause)}); ${this.state}; ${next}`, cause);
    }
  }

  error(message: string, cause?: unknown): SweepError {
    const counts = { finished: this.finished.length, total: this.jobs.length };
    return new SweepError(`sweep: ${message}`, counts, cause);
  }
}
