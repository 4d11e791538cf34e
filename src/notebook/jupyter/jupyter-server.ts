import { spawn } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { delimiter, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { JupyterApp } from "./find-jupyter.js";

/** How to start a server. */
export interface ServerOptions {
  readonly app: JupyterApp;
  /** Folder that has the kernel spec; the server's own files go there too. */
  readonly folder: string;
  /** Folder that the front end shows. */
  readonly root: string;
  /** A notebook below `root` to open; default: the folder. */
  readonly notebook?: string;
  /** Let Jupyter open the browser. */
  readonly openBrowser: boolean;
  /** Ends the server. */
  readonly signal: AbortSignal;
  /** Hears what the server says of itself. */
  readonly onOutput: (text: string) => void;
}

/** A server that answers. */
export interface JupyterServer {
  /** Address of the front end on this machine, with its token. */
  readonly address: string;
  /** Resolves with the exit code when the server and its kernels have ended; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** How long a server may take to listen, and to end its kernels, in milliseconds. */
const START_MS = 60_000;
const END_MS = 10_000;

/**
 * Starts a Jupyter server on this machine's loopback address, with its own token, and waits until it listens.
 * @throws Error with the server's last words when it ends instead
 */
export async function startJupyter(options: ServerOptions): Promise<JupyterServer> {
  const { app, folder, root, notebook, signal, onOutput } = options;
  const runtime = join(folder, "runtime");
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const [program, ...first] = app.command;
  const child = spawn(program, [...first, ...argumentsOf(options)], {
    cwd: root,
    env: {
      ...process.env,
      JUPYTER_PATH: paths(folder, process.env.JUPYTER_PATH),
      JUPYTER_RUNTIME_DIR: runtime,
    },
    // a group of its own: Ctrl-C comes to us, and we end it in order
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let lastWords = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-2000);
      onOutput(text);
    });
  const kill = (how: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // it has ended
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      kill("SIGKILL");
      resolve(code);
    });
  });
  const end = (): void => {
    if (child.pid !== undefined) process.kill(child.pid, "SIGTERM");
    setTimeout(kill, END_MS, "SIGKILL").unref();
  };
  const onExit = (): void => kill("SIGKILL");
  process.once("exit", onExit);
  process.once("SIGHUP", end);
  signal.addEventListener("abort", end, { once: true });
  ended
    .catch(() => undefined)
    .finally(() => {
      process.removeListener("exit", onExit);
      process.removeListener("SIGHUP", end);
      signal.removeEventListener("abort", end);
    });
  if (signal.aborted) end();
  const address = await Promise.race([addressOf(runtime, child.pid ?? 0), ended.then(() => undefined)]);
  if (address === undefined) throw new Error(`${app.name} ended before it listened:\n${lastWords.trim()}`);
  const view = notebook === undefined ? "" : relative(root, notebook).split("\\").join("/");
  return { address: page(address, app, view), ended };
}

function argumentsOf({ app, root, notebook, openBrowser }: ServerOptions): string[] {
  const isClassic = app.name === "Jupyter Notebook" && Number.parseInt(app.version) < 7;
  return [
    "--ip=127.0.0.1",
    isClassic ? `--NotebookApp.notebook_dir=${root}` : `--ServerApp.root_dir=${root}`,
    ...(openBrowser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ...(notebook === undefined ? [] : [notebook]),
  ];
}

/** A server writes its address and token into a file of its runtime folder once it listens. */
async function addressOf(runtime: string, pid: number): Promise<URL | undefined> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    const name = (await readdir(runtime)).find((file) => file.endsWith(`server-${pid}.json`));
    const text = name === undefined ? "" : await readFile(join(runtime, name), "utf8");
    try {
      const { url, token } = JSON.parse(text) as { readonly url: string; readonly token: string };
      return new URL(`?token=${token}`, url);
    } catch {
      await sleep(100); // not there, or half written
    }
  }
  return undefined;
}

/** The address of a notebook, or of the folder, in a front end. */
function page(server: URL, app: JupyterApp, notebook: string): string {
  const [folders, notebooks] = app.name === "JupyterLab" ? ["lab", "lab/tree/"] : ["tree", "notebooks/"];
  return `${new URL(notebook === "" ? folders : notebooks + notebook, server).href}${server.search}`;
}

function paths(first: string, rest: string | undefined): string {
  return rest === undefined || rest === "" ? first : `${first}${delimiter}${rest}`;
}
