import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  checkInteger,
  checkKeys,
  InputError,
  type DataReference,
  type Progress,
  type RecordRow,
} from "../../core/index.js";
import { cacheFolder } from "../../data/files/index.js";
import { compute, identityOf } from "./compute.js";
import { sweepJobs, type SweepConfig } from "./config.js";
import { Ledger } from "./ledger.js";
import { forgetAll, forgetGone, Presence } from "./presence.js";
import { checkAddress } from "./queue/index.js";
import { checkShard, isInShard, type Shard } from "./shard.js";
import { ResultsFolder, type SweepRun } from "./results-folder.js";
import { distinctData, settle } from "./settle.js";
import { RunStore } from "./store.js";

/** How {@link sweep} runs. */
export interface SweepOptions {
  /** Worker threads, default one for each core. */
  readonly jobs?: number;
  /**
   * The folder of this sweep alone: its configuration (`sweep.json`), its finished runs and, at the end, `results.json`. Without it runs are
   * kept in `runs` in the folder of `PAL_LAB_CACHE` or `data/cache`, which all sweeps share.
   */
  readonly folder?: string;
  /**
   * Only this part of the runs, for job arrays and machines that share `folder`. The shard that finds all runs finished writes `results.json`.
   */
  readonly shard?: Shard;
  /**
   * `redis://host:6379`: runs are done by workers (`pal-lab worker`) on any machines; `jobs`, 0 where it is not given, work here beside them. Default:
   * `PAL_LAB_QUEUE`, where it is set.
   */
  readonly queue?: string;
  /** Takes results of workers whose bits are others than this machine's; `results.json` says so. Default false. */
  readonly allowOtherBits?: boolean;
  /** Starts the display of progress: `(title, total) => createProgress(title, total, process.stdout)`. */
  readonly progress?: (title: string, total: number) => Progress;
  readonly signal?: AbortSignal;
}

/** All rows of a sweep, in the order of its jobs; where runs are `left`, those of the finished ones. */
export interface SweepResult {
  readonly config: SweepConfig;
  readonly rows: readonly RecordRow[];
  readonly data: readonly DataReference[];
  /** Runs that were computed now; the others were found finished. */
  readonly computed: number;
  readonly found: number;
  /** Runs that other shards have not finished; 0 without shards. */
  readonly left: number;
}

const OPTIONS = ["jobs", "folder", "shard", "queue", "allowOtherBits", "progress", "signal"];

/**
 * Runs a grid of configurations x seeds on all cores. Each finished run is kept at once: stopping, however hard, loses the runs under way, and
 * starting again goes on. Rows do not depend on the number of threads or on who was first.
 * @throws InputError before any run when the configuration is wrong or the folder is another sweep's
 * @throws SweepError when runs failed (after all others were done) or a result cannot be written
 * @throws InterruptedError when `signal` stops it
 */
export async function sweep(config: SweepConfig, options: SweepOptions = {}): Promise<SweepResult> {
  checkKeys("sweep: options", options, OPTIONS);
  const { shard, queue, threads } = checkWays(options);
  const unsettled = sweepJobs(config);
  const warn = (text: string): void => console.warn(`sweep: ${text}`);
  const own = options.folder === undefined ? undefined : new ResultsFolder(options.folder, config);
  own?.check();
  const jobs = await settle(unsettled);
  const store = await RunStore.open(own?.runs ?? join(cacheFolder(), "runs"), warn);
  const ledger = new Ledger(jobs, store);
  await ledger.write(async () => own?.begin(warn));
  const mine = ledger.missing.filter((index) => shard === undefined || isInShard(index, shard));
  const presence = options.folder === undefined ? undefined : new Presence(options.folder);
  if (options.folder !== undefined) await forgetGone(options.folder);
  try {
    await compute(ledger, mine, {
      ...{ config, jobs: threads, queue, allowOtherBits: options.allowOtherBits === true },
      ...{ presence, say: warn },
      ...{ progress: options.progress, signal: options.signal },
      onOtherBits: async (host, node) => ledger.write(async () => own?.noteOtherBits(host, node)),
    });
  } finally {
    await presence?.close();
  }
  const left = ledger.refresh();
  const runs = jobs.flatMap(({ job }, i): SweepRun[] => {
    const rows = ledger.result(i)?.rows;
    return rows === undefined ? [] : [{ ...identityOf(job, config), rows }];
  });
  const data = distinctData(ledger.finished.flatMap((result) => result.data));
  if (left.length === 0) {
    await ledger.write(async () => own?.finish(runs, data));
    if (options.folder !== undefined) await forgetAll(options.folder);
  }
  const rows = runs.flatMap((run) => run.rows);
  return { config, rows, data, computed: mine.length, found: ledger.found, left: left.length };
}

/** By whom runs are done. @throws InputError */
function checkWays(options: SweepOptions): {
  readonly shard: Shard | undefined;
  readonly queue: string | undefined;
  readonly threads: number;
} {
  const shard = checkShard("sweep", options.shard);
  if (shard !== undefined && options.queue !== undefined)
    throw new InputError("sweep: shard and queue exclude each other: a queue deals the runs itself");
  if (shard !== undefined && options.folder === undefined)
    throw new InputError("sweep: a shard needs a folder, which all shards share");
  // a job array is one on a machine where PAL_LAB_QUEUE is set, too
  const queue = options.queue ?? (shard === undefined ? process.env.PAL_LAB_QUEUE || undefined : undefined);
  if (queue !== undefined) checkAddress(queue);
  const min = queue === undefined ? 1 : 0;
  const threads = checkInteger("sweep: jobs", options.jobs ?? (min && availableParallelism()), { min });
  return { shard, queue, threads };
}
