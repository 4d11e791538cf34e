import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { InputError, InterruptedError } from "../../core/index.js";
import { PACKAGE_FOLDER } from "../../files/index.js";
import type { StudyAnswer, StudyData, StudyJob } from "./worker.js";

/** Threads run compiled code. */
const WORKER = join(PACKAGE_FOLDER, "dist", "evaluate", "threads", "worker.js");

export interface ThreadOptions {
  readonly threads: number;
  readonly signal?: AbortSignal;
  /** Told after each job. */
  readonly onJob?: () => void;
}

/** Worker threads that hold a data set, until they are closed. */
export interface ThreadPool {
  /** Results in the order of the jobs, whoever was first. @throws InputError when a job fails; InterruptedError when `signal` stops it */
  run(jobs: readonly StudyJob[]): Promise<(Float64Array | number)[]>;
  close(): Promise<void>;
}

/** Threads are started when they are first needed. */
export function threadPool(study: StudyData, { threads, signal, onJob }: ThreadOptions): ThreadPool {
  const workers: Worker[] = [];
  const ask = async (worker: Worker, job: StudyJob): Promise<Float64Array | number> => {
    if (signal?.aborted === true) throw new InterruptedError("stopped");
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
      const results: (Float64Array | number)[] = new Array<number>(jobs.length).fill(NaN);
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
): Promise<(Float64Array | number)[]> {
  const pool = threadPool(study, options);
  try {
    return await pool.run(jobs);
  } finally {
    await pool.close();
  }
}
