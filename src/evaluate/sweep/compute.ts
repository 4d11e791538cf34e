import { InterruptedError, silent, stableJson, type Progress } from "../../core/index.js";
import type { Job } from "../experiments/index.js";
import type { SweepConfig } from "./config.js";
import { execute, type JobFailure } from "./executor.js";
import type { Ledger } from "./ledger.js";
import type { Presence } from "./presence.js";
import { executeOnQueue, serveQueue } from "./queue/index.js";
import type { SweepRun } from "./results-folder.js";

/** How runs that are missing are computed. */
export interface ComputeOptions {
  readonly config: SweepConfig;
  /** Threads of this process. */
  readonly jobs: number;
  /** Where workers of other machines take runs from: `redis://host:6379`. */
  readonly queue?: string;
  readonly allowOtherBits: boolean;
  /** Is told of a machine with other bits whose result was taken. */
  readonly onOtherBits: (host: string, node: string) => Promise<void>;
  /** What others may look at. */
  readonly presence?: Presence;
  readonly progress?: (title: string, total: number) => Progress;
  readonly signal?: AbortSignal;
  readonly say: (text: string) => void;
}

/**
 * Computes runs and keeps each at once.
 * @param missing their places in the sweep
 * @throws SweepError when some failed; InterruptedError when the signal stops it
 */
export async function compute(
  ledger: Ledger,
  missing: readonly number[],
  options: ComputeOptions,
): Promise<void> {
  const { jobs, found } = ledger;
  const { config } = options;
  if (missing.length === 0) return;
  const title = `sweep ${config.experiment}${found === 0 ? "" : ` (${found} of ${jobs.length} found finished)`}`;
  const progress = options.progress?.(title, missing.length) ?? silent;
  const name = (place: number): string => nameOf(jobs[missing[place]].job, config);
  try {
    const by = options.queue === undefined ? byThreads : byQueue;
    const failures = await by(ledger, missing, { ...options, name, advance: () => progress.advance() });
    if (failures.length === 0) return;
    const lines = failures.map(({ index, reason }) => `\n  ${name(index)} ${reason}`);
    throw ledger.error(`${failures.length} of ${jobs.length} runs failed; ${ledger.state}${lines.join("")}`);
  } catch (thrown) {
    if (!(thrown instanceof InterruptedError)) throw thrown;
    throw new InterruptedError(`sweep: stopped; ${ledger.state}; started again it goes on from there`);
  } finally {
    progress.finish();
  }
}

type Ways = ComputeOptions & { readonly name: (place: number) => string; readonly advance: () => void };

async function byThreads(ledger: Ledger, missing: readonly number[], options: Ways): Promise<JobFailure[]> {
  const { presence, name } = options;
  return execute(
    missing.map((index) => ledger.jobs[index].job),
    {
      jobs: options.jobs,
      signal: options.signal,
      onStart: (place) => presence?.start(name(place)),
      onEnd: (place, reason) => presence?.end(name(place), reason),
      onResult: async (place, result) => {
        await ledger.keep(missing[place], result);
        options.advance();
      },
    },
  );
}

/** Other machines' workers do the runs, and threads of this process where it was asked to work too. */
async function byQueue(ledger: Ledger, missing: readonly number[], options: Ways): Promise<JobFailure[]> {
  const { queue: address = "", say, allowOtherBits } = options;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const own = options.jobs === 0 ? undefined : serveQueue(address, { jobs: options.jobs, signal, say });
  const work = executeOnQueue(
    missing.map((index) => ledger.jobs[index]),
    {
      ...{ address, allowOtherBits, signal, say },
      onResult: async (place, { result, from }) => {
        if (from.otherBits !== undefined) await options.onOtherBits(from.host, from.otherBits.node);
        await ledger.keep(missing[place], result);
        options.advance();
      },
      onDiffer: (place) => ledger.forget(missing[place]),
    },
  );
  const failed = own?.catch((thrown: unknown) => {
    stop.abort();
    throw thrown;
  });
  try {
    // a worker of this process that cannot go on is a reason to stop; one that ends well is not
    return await Promise.race([work, failed?.then(() => work) ?? work]);
  } finally {
    stop.abort();
    await Promise.allSettled([work, own]);
  }
}

/** What tells a run from the others of its sweep. */
export function identityOf(
  { config, seed }: Job,
  { grid }: SweepConfig,
): Pick<SweepRun, "settings" | "seed"> {
  return { settings: Object.fromEntries(Object.keys(grid).map((key) => [key, config[key]])), seed };
}

/** "run {"k":2} with seed 1". */
export function nameOf(job: Job, sweep: SweepConfig): string {
  const { settings, seed } = identityOf(job, sweep);
  return `run ${stableJson(settings)} with seed ${seed}`;
}
