import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { freePort } from "../../core/fixtures/free-port.js";
import { decodeMessage, encodeRequest, type JupyterMessage } from "../kernel/jupyter-message.js";

const PROGRAM = fileURLToPath(new URL("../../../bin/kernel.js", import.meta.url));
const KEY = "a key";

/** Starts the kernel as a Jupyter server does, for a notebook outside of the project, and talks to it as a front end does. */
async function startKernel() {
  const folder = await mkdtemp(join(tmpdir(), "pal-lab-live-"));
  const ports = await Promise.all(Array.from({ length: 5 }, freePort));
  const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
  const connection = {
    ...Object.fromEntries(names.map((name, i) => [name, ports[i]])),
    ...{ ip: "127.0.0.1", transport: "tcp", signature_scheme: "hmac-sha256", key: KEY },
  };
  await writeFile(join(folder, "connection.json"), JSON.stringify(connection));
  const packages = join(PROGRAM, "..", "..", "node_modules");
  const child = spawn(process.execPath, [PROGRAM, join(folder, "connection.json")], {
    cwd: folder,
    env: { ...process.env, NODE_PATH: packages, JPY_PARENT_PID: String(process.pid) },
    stdio: "ignore",
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [shell, iopub] = [new Dealer(), new Subscriber()];
  shell.connect(`tcp://127.0.0.1:${ports[0]}`);
  iopub.connect(`tcp://127.0.0.1:${ports[1]}`);
  iopub.subscribe();
  const heard: JupyterMessage[] = [];
  const listen = async (socket: Dealer | Subscriber): Promise<void> => {
    for await (const frames of socket) {
      const message = decodeMessage(KEY, frames);
      if (message !== undefined) heard.push(message);
    }
  };
  for (const socket of [shell, iopub]) void listen(socket).catch(() => undefined);
  const ask = async (type: string, content: object, end: string): Promise<JupyterMessage[]> => {
    const id = crypto.randomUUID();
    await shell.send(encodeRequest(KEY, { id, session: "test", type, content }));
    const mine = (): JupyterMessage[] => heard.filter(({ parentId }) => parentId === id);
    while (!mine().some((message) => message.type === end))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 300)); // tslab aborts what comes sooner after an error
    return mine();
  };
  return {
    folder,
    heard,
    exited,
    run: (code: string) => ask("execute_request", { code }, "execute_reply"),
    ask,
    async end() {
      shell.close();
      iopub.close();
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let kernel: Awaited<ReturnType<typeof startKernel>>;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.ask("kernel_info_request", {}, "kernel_info_reply");
});
afterAll(() => kernel.end());

const content = (messages: readonly JupyterMessage[], type: string): JupyterMessage["content"] | undefined =>
  messages.find((message) => message.type === type)?.content;

test("outside of the project a cell finds our packages and their types", async () => {
  const good = await kernel.run('import { stats } from "pal-lab";\nconsole.log(stats.mean([1, 2]));');
  expect(content(good, "execute_reply")).toMatchObject({ status: "ok" });
  expect(content(good, "stream")).toEqual({ name: "stdout", text: "1.5\n" });
  const wrong = await kernel.run('\nstats.mean("x");');
  expect(content(wrong, "error")).toMatchObject({ ename: "TypeScriptError" });
  expect(String(content(wrong, "error")?.traceback)).toMatch(/> 2 \| stats\.mean\("x"\);/);
});

test("a throw is a Jupyter error with the line that somebody wrote, and the reply has it too", async () => {
  const failed = await kernel.run("interface A { b: number }\n\n\nthrow new RangeError('no');");
  expect(content(failed, "error")).toMatchObject({ ename: "RangeError", evalue: "no" });
  expect(String(content(failed, "error")?.traceback)).toContain("> 4 | throw new RangeError('no');");
  expect(content(failed, "execute_reply")).toMatchObject({
    status: "error",
    ename: "RangeError",
    evalue: "no",
  });
});

test("what is thrown late stands below the cell that made it, with its line", async () => {
  await kernel.run("\nsetTimeout(() => { throw new Error('too late'); }, 20);");
  await expect
    .poll(() => kernel.heard.find((message) => /too late/.test(String(message.content.text)))?.content.text)
    .toMatch(/^thrown where no cell waits: Error: too late\n.*line 2\)/);
});

test("it leaves when the front end says so, whatever timers are left", async () => {
  await kernel.run("setInterval(() => undefined, 1000);");
  await kernel.ask("shutdown_request", { restart: false }, "shutdown_reply");
  expect(await kernel.exited).toBe(0);
});
