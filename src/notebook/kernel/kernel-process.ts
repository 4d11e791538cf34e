import type * as AsyncHooks from "node:async_hooks";
import type * as Fs from "node:fs";
import type * as Module from "node:module";
import type * as Net from "node:net";
import type * as Util from "node:util";
import type * as Workers from "node:worker_threads";
import { leanCompiler } from "./lean-compiler.js";
import type { ErrorReport, KernelReport, RunnerRequest } from "./kernel-report.js";

/** What the kernel's process needs to know. */
export interface KernelProcessOptions {
  /** Full path of tslab's `dist/main.js`. */
  readonly tslab: string;
  /** Folder of the connection file; the process deletes it as soon as the file is read. */
  readonly folder: string;
  readonly javascript: boolean;
  /** Characters a cell may print before the rest is counted instead of sent. */
  readonly maxPrinted: number;
}

type StreamName = "stdout" | "stderr";
type WriteStream = (name: StreamName, text: string) => void;
type WriteDisplay = (content: unknown, update: unknown) => void;
type Report = (report: KernelReport) => void;
/** The part of tslab's request handler that is wrapped; `requestId` is the runner's own addition. */
interface Handler {
  handleExecute(
    request: { readonly requestId?: string },
    write: WriteStream,
    display: WriteDisplay,
  ): Promise<unknown>;
}
/** Where the output of one execution goes. */
interface Origin {
  readonly request: string;
  readonly print: WriteStream;
  readonly flush: () => void;
  readonly display: WriteDisplay;
}
interface Jupyter {
  readonly JupyterHandlerImpl: { readonly prototype: Handler };
  readonly ZmqServer: { readonly prototype: { init(): Promise<void> } };
}
interface ZeroMq {
  Publisher: new (settings: object) => { send(parts: unknown): Promise<void> };
}
interface Origins {
  current(): Origin | undefined;
  /** Sends what executions hold back. */
  flush(): void;
}

/**
 * The program of a kernel's process: tslab, and around it what tslab lacks. It is started from the text of the
 * functions in this file and of leanCompiler, so they use nothing but each other, their arguments and Node.
 *
 * - It dies with its runner, whatever the notebook's code is doing (pipe 3 closes).
 * - It reports errors with name, message and stack, and throws that no cell waits for (pipe 4).
 * - It sends what code prints or displays late under the cell that made it (asynchronous context).
 * - It counts what a cell prints beyond a limit, instead of sending it.
 */
export function kernelProcessSource(options: KernelProcessOptions): string {
  const parts = [
    ...[kernelMain, watchRunner, openReport, trackOrigins, boundedPrint, queuePublisher],
    ...[describeThrown, describeDiagnostic, answerRunner, leanCompiler],
  ];
  const { tslab } = options;
  const calls = [
    `leanCompiler(require("node:module").createRequire(${JSON.stringify(tslab)}));`,
    `kernelMain(require, ${JSON.stringify(options)});`,
  ];
  return `${[...parts, ...calls].map(String).join("\n")}\n`;
}

function kernelMain(require: NodeJS.Require, options: KernelProcessOptions): void {
  const fs = require("node:fs") as typeof Fs;
  const util = require("node:util") as typeof Util;
  watchRunner(require, options.folder);
  const report = openReport(fs);
  const tslabRequire = (require("node:module") as typeof Module).createRequire(options.tslab);
  const { JupyterHandlerImpl, ZmqServer } = tslabRequire("./jupyter.js") as Jupyter;
  const init = ZmqServer.prototype.init;
  // A request that comes while the sockets are being bound breaks tslab's loop (EBUSY): say when they are.
  ZmqServer.prototype.init = async function (): Promise<void> {
    await init.call(this);
    report({ event: "listening" });
  };
  const origins = trackOrigins(require, JupyterHandlerImpl.prototype, { report, limit: options.maxPrinted });

  queuePublisher(tslabRequire("zeromq") as ZeroMq, origins);

  // tslab's executor prints a cell's errors with the console.error of the moment it is created.
  const consoleError = console.error;
  console.error = (...args: unknown[]): void => {
    const error = args.length === 5 ? describeDiagnostic(args) : describeThrown(util, args[0]);
    report({ event: "cell-error", request: origins.current()?.request ?? "", error });
  };
  const { startKernel } = tslabRequire(options.tslab) as { startKernel(settings: object): void };
  const configPath = `${options.folder}/connection.json`;
  startKernel({ configPath, enableFindLocal: false, jsKernel: options.javascript });
  console.error = consoleError;
  fs.rmSync(options.folder, { recursive: true, force: true });

  for (const kind of ["uncaughtException", "unhandledRejection"] as const) {
    process.removeAllListeners(kind);
    process.on(kind, (thrown: unknown) => {
      const request = origins.current()?.request ?? "";
      report({ event: "stray-error", kind, request, error: describeThrown(util, thrown) });
    });
  }
  answerRunner(require, report);
}

/** Kills this process and all it started when the runner's end of pipe 3 closes, also while a cell blocks the thread. */
function watchRunner(require: NodeJS.Require, folder: string): void {
  const { Worker } = require("node:worker_threads") as typeof Workers;
  const code = `
    const socket = new (require("node:net").Socket)({ fd: 3, writable: false });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      try { require("node:fs").rmSync(${JSON.stringify(folder)}, { recursive: true, force: true }); } catch {}
      try { process.kill(-process.pid, "SIGKILL"); } catch { process.kill(process.pid, "SIGKILL"); }
    });
    socket.resume();`;
  new Worker(code, { eval: true, execArgv: [], env: {} }).unref();
}

/** Writes reports to pipe 4 at once, so that one made just before the process ends arrives. */
function openReport(fs: typeof Fs): Report {
  return (content) => {
    const line = Buffer.from(`${JSON.stringify(content)}\n`);
    const deadline = performance.now() + 5000;
    for (let sent = 0; sent < line.length && performance.now() < deadline;) {
      try {
        sent += fs.writeSync(4, line, sent);
      } catch (error) {
        if ((error as { code?: string }).code !== "EAGAIN") return;
      }
    }
  };
}

/**
 * Makes tslab run each execution in an asynchronous context of its own, in which all that its code starts finds where
 * its output belongs; tslab alone sends everything under the latest execution.
 */
export function trackOrigins(
  require: NodeJS.Require,
  handler: Handler,
  settings: { readonly report: Report; readonly limit: number },
): Origins {
  const { AsyncLocalStorage } = require("node:async_hooks") as typeof AsyncHooks;
  const context = new AsyncLocalStorage<Origin>();
  const all: Origin[] = [];
  const execute = handler.handleExecute;
  handler.handleExecute = function (request, write, display): Promise<unknown> {
    const id = request.requestId ?? "";
    const bounded = boundedPrint(write, settings.limit, (characters) =>
      settings.report({ event: "truncated", request: id, characters }),
    );
    const origin: Origin = { request: id, ...bounded, display };
    all.push(origin);
    const writeHere: WriteStream = (name, text) => (context.getStore() ?? origin).print(name, text);
    const displayHere: WriteDisplay = (content, update) =>
      (context.getStore() ?? origin).display(content, update);
    return context.run(origin, () => execute.call(this, request, writeHere, displayHere));
  };
  return {
    current: () => context.getStore() ?? all.at(-1),
    flush: () => {
      for (const origin of all) origin.flush();
    },
  };
}

/**
 * Sends the first two hundred pieces of text one by one, later ones in blocks, and beyond `limit` characters only counts.
 * `onDropped` hears the count when it starts and, by `flush`, when it has grown.
 */
function boundedPrint(
  write: WriteStream,
  limit: number,
  onDropped: (characters: number) => void,
): { readonly print: WriteStream; readonly flush: () => void } {
  let pieces = 0;
  let printed = 0;
  let dropped = 0;
  let reported = 0;
  let held: { readonly name: StreamName; readonly text: string } | undefined;
  const send = (): void => {
    const block = held;
    held = undefined;
    if (block !== undefined) write(block.name, block.text);
  };
  const flush = (): void => {
    send();
    if (dropped > reported) onDropped((reported = dropped));
  };
  const print = (name: StreamName, text: string): void => {
    const kept = text.slice(0, Math.max(0, limit - printed));
    printed += kept.length;
    dropped += text.length - kept.length;
    if (dropped > 0 && reported === 0) onDropped((reported = dropped));
    if (kept === "") return;
    if (held?.name !== name) send();
    if (held === undefined) setTimeout(flush, 20).unref();
    held = { name, text: (held?.text ?? "") + kept };
    if (pieces++ < 200 || held.text.length > 8192) send();
  };
  return { print, flush };
}

/**
 * Makes the socket for output take any number of messages. As it comes it drops what exceeds a high-water mark, and
 * refuses (EBUSY) the 513th message of one turn of the event loop; tslab notices neither.
 */
export function queuePublisher(zmq: ZeroMq, origins: Origins): void {
  const mostInTurn = 400;
  zmq.Publisher = class extends zmq.Publisher {
    #inTurn = 0;
    readonly #queue: unknown[] = [];

    constructor(settings: object) {
      super({ ...settings, sendHighWaterMark: 0 });
    }

    override send(parts: unknown): Promise<void> {
      origins.flush();
      this.#queue.push(parts);
      this.#sendSome();
      return Promise.resolve();
    }

    #sendSome(): void {
      if (this.#inTurn === 0 && this.#queue.length > 0)
        setImmediate(() => {
          this.#inTurn = 0;
          this.#sendSome();
        });
      while (this.#inTurn < mostInTurn && this.#queue.length > 0) {
        this.#inTurn++;
        super.send(this.#queue.shift()).catch(() => undefined);
      }
    }
  };
}

export function describeThrown(util: typeof Util, thrown: unknown): ErrorReport {
  const most = 100_000;
  try {
    const { name, message } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Partial<Error>;
    const text = (util.types.isNativeError(thrown) ? "" : "thrown: ") + util.inspect(thrown).slice(0, most);
    if (typeof message !== "string") return { name: "Error", message: text.slice(0, 1000), text };
    return { name: String(name ?? "Error"), message: message.slice(0, most), text };
  } catch {
    return { name: "Error", message: "something that cannot be printed was thrown", text: "" };
  }
}

/** tslab prints a compiler message as a format and file, line, column, text. */
export function describeDiagnostic([, file, line, column, message]: unknown[]): ErrorReport {
  const place = `${String(file)}${String(line)}:${String(column)}`;
  const text = `${place} - ${String(message)}`;
  const where = file === "" ? { line: Number(line) } : {};
  return { name: "TypeScriptError", message: text, text, ...where };
}

function answerRunner(require: NodeJS.Require, report: Report): void {
  const { Socket } = require("node:net") as typeof Net;
  const pending = (): boolean =>
    process.getActiveResourcesInfo().some((kind) => /^(Timeout|Immediate|FSReq)/.test(kind));
  const settle = (id: number, waitMs: number): void => {
    const deadline = performance.now() + waitMs;
    const check = (): void => {
      if (!pending() || performance.now() >= deadline) report({ event: "settled", id });
      else setTimeout(check, 5).unref();
    };
    setImmediate(check);
  };
  const answer = (request: RunnerRequest): void => {
    if (request.ask === "exit") process.exit(0);
    else settle(request.id, request.waitMs);
  };
  const socket = new Socket({ fd: 4, readable: true, writable: false });
  let rest = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) answer(JSON.parse(line) as RunnerRequest);
  });
  socket.unref();
}
