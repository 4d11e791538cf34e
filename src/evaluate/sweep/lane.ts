import type { RunResult } from "../experiments/index.js";
import { WorkerThread } from "./worker-thread.js";
import type { WorkerQuestion } from "./worker.js";

/** Runs one job at a time on a worker thread. A thread that dies is replaced and its job tried once more. */
export class Lane {
  readonly #script: URL;
  #thread: WorkerThread | undefined;

  /** @param script what the thread runs */
  constructor(script: URL) {
    this.#script = script;
  }

  /**
   * What a job found, or why it could not be done.
   * @throws InterruptedError when the signal stops it
   */
  async run(
    asked: WorkerQuestion,
    signal: AbortSignal,
  ): Promise<{ readonly result: RunResult } | { readonly reason: string }> {
    for (let attempt = 1; ; attempt++) {
      this.#thread ??= new WorkerThread(this.#script);
      const answer = await this.#thread.ask(asked, signal);
      if ("result" in answer) return answer;
      if ("error" in answer) return { reason: `failed: ${answer.error}` };
      this.#thread = undefined;
      if (attempt === 2) return { reason: `killed its worker thread twice (${answer.death})` };
    }
  }

  /** Ends the thread, whatever it computes. */
  async end(): Promise<void> {
    await this.#thread?.end();
    this.#thread = undefined;
  }
}
