import { Worker } from "node:worker_threads";
import { InputError, InterruptedError, stableJson } from "../../core/index.js";
import type { Job, RunResult } from "../experiments/index.js";
import type { WorkerAnswer } from "./worker.js";

export interface ExecuteOptions {
  /** Worker threads. */
  readonly jobs: number;
  readonly onResult: (index: number, result: RunResult) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs jobs on worker threads, each thread one job at a time. A thread that dies is replaced and its job tried once more.
 * @throws InputError when a job fails, or kills its thread twice: naming the job
 * @throws InterruptedError when `signal` stops it; results delivered before are kept
 */
export async function execute(jobs: readonly Job[], options: ExecuteOptions): Promise<void> {
  const queue = [...jobs.keys()];
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined;
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        if (signal.aborted) throw new InterruptedError(`sweep: stopped with ${queue.length + 1} runs to do`);
        worker ??= startWorker();
        let answer = await ask(worker, jobs[index], signal);
        if (answer === undefined) {
          worker = startWorker();
          answer = await ask(worker, jobs[index], signal);
        }
        if (answer === undefined)
          throw new InputError(`sweep: ${nameOf(jobs[index])} killed its worker thread twice`);
        if ("error" in answer) throw new InputError(`sweep: ${nameOf(jobs[index])} failed: ${answer.error}`);
        options.onResult(index, answer.result);
      }
    } finally {
      await worker?.terminate();
    }
  };
  const lanes = Array.from({ length: Math.min(options.jobs, jobs.length) }, () =>
    lane().catch((thrown: unknown) => {
      stop.abort();
      throw thrown;
    }),
  );
  const ended = await Promise.allSettled(lanes);
  const failures = ended.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  const cause = failures.find((thrown) => !(thrown instanceof InterruptedError)) ?? failures[0];
  if (cause !== undefined) throw cause;
}

function startWorker(): Worker {
  return new Worker(new URL("./worker.js", import.meta.url));
}

/** The worker's answer, or undefined when it died. */
function ask(worker: Worker, job: Job, signal: AbortSignal): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const forget = (): void => {
      worker.off("message", onMessage).off("error", onDeath).off("exit", onDeath);
      signal.removeEventListener("abort", onAbort);
    };
    const onMessage = (answer: WorkerAnswer): void => {
      forget();
      resolve(answer);
    };
    const onDeath = (): void => {
      forget();
      resolve(undefined);
    };
    const onAbort = (): void => {
      forget();
      reject(new InterruptedError("sweep: stopped; finished runs are kept"));
    };
    worker.on("message", onMessage).on("error", onDeath).on("exit", onDeath);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    else worker.postMessage(job);
  });
}

function nameOf(job: Job): string {
  return `run ${stableJson(job.config)} with seed ${job.seed}`;
}
