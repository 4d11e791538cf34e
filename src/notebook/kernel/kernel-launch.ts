import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { kernelProcessSource } from "./kernel-process.js";
import type { KernelReport, RunnerRequest } from "./kernel-report.js";

/** How to start a kernel. */
export interface KernelOptions {
  /** The kernel's working folder: packages are found from here upwards. */
  readonly folder: string;
  /** Environment variables beside the runner's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Start tslab's JavaScript kernel. Default false. */
  readonly javascript?: boolean;
  /** Characters that a cell may print before the rest is only counted. */
  readonly maxPrinted: number;
}

/** How a kernel's process ended. */
export interface KernelExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what the process itself wrote, beside the cells: Node's last words, for example. */
  readonly lastWords: string;
}

/** Hears what a process writes. */
export type OnText = (name: "stdout" | "stderr", text: string) => void;

/** A Jupyter connection file, as far as used here. */
export interface Connection {
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
}

/** A running kernel process and the pipe beside its Jupyter sockets. */
export interface KernelProcess {
  readonly connection: Connection;
  readonly exited: Promise<KernelExit>;
  /** Starts to hear what the process and its children write beside the cells' own output; call it once. */
  hear(onText: OnText): void;
  /** Starts to hear reports; call it once. */
  listen(onReport: (report: KernelReport) => void): void;
  ask(request: RunnerRequest): void;
  interrupt(): void;
  /** Kills the process and all it started; resolves when it is gone and nothing of it is left. */
  kill(): Promise<void>;
}

/** Starts the process of a kernel; it dies with this one. */
export async function launchKernel(options: KernelOptions): Promise<KernelProcess> {
  const connection = await freeConnection();
  const folder = await mkdtemp(join(tmpdir(), "tslab-kernel-"));
  try {
    const tslab = createRequire(import.meta.url).resolve("tslab/dist/main.js");
    const { javascript = false, maxPrinted } = options;
    const script = join(folder, "kernel.cjs");
    await writeFile(join(folder, "connection.json"), JSON.stringify(connection), { mode: 0o600 });
    await writeFile(script, kernelProcessSource({ tslab, folder, javascript, maxPrinted }));
    const child = spawn(process.execPath, [script], {
      cwd: options.folder,
      env: kernelEnvironment(options.env ?? {}),
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", 2],
    });
    return handle(child, connection, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function handle(child: ChildProcess, connection: Connection, folder: string): KernelProcess {
  const [, stdout, stderr, , reports] = child.stdio as [null, Duplex, Duplex, Duplex, Duplex];
  let lastWords = "";
  let onText: OnText = () => undefined;
  for (const [name, stream] of [
    ["stdout", stdout],
    ["stderr", stderr],
  ] as const) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-4000);
      onText(name, text);
    });
  }
  for (const stream of child.stdio) stream?.on("error", () => undefined);
  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      child.kill(signal);
    }
  };
  const exited = new Promise<KernelExit>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      signalGroup("SIGKILL");
      rm(folder, { recursive: true, force: true }).then(
        () => resolve({ code, signal, lastWords }),
        () => resolve({ code, signal, lastWords }),
      );
    };
    child.once("error", (error) => {
      lastWords = error.message;
      end(null, null);
    });
    child.once("exit", end);
  });
  return {
    connection,
    exited,
    hear: (listener) => void (onText = listener),
    listen: (onReport) => readLines(reports, (line) => onReport(JSON.parse(line) as KernelReport)),
    ask: (request) => void reports.write(`${JSON.stringify(request)}\n`),
    interrupt: () => void child.kill("SIGINT"),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) signalGroup("SIGKILL");
      await exited;
      for (const stream of child.stdio) stream?.destroy();
    },
  };
}

function readLines(stream: Duplex, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
}

/** Colour codes have no place in a saved notebook, whatever the runner's own terminal can show. */
function kernelEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", NOTEBOOK_PROGRESS_FD: "5" };
  delete environment.FORCE_COLOR;
  return { ...environment, ...extra };
}

async function freeConnection(): Promise<Connection & Record<string, unknown>> {
  const servers = await Promise.all(Array.from({ length: 5 }, listen));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [shell_port = 0, iopub_port = 0, stdin_port = 0, control_port = 0, hb_port = 0] = ports;
  return {
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
    ...{ ip: "127.0.0.1", transport: "tcp", signature_scheme: "hmac-sha256", key: crypto.randomUUID() },
  };
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
