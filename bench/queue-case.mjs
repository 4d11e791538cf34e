// What a queue costs: many short runs by a worker process over Redis, beside the same threads in one process.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sweep } from "../dist/index.js";

const THREADS = 2;
/** 1000 runs of about 20 ms on one thread. */
const CONFIG = {
  experiment: "simulation",
  base: {
    ...{
      dimension: 8,
      usersPerPrototype: 20,
      comparisonsPerUser: 60,
      validationPerUser: 10,
      testPerUser: 10,
    },
    ...{ epochs: 20, batchSize: 64 },
  },
  grid: { kStar: [1, 2], k: [1, 2] },
  seeds: Array.from({ length: 250 }, (_, i) => i + 1),
};
const COMMAND = fileURLToPath(new URL("../bin/pal-lab.js", import.meta.url));

export const QUEUE_CASE = { id: "sweep-queue", kind: "queue", unit: "the whole sweep" };

/** Runs the sweep both ways and says what the queue added; the results must be the same bytes. @returns no rows: no peer computes this */
export async function runQueueCase({ options, say }) {
  if (options.check) return [];
  if (spawnSync("redis-server", ["--version"]).status !== 0) {
    say(`${QUEUE_CASE.id}: skipped, no redis-server here (apt-get install redis-server)`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-bench-"));
  const children = [];
  try {
    const port = await freePort();
    children.push(
      spawn("redis-server", ["--port", port, "--save", "", "--dir", folder], { stdio: "ignore" }),
    );
    while (spawnSync("redis-cli", ["-p", port, "ping"]).status !== 0) await sleep(50);
    const queue = `redis://127.0.0.1:${port}`;
    const alone = await timed(() => sweep(CONFIG, { jobs: THREADS, folder: join(folder, "one") }));
    const worker = spawn(process.execPath, [COMMAND, "worker", "--queue", queue, "--jobs", THREADS], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    children.push(worker);
    await once(worker.stderr, "data"); // it takes runs
    const queued = await timed(() => sweep(CONFIG, { queue, folder: join(folder, "queue") }));
    const [one, other] = ["one", "queue"].map((name) =>
      readFileSync(join(folder, name, "results.json"), "utf8"),
    );
    if (one !== other) throw new Error(`${QUEUE_CASE.id}: the results differ`);
    const runs = CONFIG.seeds.length * CONFIG.grid.kStar.length * CONFIG.grid.k.length;
    say(
      `${QUEUE_CASE.id}: ${runs} runs of ${((1000 * alone * THREADS) / runs).toFixed(0)} ms, ${THREADS} threads: one process ${alone.toFixed(1)} s, a worker over the queue ${queued.toFixed(1)} s, ratio ${(queued / alone).toFixed(2)}`,
    );
    return [];
  } finally {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(act) {
  const begin = performance.now();
  await act();
  return (performance.now() - begin) / 1000;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return String(port);
}
