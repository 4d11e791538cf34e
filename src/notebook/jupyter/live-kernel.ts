import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import util from "node:util";
import vm from "node:vm";
import { Worker } from "node:worker_threads";
import {
  describeDiagnostic,
  describeThrown,
  queuePublisher,
  trackOrigins,
} from "../kernel/kernel-process.js";
import type { ErrorReport } from "../kernel/kernel-report.js";
import { CellLines } from "./cell-lines.js";
import { extendCompiler } from "./extend-compiler.js";
import { liveError, liveStack } from "./live-error.js";

/** How to start a kernel for a front end. */
export interface LiveKernelOptions {
  /** Jupyter's connection file. */
  readonly connectionFile: string;
  /** Folder whose `node_modules` have what the notebook's own folders do not. */
  readonly packages: string;
}

/** A message of tslab's. */
interface Message {
  readonly header: { msg_type: string };
  content: object;
  createReply(): Message;
  signAndSend(key: string, socket: unknown): void;
}

interface Server {
  readonly connInfo: { readonly key: string };
  readonly iopub: unknown;
  handleExecute(socket: unknown, message: Message): Promise<void>;
  close(): void;
}

interface Handler {
  /** Number of the execution that runs. */
  readonly execCount: number;
  handleExecute(request: { readonly code: string }, ...rest: unknown[]): Promise<{ readonly status: string }>;
}

/** The parts of tslab that are extended. */
interface Jupyter {
  readonly JupyterHandlerImpl: { readonly prototype: Handler };
  readonly ZmqServer: { readonly prototype: Server };
}

/** The execution that code belongs to. */
interface Execution {
  readonly publish: (type: string, content: object) => void;
  readonly errors: ErrorReport[];
  handler?: Handler;
}

/**
 * Makes this process a kernel: tslab, with what a front end misses in it. A cell's error is a Jupyter error with its name,
 * its message, the line that somebody wrote and a hint; late output stands below the cell that made it; packages of ours are
 * found from any folder; and the kernel ends with the server that started it.
 */
export function runLiveKernel({ connectionFile, packages }: LiveKernelOptions): void {
  endWithServer();
  const main = createRequire(import.meta.url).resolve("tslab/dist/main.js");
  const require = createRequire(main);
  const lines = new CellLines();
  extendCompiler(require, { folder: process.cwd(), packages, lines });
  const jupyter = require("./jupyter.js") as Jupyter;
  const { prototype: handler } = jupyter.JupyterHandlerImpl;
  const origins = trackOrigins(require, handler as unknown as Parameters<typeof trackOrigins>[1], {
    report: () => undefined,
    limit: Infinity,
  });
  queuePublisher(require("zeromq") as Parameters<typeof queuePublisher>[0], origins);
  const executions = new AsyncLocalStorage<Execution>();
  publishErrors(jupyter, executions, lines);
  nameScripts(executions, lines);
  exitOnShutdown(jupyter.ZmqServer.prototype);

  // tslab's executor prints a cell's errors with the console.error of the moment it is created.
  const consoleError = console.error;
  console.error = (...args: unknown[]): void => {
    const error = args.length === 5 ? describeDiagnostic(args) : describeThrown(util, args[0]);
    executions.getStore()?.errors.push(error);
  };
  const { startKernel } = require(main) as { startKernel(settings: object): void };
  startKernel({ configPath: connectionFile, enableFindLocal: false });
  console.error = consoleError;
  // JupyterLab asks for a history, which tslab has not: no reason for a warning below somebody's cell
  const { warn } = console;
  console.warn = (...args: unknown[]): void => {
    if (args[0] !== "unknown msg_type: history_request") warn(...args);
  };

  for (const kind of ["uncaughtException", "unhandledRejection"] as const) {
    process.removeAllListeners(kind);
    process.on(kind, (thrown: unknown) => {
      const why =
        kind === "uncaughtException" ? "thrown where no cell waits" : "a promise that no cell awaits failed";
      const [first = "", ...frames] = liveStack(describeThrown(util, thrown).text, lines);
      origins.current()?.print("stderr", [`${why}: ${first}`, ...frames, ""].join("\n"));
    });
  }
}

/** Sends a cell's error as Jupyter's `error` message, and with the reply; tslab sends neither. */
function publishErrors(jupyter: Jupyter, executions: AsyncLocalStorage<Execution>, lines: CellLines): void {
  const { prototype: server } = jupyter.ZmqServer;
  const { prototype: handler } = jupyter.JupyterHandlerImpl;
  const { handleExecute: answer } = server;
  server.handleExecute = function (socket, message): Promise<void> {
    const publish = (type: string, content: object): void => {
      const sent = message.createReply();
      sent.header.msg_type = type;
      sent.content = content;
      sent.signAndSend(this.connInfo.key, this.iopub);
    };
    return executions.run({ publish, errors: [] }, () => answer.call(this, socket, message));
  };
  const { handleExecute: execute } = handler;
  handler.handleExecute = async function (request, ...rest): Promise<{ readonly status: string }> {
    const execution = executions.getStore();
    if (execution !== undefined) execution.handler = this;
    const reply = await execute.call(this, request, ...rest);
    if (reply.status !== "error" || execution === undefined) return reply;
    const cell = (reply as { readonly execution_count?: number }).execution_count ?? this.execCount;
    const error = liveError(execution.errors, { cell, source: request.code, lines });
    execution.publish("error", error);
    return { ...reply, ...error };
  };
}

/** Gives the script of each cell a name of its own, so that a frame in a stack says which cell it lies in. */
function nameScripts(executions: AsyncLocalStorage<Execution>, lines: CellLines): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const handler = executions.getStore()?.handler;
    if (handler === undefined || typeof options !== "object")
      return runInThisContext(code, options) as unknown;
    return runInThisContext(code, { ...options, filename: lines.keep(handler.execCount) }) as unknown;
  };
}

/** Leaves when the front end says so, whatever timers a notebook has left. */
function exitOnShutdown(server: Server): void {
  const { close } = server;
  server.close = function (): void {
    close.call(this);
    setTimeout(() => process.exit(0), 100);
  };
}

/** Ends this process when the server that started it is gone, also while a cell blocks the thread. */
function endWithServer(): void {
  const parent = process.ppid;
  if (Number(process.env.JPY_PARENT_PID) !== parent) return;
  const watch = `setInterval(() => { if (process.ppid !== ${parent}) process.kill(process.pid, "SIGKILL"); }, 500)`;
  new Worker(watch, { eval: true, execArgv: [] }).unref();
}
