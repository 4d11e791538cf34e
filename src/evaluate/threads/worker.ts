import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import {
  marginalLearner,
  quickLearner,
  runCandidate,
  runNull,
  type CandidateJob,
  type NullJob,
} from "../heterogeneity/index.js";

/** What a thread is started with. */
export interface StudyData {
  readonly data: PreferenceData;
  /** `quick`: the learner of the test; `full`: that of the choice of K. */
  readonly learner: "quick" | "full";
}

export type StudyJob =
  | { readonly kind: "candidate"; readonly job: CandidateJob }
  | { readonly kind: "null"; readonly job: NullJob };

export type StudyAnswer = { readonly result: Float64Array | number } | { readonly error: string };

const { data, learner: kind } = workerData as StudyData;
const learner = kind === "quick" ? quickLearner(data) : marginalLearner(data);

parentPort?.on("message", (message: StudyJob) => {
  const found: Promise<Float64Array | number> =
    message.kind === "candidate" ? runCandidate(learner, message.job) : runNull(learner, message.job);
  found.then(
    (result) => parentPort?.postMessage({ result } satisfies StudyAnswer),
    (thrown: unknown) => parentPort?.postMessage({ error: messageOf(thrown) } satisfies StudyAnswer),
  );
});
