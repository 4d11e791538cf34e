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
import { partsOf, runFamily, type FamilyJob, type FamilyResult } from "../compare/index.js";
import { methodContext, runMethod, type MethodJob } from "../methods/index.js";

/** What a thread is started with. */
export interface StudyData {
  readonly data: PreferenceData;
  /** `quick`: the learner of the held-out test; `full`: that of the choice of K; `methods`: any method; `families`: any family. */
  readonly learner: "quick" | "full" | "methods" | "families";
}

export type StudyJob =
  | { readonly kind: "candidate"; readonly job: CandidateJob }
  | { readonly kind: "null"; readonly job: NullJob }
  | { readonly kind: "method"; readonly job: MethodJob }
  | { readonly kind: "family"; readonly job: FamilyJob };

/** What comes of a job. */
export type StudyResult = Float64Array | number | FamilyResult;

export type StudyAnswer = { readonly result: StudyResult } | { readonly error: string };

const { data, learner: kind } = workerData as StudyData;

/** Made when it is first needed: families need none of it. */
function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: make() }).value;
}

const learnerOf = once(() => (kind === "quick" ? quickLearner(data) : marginalLearner(data)));
const contextOf = once(() => methodContext(data));

function answer(message: StudyJob): Promise<StudyResult> {
  if (message.kind === "family") return runFamily(message.job, partsOf(data, message.job.seed));
  if (message.kind === "method") return Promise.resolve().then(() => runMethod(contextOf(), message.job));
  return message.kind === "candidate"
    ? runCandidate(learnerOf(), message.job)
    : runNull(learnerOf(), message.job);
}

parentPort?.on("message", (message: StudyJob) => {
  answer(message).then(
    (result) => parentPort?.postMessage({ result } satisfies StudyAnswer),
    (thrown: unknown) => parentPort?.postMessage({ error: messageOf(thrown) } satisfies StudyAnswer),
  );
});
