import type { CompareRunner, FamilyResult } from "../compare/index.js";
import type { StudyRunner } from "../explore/index.js";
import type { CandidateJob, NullJob } from "../heterogeneity/index.js";
import type { MethodJob } from "../methods/index.js";
import type { PreferenceData } from "../../data/index.js";
import { checkThreads, runOnThreads, threadPool, type ThreadOptions } from "./run-on-threads.js";

/** Runs the trainings of `explore` on worker threads; what is found does not depend on their number. */
export function threadRunner(options: ThreadOptions): StudyRunner {
  checkThreads("threadRunner", options);
  return {
    methods(data: PreferenceData) {
      const pool = threadPool({ data, learner: "methods" }, options);
      return {
        run: async (jobs: readonly MethodJob[]) =>
          (await pool.run(jobs.map((job) => ({ kind: "method", job }) as const))) as Float64Array[],
        close: () => pool.close(),
      };
    },
    async candidates(data: PreferenceData, jobs: readonly CandidateJob[]): Promise<Float64Array[]> {
      const wrapped = jobs.map((job) => ({ kind: "candidate", job }) as const);
      return (await runOnThreads({ data, learner: "full" }, wrapped, options)) as Float64Array[];
    },
    async nulls(data: PreferenceData, jobs: readonly NullJob[]): Promise<number[]> {
      const wrapped = jobs.map((job) => ({ kind: "null", job }) as const);
      return (await runOnThreads({ data, learner: "quick" }, wrapped, options)) as number[];
    },
  };
}

/** Runs the families that `compare` compares on worker threads; what is found does not depend on their number, but for seconds. */
export function familyRunner(options: ThreadOptions): CompareRunner {
  checkThreads("familyRunner", options);
  return {
    async run(data, jobs, onJob) {
      const wrapped = jobs.map((job) => ({ kind: "family", job }) as const);
      const onStart: ThreadOptions["onStart"] = (job) => {
        if (job.kind === "family") onJob(job.job);
      };
      return (await runOnThreads({ data, learner: "families" }, wrapped, {
        ...options,
        onStart,
      })) as FamilyResult[];
    },
  };
}
