import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InterruptedError } from "../../core/index.js";
import { PACKAGE_FOLDER } from "../../files/index.js";
import type { Job, RunResult } from "../experiments/index.js";
import { WorkerThread } from "./worker-thread.js";

/** Threads run compiled code. */
const WORKER = pathToFileURL(join(PACKAGE_FOLDER, "dist", "evaluate", "sweep", "worker.js"));

export interface ExecuteOptions {
  /** Worker threads. */
  readonly jobs: number;
  /** Keeps a result; what it throws ends the work. */
  readonly onResult: (index: number, result: RunResult) => Promise<void>;
  readonly signal?: AbortSignal;
  /** What a thread runs; tests give their own. */
  readonly script?: URL;
}

/** A job that could not be done. */
export interface JobFailure {
  readonly index: number;
  readonly reason: string;
}

/**
 * Runs jobs on worker threads, each thread one job at a time. A thread that dies is replaced and its job tried once more; a job that fails, or
 * kills its thread twice, does not keep the others from running.
 * @returns the jobs that failed, in their order
 * @throws what `onResult` throws; InterruptedError when `signal` stops it. Results delivered before are kept.
 */
export async function execute(jobs: readonly Job[], options: ExecuteOptions): Promise<JobFailure[]> {
  const { onResult, script = WORKER } = options;
  const queue = [...jobs.keys()];
  const failures: JobFailure[] = [];
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const lane = async (): Promise<void> => {
    let thread: WorkerThread | undefined;
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        if (signal.aborted) throw new InterruptedError("sweep: stopped");
        for (let attempt = 1; ; attempt++) {
          thread ??= new WorkerThread(script);
          const answer = await thread.ask(jobs[index], signal);
          if ("result" in answer) await onResult(index, answer.result);
          if ("error" in answer) failures.push({ index, reason: `failed: ${answer.error}` });
          if (!("death" in answer)) break;
          thread = undefined;
          if (attempt < 2) continue;
          failures.push({ index, reason: `killed its worker thread twice (${answer.death})` });
          break;
        }
      }
    } catch (thrown) {
      stop.abort();
      throw thrown;
    } finally {
      await thread?.end();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(options.jobs, jobs.length) }, lane));
  const thrown = ended.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  // the lane that failed stopped the others
  const cause = thrown.find((reason) => !(reason instanceof InterruptedError)) ?? thrown[0];
  if (cause !== undefined) throw cause;
  return failures.sort((a, b) => a.index - b.index);
}
