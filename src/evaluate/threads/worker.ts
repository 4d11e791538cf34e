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
import { methodContext, runMethod, type MethodJob } from "../methods/index.js";

/** What a thread is started with. */
export interface StudyData {
  readonly data: PreferenceData;
  /** `quick`: the learner of the held-out test; `full`: that of the choice of K; `methods`: any method. */
  readonly learner: "quick" | "full" | "methods";
}

export type StudyJob =
  | { readonly kind: "candidate"; readonly job: CandidateJob }
  | { readonly kind: "null"; readonly job: NullJob }
  | { readonly kind: "method"; readonly job: MethodJob };

export type StudyAnswer = { readonly result: Float64Array | number } | { readonly error: string };

const { data, learner: kind } = workerData as StudyData;
const learner = kind === "quick" ? quickLearner(data) : marginalLearner(data);
const context = methodContext(data);

function answer(message: StudyJob): Promise<Float64Array | number> {
  if (message.kind === "method") return Promise.resolve().then(() => runMethod(context, message.job));
  return message.kind === "candidate" ? runCandidate(learner, message.job) : runNull(learner, message.job);
}

parentPort?.on("message", (message: StudyJob) => {
  answer(message).then(
    (result) => parentPort?.postMessage({ result } satisfies StudyAnswer),
    (thrown: unknown) => parentPort?.postMessage({ error: messageOf(thrown) } satisfies StudyAnswer),
  );
});
