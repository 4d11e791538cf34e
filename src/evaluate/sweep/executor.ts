import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InterruptedError } from "../../core/index.js";
import { PACKAGE_FOLDER } from "../../files/index.js";
import type { Job, RunResult } from "../experiments/index.js";
import { Lane } from "./lane.js";

/** What a thread runs: compiled code. */
export const WORKER = pathToFileURL(join(PACKAGE_FOLDER, "dist", "evaluate", "sweep", "worker.js"));

export interface ExecuteOptions {
  /** Worker threads. */
  readonly jobs: number;
  /** Keeps a result; what it throws ends the work. */
  readonly onResult: (index: number, result: RunResult) => Promise<void>;
  /** A run has been begun; it has ended, for a reason where it failed: for others to look at. */
  readonly onStart?: (index: number) => void;
  readonly onEnd?: (index: number, reason?: string) => void;
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
  const work = async (): Promise<void> => {
    const lane = new Lane(script);
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        if (signal.aborted) throw new InterruptedError("sweep: stopped");
        options.onStart?.(index);
        const answer = await lane.run(jobs[index], signal);
        if ("result" in answer) await onResult(index, answer.result);
        else failures.push({ index, reason: answer.reason });
        options.onEnd?.(index, "reason" in answer ? answer.reason : undefined);
      }
    } catch (thrown) {
      stop.abort();
      throw thrown;
    } finally {
      await lane.end();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(options.jobs, jobs.length) }, work));
  const thrown = ended.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  // the lane that failed stopped the others
  const cause = thrown.find((reason) => !(reason instanceof InterruptedError)) ?? thrown[0];
  if (cause !== undefined) throw cause;
  return failures.sort((a, b) => a.index - b.index);
}
