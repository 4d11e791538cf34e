import type { CallName, Calls, FromWorker, Order, ToWorker } from "../worker/protocol.js";
import { startWorker, type Where } from "./start-worker.js";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  readonly onProgress?: (text: string) => void;
}

/** What the worker says without being asked by a call. */
export type Said = Exclude<FromWorker, { readonly id: number }>;

/** The page's end of the messages: what is sent before the worker is there waits for it. */
export class Client {
  readonly #calls = new Map<number, Waiting>();
  readonly #held: ToWorker[] = [];
  #send?: (message: ToWorker) => void;
  #stop?: () => void;
  #id = 0;

  constructor(readonly onSaid: (message: Said) => void) {}

  /** Starts the worker from its text. @returns where it computes @throws Error where it can nowhere */
  async start(text: string): Promise<Where> {
    const { where, send, stop } = await startWorker(text, (message) => this.#receive(message));
    this.#send = send;
    this.#stop = stop;
    for (const message of this.#held.splice(0)) send(message);
    return where;
  }

  order(order: Order): void {
    this.#post(order);
  }

  /** Asks for something by name. @throws an Error with the reason, in words, where it is refused */
  ask<N extends CallName>(
    name: N,
    ask: Calls[N]["ask"],
    onProgress?: (text: string) => void,
  ): Promise<Calls[N]["answer"]> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, ...(onProgress === undefined ? {} : { onProgress }) });
      this.#post({ kind: "call", id, name, ask });
    });
  }

  /** Ends the worker, whatever it is at: who waits for an answer gets an Error. */
  stop(): void {
    this.#stop?.();
    for (const { reject } of this.#calls.values()) reject(new Error("stopped"));
    this.#calls.clear();
  }

  #post(message: ToWorker): void {
    if (this.#send === undefined) this.#held.push(message);
    else this.#send(message);
  }

  #receive(message: FromWorker): void {
    if (!("id" in message)) {
      this.onSaid(message);
      return;
    }
    const waiting = this.#calls.get(message.id);
    if (message.kind === "progress") {
      waiting?.onProgress?.(message.text);
      return;
    }
    this.#calls.delete(message.id);
    if (message.kind === "answer") waiting?.resolve(message.answer);
    else waiting?.reject(new Error(message.message));
  }
}
