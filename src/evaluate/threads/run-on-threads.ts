import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { checkInteger, checkKeys, InputError, InterruptedError } from "../../core/index.js";
import { PACKAGE_FOLDER } from "../../files/index.js";
import type { StudyAnswer, StudyData, StudyJob, StudyResult } from "./worker.js";

/** Threads run compiled code. */
const WORKER = join(PACKAGE_FOLDER, "dist", "evaluate", "threads", "worker.js");

export interface ThreadOptions {
  readonly threads: number;
  readonly signal?: AbortSignal;
  /** Told after each job. */
  readonly onJob?: () => void;
  /** Told which job begins. */
  readonly onStart?: (job: StudyJob) => void;
}

/** @throws InputError unless `options` are {@link ThreadOptions}, as `caller` takes them */
export function checkThreads(caller: string, options: ThreadOptions): void {
  checkKeys(caller, options, ["threads", "signal", "onJob", "onStart"]);
  checkInteger(`${caller}: threads`, options.threads, { min: 1 });
}

/** Worker threads that hold a data set, until they are closed. */
export interface ThreadPool {
  /** Results in the order of the jobs, whoever was first. @throws InputError when a job fails; InterruptedError when `signal` stops it */
  run(jobs: readonly StudyJob[]): Promise<StudyResult[]>;
  close(): Promise<void>;
}

/** Threads are started when they are first needed. */
export function threadPool(study: StudyData, { threads, signal, onJob, onStart }: ThreadOptions): ThreadPool {
  const workers: Worker[] = [];
  const ask = async (worker: Worker, job: StudyJob): Promise<StudyResult> => {
    if (signal?.aborted === true) throw new InterruptedError("stopped");
    onStart?.(job);
    worker.postMessage(job);
    const [answer] = (await once(worker, "message", { signal }).catch((thrown: unknown) => {
      if (signal?.aborted === true) throw new InterruptedError("stopped");
      throw thrown;
    })) as [StudyAnswer];
    if ("error" in answer) throw new InputError(answer.error);
    onJob?.();
    return answer.result;
  };
  return {
    async run(jobs) {
      const results: StudyResult[] = new Array<number>(jobs.length).fill(NaN);
      const queue = [...jobs.keys()].reverse(); // the largest K come last and take longest: begin with them
      const lanes = Math.min(threads, jobs.length);
      while (workers.length < lanes) workers.push(new Worker(WORKER, { workerData: study }));
      const lane = async (worker: Worker): Promise<void> => {
        try {
          for (let index = queue.shift(); index !== undefined; index = queue.shift())
            results[index] = await ask(worker, jobs[index]);
        } catch (thrown) {
          queue.length = 0;
          throw thrown;
        }
      };
      await Promise.all(workers.slice(0, lanes).map(lane));
      return results;
    },
    async close() {
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/** Runs jobs on threads of their own, each with the data. @throws as {@link ThreadPool} */
export async function runOnThreads(
  study: StudyData,
  jobs: readonly StudyJob[],
  options: ThreadOptions,
): Promise<StudyResult[]> {
  const pool = threadPool(study, options);
  try {
    return await pool.run(jobs);
  } finally {
    await pool.close();
  }
}
