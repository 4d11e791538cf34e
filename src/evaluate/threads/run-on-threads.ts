import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { InputError, InterruptedError } from "../../core/index.js";
import type { StudyAnswer, StudyData, StudyJob } from "./worker.js";

export interface ThreadOptions {
  readonly threads: number;
  readonly signal?: AbortSignal;
  /** Told after each job. */
  readonly onJob?: () => void;
}

/**
 * Runs jobs of the choice of K or of the test on worker threads, each with the data; results in the order of the jobs, whoever was first.
 * @throws InputError when a job fails; InterruptedError when `signal` stops it
 */
export async function runOnThreads(
  study: StudyData,
  jobs: readonly StudyJob[],
  options: ThreadOptions,
): Promise<(Float64Array | number)[]> {
  const results: (Float64Array | number)[] = new Array<number>(jobs.length).fill(NaN);
  const queue = [...jobs.keys()].reverse(); // the largest K come last and take longest: begin with them
  const lane = async (): Promise<void> => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: study });
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        if (options.signal?.aborted === true) throw new InterruptedError("stopped");
        worker.postMessage(jobs[index]);
        const [answer] = (await once(worker, "message", { signal: options.signal }).catch(
          (thrown: unknown) => {
            if (options.signal?.aborted === true) throw new InterruptedError("stopped");
            throw thrown;
          },
        )) as [StudyAnswer];
        if ("error" in answer) throw new InputError(answer.error);
        results[index] = answer.result;
        options.onJob?.();
      }
    } finally {
      queue.length = 0;
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.threads, jobs.length) }, lane));
  return results;
}
