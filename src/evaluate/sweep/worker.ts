import { parentPort } from "node:worker_threads";
import { messageOf } from "../../core/index.js";
import { loadEngine, type Engine } from "../../engine/index.js";
import { runJob, type Job, type RunResult } from "../experiments/index.js";
import { bitsOf } from "./bits.js";

/** What a worker is asked: a job, or what its bits are. */
export type WorkerQuestion = Job | "bits";
/** What a worker answers: the result of a job, or why it failed. */
export type WorkerAnswer = { readonly result: RunResult } | { readonly error: string };

/** Answers jobs one after the other, with one engine. */
function serve(port: NonNullable<typeof parentPort>): void {
  let engine: Promise<Engine> | undefined;
  port.on("message", (asked: WorkerQuestion) => {
    engine ??= loadEngine();
    const answer = engine.then((ready) =>
      asked === "bits" ? bitsOf(ready) : runJob(asked, { engine: ready }),
    );
    answer.then(
      (result) => port.postMessage({ result } satisfies WorkerAnswer),
      (thrown: unknown) => port.postMessage({ error: messageOf(thrown) } satisfies WorkerAnswer),
    );
  });
}

if (parentPort !== null) serve(parentPort);
