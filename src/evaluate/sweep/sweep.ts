import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  checkInteger,
  checkKeys,
  silent,
  stableJson,
  type DataReference,
  type Progress,
  type RecordRow,
} from "../../core/index.js";
import { cacheFolder } from "../../data/files/index.js";
import { experimentNamed, type Job, type RunResult } from "../experiments/index.js";
import { sweepJobs, type SweepConfig } from "./config.js";
import { execute } from "./executor.js";
import { RunStore } from "./store.js";

export interface SweepOptions {
  /** Worker threads, default one for each core. */
  readonly jobs?: number;
  /** Where finished runs are kept; default `runs` in the folder of `PAL_LAB_CACHE` or `data/cache`. */
  readonly folder?: string;
  /** Starts the display of progress: `(title, total) => createProgress(title, total, process.stdout)`. */
  readonly progress?: (title: string, total: number) => Progress;
  readonly signal?: AbortSignal;
}

/** All rows of a sweep, in the order of its jobs. */
export interface SweepResult {
  readonly config: SweepConfig;
  readonly rows: readonly RecordRow[];
  readonly data: readonly DataReference[];
  /** Runs that were computed now; the others were found finished. */
  readonly computed: number;
  readonly found: number;
}

/**
 * Runs a grid of configurations x seeds on all cores. Each finished run is kept at once: stopping loses the runs under way, starting again
 * goes on. Rows do not depend on the number of threads or on who was first.
 * @throws InputError before any run when the configuration is wrong; InterruptedError when `signal` stops it
 */
export async function sweep(config: SweepConfig, options: SweepOptions = {}): Promise<SweepResult> {
  checkKeys("sweep: options", options, ["jobs", "folder", "progress", "signal"]);
  const threads = checkInteger("sweep: jobs", options.jobs ?? availableParallelism(), { min: 1 });
  const { jobs, data } = await identify(sweepJobs(config));
  const store = new RunStore(options.folder ?? join(cacheFolder(), "runs"), (text) =>
    console.warn(`sweep: ${text}`),
  );
  const results: (RunResult | undefined)[] = jobs.map((job) => store.get(job, data));
  const missing = [...jobs.keys()].filter((index) => results[index] === undefined);
  const progress =
    missing.length === 0
      ? silent
      : (options.progress?.(`sweep ${config.experiment}`, missing.length) ?? silent);
  await execute(
    missing.map((index) => jobs[index]),
    {
      jobs: threads,
      signal: options.signal,
      onResult: (place, result) => {
        const index = missing[place];
        store.put(jobs[index], data, result);
        results[index] = result;
        progress.advance();
      },
    },
  );
  progress.finish();
  const done = results.flatMap((result) => (result === undefined ? [] : [result]));
  return {
    config,
    rows: done.flatMap(({ rows }) => rows),
    data: distinctData(done.flatMap(({ data }) => data)),
    computed: missing.length,
    found: jobs.length - missing.length,
  };
}

/** Jobs with their data settled once for all, so that every thread uses the same. */
async function identify(jobs: readonly Job[]): Promise<{ jobs: Job[]; data: readonly DataReference[] }> {
  const { identify: settle } = experimentNamed(jobs[0].experiment);
  const settled = new Map<string, ReturnType<typeof settle>>();
  const of = (job: Job): ReturnType<typeof settle> => {
    const key = stableJson(job.config);
    const found = settled.get(key) ?? settle(job.config);
    settled.set(key, found);
    return found;
  };
  const all: Job[] = [];
  const data: DataReference[] = [];
  for (const job of jobs) {
    const { config, data: used } = await of(job);
    all.push({ ...job, config });
    data.push(...used);
  }
  return { jobs: all, data: distinctData(data) };
}

function distinctData(data: readonly DataReference[]): DataReference[] {
  const byHash = new Map(data.map((reference) => [`${reference.name}\n${reference.sha256}`, reference]));
  return [...byHash.values()].sort((a, b) => (a.name + a.sha256 < b.name + b.sha256 ? -1 : 1));
}
