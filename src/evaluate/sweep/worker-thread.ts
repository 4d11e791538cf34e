import { Worker } from "node:worker_threads";
import { InterruptedError, messageOf } from "../../core/index.js";
import type { WorkerAnswer, WorkerQuestion } from "./worker.js";

/** One worker thread: answers one job at a time, and notices its death whenever it comes. */
export class WorkerThread {
  readonly #worker: Worker;
  #death: string | undefined;
  #onDeath: (() => void) | undefined;

  constructor(script: URL) {
    this.#worker = new Worker(script);
    this.#worker.on("error", (thrown) => this.#die(messageOf(thrown)));
    this.#worker.on("exit", (code) => this.#die(`exit code ${code}`));
  }

  /**
   * The worker's answer, or how it died instead.
   * @throws InterruptedError when `signal` is aborted; the thread then still computes, and is to be ended
   */
  ask(asked: WorkerQuestion, signal: AbortSignal): Promise<WorkerAnswer | { readonly death: string }> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => (): void => {
        this.#worker.off("message", onMessage);
        this.#onDeath = undefined;
        signal.removeEventListener("abort", onAbort);
        act();
      };
      const onMessage = (answer: WorkerAnswer): void => settle(() => resolve(answer))();
      const onAbort = settle(() => reject(new InterruptedError("sweep: stopped")));
      this.#onDeath = settle(() => resolve({ death: this.#death ?? "unknown" }));
      this.#worker.on("message", onMessage);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
      else if (this.#death !== undefined) this.#onDeath();
      else this.#worker.postMessage(asked);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #die(reason: string): void {
    this.#death ??= reason;
    this.#onDeath?.();
  }
}
