import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  checkInteger,
  checkKeys,
  InterruptedError,
  silent,
  stableJson,
  type DataReference,
  type Progress,
  type RecordRow,
} from "../../core/index.js";
import { cacheFolder } from "../../data/files/index.js";
import { experimentNamed, type Job } from "../experiments/index.js";
import { sweepJobs, type SweepConfig } from "./config.js";
import { execute } from "./executor.js";
import { Ledger } from "./ledger.js";
import { ResultsFolder, type SweepRun } from "./results-folder.js";
import { RunStore, type SettledJob } from "./store.js";

/** How {@link sweep} runs. */
export interface SweepOptions {
  /** Worker threads, default one for each core. */
  readonly jobs?: number;
  /**
   * The folder of this sweep alone: its configuration (`sweep.json`), its finished runs and, at the end, `results.json`. Without it runs are
   * kept in `runs` in the folder of `PAL_LAB_CACHE` or `data/cache`, which all sweeps share.
   */
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
 * Runs a grid of configurations x seeds on all cores. Each finished run is kept at once: stopping, however hard, loses the runs under way, and
 * starting again goes on. Rows do not depend on the number of threads or on who was first.
 * @throws InputError before any run when the configuration is wrong or the folder is another sweep's
 * @throws SweepError when runs failed (after all others were done) or a result cannot be written
 * @throws InterruptedError when `signal` stops it
 */
export async function sweep(config: SweepConfig, options: SweepOptions = {}): Promise<SweepResult> {
  checkKeys("sweep: options", options, ["jobs", "folder", "progress", "signal"]);
  const threads = checkInteger("sweep: jobs", options.jobs ?? availableParallelism(), { min: 1 });
  const unsettled = sweepJobs(config);
  const warn = (text: string): void => console.warn(`sweep: ${text}`);
  const own = options.folder === undefined ? undefined : new ResultsFolder(options.folder, config);
  own?.check();
  const jobs = await settle(unsettled);
  const store = await RunStore.open(own?.runs ?? join(cacheFolder(), "runs"), warn);
  const ledger = new Ledger(jobs, store);
  await ledger.write(async () => own?.begin(warn));
  await compute(ledger, config, { ...options, jobs: threads });
  const runs = ledger.finished.map(({ rows }, i): SweepRun => ({ ...identityOf(jobs[i].job, config), rows }));
  const data = distinctData(ledger.finished.flatMap((result) => result.data));
  await ledger.write(async () => own?.finish(runs, data));
  const rows = runs.flatMap((run) => run.rows);
  return { config, rows, data, computed: ledger.missing.length, found: ledger.found };
}

/** Computes the runs that are missing. @throws SweepError when some failed; InterruptedError when the signal stops it */
async function compute(
  ledger: Ledger,
  config: SweepConfig,
  options: SweepOptions & { readonly jobs: number },
): Promise<void> {
  const { jobs, missing, found } = ledger;
  if (missing.length === 0) return;
  const title = `sweep ${config.experiment}${found === 0 ? "" : ` (${found} of ${jobs.length} found finished)`}`;
  const progress = options.progress?.(title, missing.length) ?? silent;
  try {
    const failures = await execute(
      missing.map((index) => jobs[index].job),
      {
        jobs: options.jobs,
        signal: options.signal,
        onResult: async (place, result) => {
          await ledger.keep(missing[place], result);
          progress.advance();
        },
      },
    );
    if (failures.length === 0) return;
    const lines = failures.map(
      ({ index, reason }) => `\n  ${nameOf(jobs[missing[index]].job, config)} ${reason}`,
    );
    throw ledger.error(`${failures.length} of ${jobs.length} runs failed; ${ledger.state}${lines.join("")}`);
  } catch (thrown) {
    if (!(thrown instanceof InterruptedError)) throw thrown;
    throw new InterruptedError(`sweep: stopped; ${ledger.state}; started again it goes on from there`);
  } finally {
    progress.finish();
  }
}

/** Each job with its data settled, once for each configuration, so that every thread uses the same. */
async function settle(jobs: readonly Job[]): Promise<SettledJob[]> {
  const { identify } = experimentNamed(jobs[0].experiment);
  const byConfig = new Map<string, Awaited<ReturnType<typeof identify>>>();
  const settled: SettledJob[] = [];
  for (const job of jobs) {
    const key = stableJson(job.config);
    const { config, data } = byConfig.get(key) ?? (await identify(job.config));
    byConfig.set(key, { config, data });
    settled.push({ job: { ...job, config }, data: distinctData(data) });
  }
  return settled;
}

function distinctData(data: readonly DataReference[]): DataReference[] {
  const byHash = new Map(data.map((reference) => [`${reference.name}\n${reference.sha256}`, reference]));
  return [...byHash.values()].sort((a, b) => (a.name + a.sha256 < b.name + b.sha256 ? -1 : 1));
}

/** What tells a run from the others of its sweep. */
function identityOf({ config, seed }: Job, { grid }: SweepConfig): Pick<SweepRun, "settings" | "seed"> {
  return { settings: Object.fromEntries(Object.keys(grid).map((key) => [key, config[key]])), seed };
}

function nameOf(job: Job, sweep: SweepConfig): string {
  const { settings, seed } = identityOf(job, sweep);
  return `run ${stableJson(settings)} with seed ${seed}`;
}
