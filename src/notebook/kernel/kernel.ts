import { setTimeout as sleep } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { messageOf } from "../../core/index.js";
import { decodeMessage, encodeRequest } from "./jupyter-message.js";
import type { JupyterMessage } from "./jupyter-message.js";
import { launchKernel } from "./kernel-launch.js";
import type { KernelExit, KernelOptions, KernelProcess } from "./kernel-launch.js";
import type { KernelReport } from "./kernel-report.js";

const startTimeoutMs = 60_000;
/** How long what a dead kernel has sent may still be on its way. */
const lastOutputMs = 250;

/** The kernel's process ended before it was asked to. */
export class KernelDiedError extends Error {
  override readonly name: string = "KernelDiedError";
  readonly exit: KernelExit;

  constructor(exit: KernelExit) {
    const how = exit.signal === null ? `exit code ${exit.code}, as by process.exit` : `signal ${exit.signal}`;
    super(`the kernel died (${how})`);
    this.exit = exit;
  }
}

/** Hears what a kernel sends beside replies, in the order in which it was sent. */
export interface KernelListener {
  /** Output and status, with the request it belongs to. */
  onMessage(message: JupyterMessage): void;
  /** What the kernel's process and its children write to their own standard output and error, as `writeSync(1, …)` does. */
  onText(name: "stdout" | "stderr", text: string): void;
  /** Errors and truncations, with the request they belong to. */
  onReport(report: KernelReport): void;
}

/** A fresh tslab kernel in a process of its own, spoken to by the Jupyter protocol over zeromq. */
export class Kernel {
  readonly #process: KernelProcess;
  readonly #listener: KernelListener;
  readonly #shell = new Dealer({ linger: 0 });
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #session: string = crypto.randomUUID();
  readonly #replies = new Map<string, (message: JupyterMessage) => void>();
  readonly #idle = new Map<string, () => void>();
  readonly #settled = new Map<number, () => void>();
  #reading: Promise<unknown> = Promise.resolve();
  #settles = 0;
  #onListening: (problem?: string) => void = () => undefined;
  readonly #listening = new Promise<void>((resolve, reject) => {
    this.#onListening = (problem) =>
      problem === undefined ? resolve() : reject(new Error(`the kernel did not start: ${problem}`));
  });

  private constructor(process: KernelProcess, listener: KernelListener) {
    this.#process = process;
    this.#listener = listener;
    process.hear((name, text) => listener.onText(name, text));
    process.listen((report) => this.#hear(report));
  }

  /**
   * Starts a kernel and waits until it answers on both sockets.
   * @throws KernelDiedError when it ends instead; whatever `signal` was aborted with
   */
  static async start(
    options: KernelOptions,
    listener: KernelListener,
    signal?: AbortSignal,
  ): Promise<Kernel> {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const kernel = new Kernel(await launchKernel(options), listener);
      try {
        await kernel.#connect(signal);
        return kernel;
      } catch (error) {
        await kernel.close();
        const isPortTaken = /EADDRINUSE|Address already in use/.test(messageOf(error));
        if (attempt >= 3 || !isPortTaken) throw error;
      }
    }
  }

  /** Settles when the process has ended, however it did. */
  get exited(): Promise<KernelExit> {
    return this.#process.exited;
  }

  /**
   * Runs code.
   * @param id of the request; what the code prints, now or later, carries it
   * @returns the reply's status, when all that was sent before it has been heard
   * @throws KernelDiedError
   */
  async execute(id: string, code: string): Promise<string> {
    const idle = new Promise<void>((resolve) => this.#idle.set(id, resolve));
    const options = { silent: false, store_history: true, allow_stdin: false, stop_on_error: false };
    const reply = await this.#request("execute_request", { code, ...options, requestId: id }, id);
    await this.#orDeath(idle);
    return typeof reply.content.status === "string" ? reply.content.status : "error";
  }

  /**
   * Resolves when the kernel's event loop has turned with no timer and no file operation left, or after `waitMs`; by
   * then all output and every report of what happened before has been heard.
   * @throws KernelDiedError
   */
  async settle(waitMs: number): Promise<void> {
    const id = ++this.#settles;
    const settled = new Promise<void>((resolve) => this.#settled.set(id, resolve));
    this.#process.ask({ ask: "settle", id, waitMs });
    await this.#orDeath(settled);
    await this.#drain();
  }

  /** Asks the running code to stop (SIGINT); tslab stops a blocking loop or an await, not a loop after an await. */
  interrupt(): void {
    this.#process.interrupt();
  }

  /** Ends the process, politely for `politeMs` (exit handlers run), then by force, and frees everything. */
  async close(politeMs = 0): Promise<void> {
    if (politeMs > 0) {
      this.#process.ask({ ask: "exit" });
      const late = new AbortController();
      await Promise.race([
        this.#process.exited,
        sleep(politeMs, undefined, { signal: late.signal }).catch(() => 0),
      ]);
      late.abort();
    }
    await this.#process.kill();
    this.#shell.close();
    this.#iopub.close();
    await this.#reading;
  }

  async #connect(signal?: AbortSignal): Promise<void> {
    const { shell_port, iopub_port } = this.#process.connection;
    await this.#whenListening(signal);
    let isHeard = false;
    this.#shell.connect(`tcp://127.0.0.1:${shell_port}`);
    this.#iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    this.#iopub.subscribe();
    this.#reading = Promise.all([
      this.#read(this.#shell, (message) => this.#replies.get(message.parentId ?? "")?.(message)),
      this.#read(this.#iopub, (message) => {
        isHeard = true;
        this.#route(message);
      }),
    ]);
    while (!isHeard) {
      await this.#request("kernel_info_request", {}, crypto.randomUUID());
      if (!isHeard) await sleep(5);
    }
  }

  async #whenListening(signal?: AbortSignal): Promise<void> {
    let stop: (reason: Error) => void = () => undefined;
    const stopped = new Promise<never>((_, reject) => (stop = reject));
    const interrupt = (): void => stop(new Error("interrupted"));
    const timer = setTimeout(() => stop(new Error("the kernel did not start in 60 s")), startTimeoutMs);
    signal?.addEventListener("abort", interrupt);
    if (signal?.aborted === true) interrupt();
    try {
      await this.#orDeath(Promise.race([this.#listening, stopped]));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
    }
  }

  /** Output has a socket of its own: what was sent before an idle status there has arrived when the status has. */
  async #drain(): Promise<void> {
    const id = crypto.randomUUID();
    const idle = new Promise<void>((resolve) => this.#idle.set(id, resolve));
    await this.#request("kernel_info_request", {}, id);
    await this.#orDeath(idle);
  }

  async #read(socket: Dealer | Subscriber, onMessage: (message: JupyterMessage) => void): Promise<void> {
    for await (const frames of socket) {
      const message = decodeMessage(this.#process.connection.key, frames);
      if (message !== undefined) onMessage(message);
    }
  }

  #route(message: JupyterMessage): void {
    const id = message.parentId ?? "";
    if (message.type !== "status") return this.#listener.onMessage(message);
    if (message.content.execution_state !== "idle") return;
    this.#idle.get(id)?.();
    this.#idle.delete(id);
  }

  #hear(report: KernelReport): void {
    if (report.event === "settled") {
      this.#settled.get(report.id)?.();
      this.#settled.delete(report.id);
    } else if (report.event === "listening") this.#onListening();
    else if (report.event === "stray-error" && report.request === "") this.#onListening(report.error.text);
    else this.#listener.onReport(report);
  }

  async #request(type: string, content: object, id: string): Promise<JupyterMessage> {
    const reply = new Promise<JupyterMessage>((resolve) => this.#replies.set(id, resolve));
    try {
      const request = { id, session: this.#session, type, content };
      await this.#shell.send(encodeRequest(this.#process.connection.key, request));
      return await this.#orDeath(reply);
    } finally {
      this.#replies.delete(id);
    }
  }

  #orDeath<T>(work: Promise<T>): Promise<T> {
    return Promise.race([
      work,
      this.#process.exited.then(async (exit) => {
        await sleep(lastOutputMs);
        throw new KernelDiedError(exit);
      }),
    ]);
  }
}
