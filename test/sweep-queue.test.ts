import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sweep } from "pal-lab";
import { SMALL_SWEEP } from "./small-sweep.js";

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis)
  console.warn("sweep-queue: no redis-server here (apt-get install redis-server); its tests are skipped");

const folder = mkdtempSync(join(tmpdir(), "pal-lab-queue-"));
const file = join(folder, "grid.json");
writeFileSync(file, JSON.stringify(SMALL_SWEEP));
let children: ChildProcess[] = [];
let address = "";
let expected = "";

function redis(port: number, ...options: readonly string[]): ChildProcess {
  const child = spawn("redis-server", ["--port", String(port), "--save", "", "--dir", folder, ...options], {
    stdio: "ignore",
  });
  children.push(child);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Ran {
  readonly code: number | null;
  readonly text: string;
}

function start(
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess & { ended: Promise<Ran> } {
  const child = spawn(process.execPath, ["bin/pal-lab.js", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  children.push(child);
  const ended = once(child, "close").then(([code]): Ran => ({ code: code as number | null, text }));
  return Object.assign(child, { ended });
}
const worker = (...args: string[]) =>
  start(["worker", "--queue", address, "--jobs", "1", "--lock", "2s", ...args]);
const coordinator = (out: string, ...args: string[]) =>
  start(["sweep", file, "--queue", address, "--out", join(folder, out), ...args]);
const results = (out: string): string => readFileSync(join(folder, out, "results.json"), "utf8");

describe.runIf(hasRedis)("a sweep over a queue", () => {
  beforeAll(async () => {
    await sweep(SMALL_SWEEP, { jobs: 2, folder: join(folder, "one") });
    expected = results("one");
  });
  afterEach(async () => {
    const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(running.map((child) => (child.kill("SIGKILL"), once(child, "exit"))));
    children = [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function serve(...options: string[]): Promise<number> {
    const port = await freePort();
    redis(port, ...options);
    address = `redis://127.0.0.1:${port}`;
    while (spawnSync("redis-cli", ["-p", String(port), "ping"]).status !== 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return port;
  }

  test("workers that are killed, frozen and stopped, and a coordinator that starts anew: the bytes of one machine", async () => {
    await serve();
    const first = coordinator("many");
    const [dies, freezes, stops] = [worker(), worker(), worker()];
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 3000)), first.ended]);
    dies.kill("SIGKILL");
    freezes.kill("SIGSTOP");
    stops.kill("SIGTERM");
    first.kill("SIGKILL");
    const [again, helps] = [coordinator("many"), worker()];
    expect(await again.ended).toMatchObject({ code: 0 });
    freezes.kill("SIGCONT");
    helps.kill("SIGTERM");
    expect((await stops.ended).text).toContain("runs done");
    expect(results("many")).toBe(expected);
  });

  test("a server that starts anew, empty, costs time only", async () => {
    const port = await serve();
    const sweeping = coordinator("anew");
    await new Promise((resolve) => setTimeout(resolve, 2500));
    spawnSync("redis-cli", ["-p", String(port), "shutdown", "nosave"]);
    redis(port);
    worker();
    expect(await sweeping.ended).toMatchObject({ code: 0 });
    expect(results("anew")).toBe(expected);
  });

  test("what cannot work is said: no server, a password, a server that forgets, other bits", async () => {
    const none = `redis://127.0.0.1:${await freePort()}`;
    const lost = await start(["worker", "--queue", none]).ended;
    expect(lost).toMatchObject({
      code: 2,
      text: expect.stringContaining("does not answer (ECONNREFUSED)") as string,
    });
    const port = await serve("--requirepass", "secret");
    const unnamed = await coordinator("refused").ended;
    expect(unnamed).toMatchObject({
      code: 2,
      text: expect.stringContaining("asks for a password") as string,
    });
    const shown = await start(["worker", "--queue", `redis://:secret@127.0.0.1:${port}`]).ended;
    expect(shown.code).toBe(2);
    expect(shown.text).toContain("PAL_LAB_QUEUE");
    expect(shown.text).not.toContain("secret");
    const wrong = await start(["worker"], { PAL_LAB_QUEUE: `redis://:guess@127.0.0.1:${port}` }).ended;
    expect(wrong).toMatchObject({
      code: 2,
      text: expect.stringContaining("does not take this password") as string,
    });
    await serve("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
    const forgetful = await worker().ended;
    expect(forgetful.text).toContain("config set maxmemory-policy noeviction");
  });

  test.each([
    ["http://127.0.0.1:1", "--queue must be redis://host:6379"],
    ["127.0.0.1", "--queue must be redis://host:6379"],
  ])("%s is no queue", async (given, said) => {
    const ran = await start(["worker", "--queue", given]).ended;
    expect(ran).toMatchObject({ code: 2, text: expect.stringContaining(said) as string });
  });
});
