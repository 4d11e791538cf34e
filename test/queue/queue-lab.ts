import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { study } from "pal-lab";
import { freePort } from "../../src/core/fixtures/free-port.js";
import { ownProof } from "../../src/evaluate/sweep/queue/proof.js";

/** Whether a Redis server can be started here; where not, tests of queues are skipped, and this says so. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis)
  console.warn("no redis-server here (apt-get install redis-server): tests of queues are skipped");

/** How a process ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** A process that was started, what it printed so far, and its end. */
export interface Running {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly ended: Promise<Ended>;
}

/** A folder with one sweep, a Redis server of its own, and the processes of the command line that work on them. */
export class QueueLab {
  readonly folder = mkdtempSync(join(tmpdir(), "pal-lab-queue-"));
  readonly #config = join(this.folder, "grid.json");
  #started: ChildProcess[] = [];
  #port = 0;

  constructor(config: study.SweepConfig) {
    writeFileSync(this.#config, JSON.stringify(config));
  }

  get address(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts a server on a free port, or again on its old one. */
  async serve(options: readonly string[] = [], port?: number): Promise<void> {
    this.#port = port ?? (await freePort());
    const data = join(this.folder, "redis");
    mkdirSync(data, { recursive: true });
    const args = ["--port", String(this.#port), "--save", "", "--dir", data, ...options];
    this.#started.push(spawn("redis-server", args, { stdio: "ignore" }));
    await until(() => spawnSync("redis-cli", ["-p", String(this.#port), "ping"]).status === 0);
  }

  /** Ends the server as `how` says; what it holds is saved only by an append-only file. */
  async stopServer(): Promise<void> {
    spawnSync("redis-cli", ["-p", String(this.#port), "shutdown", "nosave", "force"]);
    await until(() => spawnSync("redis-cli", ["-p", String(this.#port), "ping"]).status !== 0);
  }

  /** The sweep's configuration. */
  get config(): string {
    return this.#config;
  }

  /** Any command, ended with the others. */
  spawn(command: string, args: readonly string[]): Running {
    return this.#follow(spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] }));
  }

  start(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    entry = "bin/pal-lab.js",
  ): Running {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return this.#follow(child);
  }

  #follow(child: ChildProcess): Running {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (text += String(chunk)));
    this.#started.push(child);
    const ended = once(child, "close").then(([code]): Ended => ({ code: code as number | null, text }));
    return { child, printed: () => text, ended };
  }

  /** A worker that takes runs already. */
  async worker(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const running = this.start(
      ["worker", "--queue", this.address, "--jobs", "1", "--lock", "2s", ...args],
      env,
    );
    await until(() => running.printed().includes("takes runs from") || running.child.exitCode !== null);
    return running;
  }

  coordinator(out: string, ...args: readonly string[]): Running {
    return this.start([
      "sweep",
      this.#config,
      "--queue",
      this.address,
      "--out",
      join(this.folder, out),
      ...args,
    ]);
  }

  /** Waits until so many runs are kept in a folder. */
  async kept(out: string, runs: number): Promise<void> {
    const folder = join(this.folder, out, "runs");
    await until(
      () =>
        existsSync(folder) && readdirSync(folder).filter((name) => /^\w.*json$/.test(name)).length >= runs,
    );
  }

  results(out: string): string {
    return readFileSync(join(this.folder, out, "results.json"), "utf8");
  }

  /** A file with what a thread runs in place of our own. */
  script(text: string): URL {
    const path = join(this.folder, `script-${randomUUID()}.mjs`);
    writeFileSync(path, text);
    return pathToFileURL(path);
  }

  /** Ends every process, however it stands. */
  async end(): Promise<void> {
    const running = this.#started.filter((child) => child.exitCode === null && child.signalCode === null);
    this.#started = [];
    await Promise.all(running.map((child) => (child.kill("SIGKILL"), once(child, "exit"))));
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a thread runs that answers every job alike. */
export function answering(answer: string): string {
  return `import { parentPort } from "node:worker_threads";\nparentPort.on("message", () => parentPort.postMessage(${answer}));\n`;
}

/** A machine that computes wrongly. */
export const ANSWERS_WRONGLY = answering(`{ result: { rows: [{ accuracy: 0.123 }], data: [] } }`);

let proof: Promise<string> | undefined;
/** The proof of this machine's bits. */
export function proofHere(): Promise<string> {
  return (proof ??= ownProof());
}

/** Looks again and again until something is so; a test's own limit ends what never is. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(30);
}
