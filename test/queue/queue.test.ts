import { Queue } from "bullmq";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sweep } from "pal-lab";
import { executeOnQueue } from "../../src/evaluate/sweep/queue/execute-on-queue.js";
import { serveQueue } from "../../src/evaluate/sweep/queue/index.js";
import { PREFIX, queueName } from "../../src/evaluate/sweep/queue/protocol.js";
import { freePort } from "../../src/core/fixtures/free-port.js";
import { ANSWERS_WRONGLY, answering, hasRedis, proofHere, QueueLab } from "./queue-lab.js";
import { SMALL_SWEEP } from "../small-sweep.js";

const lab = new QueueLab(SMALL_SWEEP);
const worker = (env: Record<string, string>, ...args: readonly string[]) =>
  lab.start(["worker", ...args], env).ended;
const said = (text: string) => expect.stringContaining(text) as string;

describe.runIf(hasRedis)("a sweep over a queue", () => {
  beforeAll(() => sweep(SMALL_SWEEP, { jobs: 2, folder: join(lab.folder, "one") }));
  afterEach(() => lab.end());
  afterAll(() => lab.remove());

  test("three workers: the bytes of one machine; the status says who works", async () => {
    await lab.serve();
    const sweeping = lab.coordinator("three");
    await Promise.all([lab.worker(), lab.worker(), lab.worker()]);
    const status = lab.start([
      "sweep",
      lab.config,
      "--queue",
      lab.address,
      "--status",
      "--out",
      join(lab.folder, "three"),
    ]);
    expect(await sweeping.ended).toMatchObject({ code: 0 });
    expect(lab.results("three")).toBe(lab.results("one"));
    expect(await status.ended).toMatchObject({ code: 0, text: said("of 12") });
  });

  test("the coordinator works too where it is asked to, and needs nobody", async () => {
    await lab.serve();
    expect(await lab.coordinator("alone", "--jobs", "2").ended).toMatchObject({ code: 0 });
    expect(lab.results("alone")).toBe(lab.results("one"));
  });

  test("two sweeps on one queue, which share runs: each has the bytes that it has alone", async () => {
    const other = { ...SMALL_SWEEP, seeds: [3, 4, 5] };
    const config = join(lab.folder, "other.json");
    writeFileSync(config, JSON.stringify(other));
    await sweep(other, { jobs: 2, folder: join(lab.folder, "other alone") });
    await lab.serve();
    const out = join(lab.folder, "other queued");
    const both = [
      lab.coordinator("beside"),
      lab.start(["sweep", config, "--queue", lab.address, "--out", out]),
    ];
    await lab.worker();
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0 });
    expect(lab.results("beside")).toBe(lab.results("one"));
    expect(lab.results("other queued")).toBe(lab.results("other alone"));
  });

  test.each([
    ["text", "rm -rf /", "what lies in the queue as a run"],
    ["an experiment that is none", { job: { experiment: "../x.js", config: {}, seed: 1 } }, "must be one of"],
    [
      "a setting that is none",
      { job: { experiment: "simulation", config: { dimensoin: 3 }, seed: 1 } },
      "dimensoin",
    ],
  ])("what is no run (%s) is refused by the worker, which goes on with others", async (name, data, words) => {
    await lab.serve();
    const queue = new Queue(queueName(), { connection: { port: lab.port }, prefix: PREFIX });
    await queue.add("run", data, { jobId: "foreign" });
    const sweeping = lab.coordinator(`beside ${name}`);
    await lab.worker();
    expect(await sweeping.ended).toMatchObject({ code: 0 });
    expect(lab.results(`beside ${name}`)).toBe(lab.results("one"));
    expect((await queue.getJob("foreign"))?.failedReason).toContain(words);
    await queue.close();
  });

  test("a machine with other bits is refused, or taken where both sides allow it, and then the results say so", async () => {
    await lab.serve();
    await expect(serve({ proof: "other" }, "refused")).rejects.toThrow(
      "computes with other bits than the sweep's",
    );
    await lab.serve();
    const allowing = lab.coordinator("allowed", "--allow-other-bits");
    const stop = new AbortController();
    const other = serveQueue(lab.address, {
      jobs: 1,
      proof: "other",
      allowOtherBits: true,
      signal: stop.signal,
      say: quiet,
    });
    expect(await allowing.ended).toMatchObject({ code: 0 });
    stop.abort();
    await other;
    expect(lab.results("allowed")).toContain(`Node ${process.versions.node}`);
  });

  test("two results of one run that differ end both, and name both machines", async () => {
    await lab.serve();
    expect(await lab.coordinator("right", "--jobs", "1").ended).toMatchObject({ code: 0 });
    const wrong = lab.script(ANSWERS_WRONGLY);
    const again = lab.coordinator("wrong");
    const failed = serveQueue(lab.address, { jobs: 1, script: wrong, proof: await proofHere(), say: quiet });
    await expect(failed).rejects.toThrow(/two results of run-\w+ differ: \S+ and \S+ cannot both be right/);
    expect(await again.ended).toMatchObject({ code: 1, text: said("cannot both be right") });
  });

  test("a result above 64 kB is refused with its size, and a worker that fails three times in a row ends", async () => {
    await lab.serve();
    const large = lab.script(answering(`{ result: { rows: [{ method: "x".repeat(70000) }], data: [] } }`));
    const sweeping = lab.coordinator("large");
    const failed = serveQueue(lab.address, { jobs: 1, script: large, proof: await proofHere(), say: quiet });
    await expect(failed).rejects.toThrow("3 runs in a row failed here");
    await lab.worker();
    const { code, text } = await sweeping.ended;
    // each of the three is tried again, by whoever is free
    expect(code).toBe(0);
    expect(text).toContain("12 runs computed");
  });

  test("a worker that lacks a run's data says which, gives the run back and ends", async () => {
    await lab.serve();
    const job = { experiment: "simulation", config: { kStar: 1, k: 1, dimension: 3 }, seed: 1 } as const;
    const data = [{ name: "elsewhere", sha256: "f".repeat(64), source: "a lab" }];
    const stop = new AbortController();
    const waiting = executeOnQueue([{ job, data }], {
      ...{ address: lab.address, allowOtherBits: false, signal: stop.signal, say: quiet },
      onResult: () => Promise.reject(new Error("nobody can compute this")),
      onDiffer: () => Promise.resolve(),
    });
    await expect(serveQueue(lab.address, { jobs: 1, say: quiet })).rejects.toThrow(
      `the data with sha256 ${"f".repeat(64)} is not here`,
    );
    stop.abort();
    await expect(waiting).rejects.toThrow("stopped");
  });

  test("what cannot work is said: no server, a password, a server that forgets", async () => {
    expect(await worker({}, "--queue", `redis://127.0.0.1:${await freePort()}`)).toMatchObject({
      ...{ code: 2, text: said("does not answer (ECONNREFUSED)") },
    });
    await lab.serve(["--requirepass", "secret"]);
    expect(await lab.coordinator("refused").ended).toMatchObject({
      code: 2,
      text: said("asks for a password"),
    });
    const shown = await worker({}, "--queue", `redis://:secret@127.0.0.1:${lab.port}`);
    expect(shown).toMatchObject({ code: 2, text: said("PAL_LAB_QUEUE") });
    expect(shown.text).not.toContain("secret");
    const wrong = await worker({ PAL_LAB_QUEUE: `redis://:guess@127.0.0.1:${lab.port}` });
    expect(wrong).toMatchObject({ code: 2, text: said("does not take this password") });
    expect(wrong.text).not.toContain("guess");
    await lab.end();
    await lab.serve(["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"]);
    const forgetful = await worker({}, "--queue", lab.address);
    expect(forgetful).toMatchObject({ code: 2, text: said("config set maxmemory-policy noeviction") });
  });

  test.each([
    [["worker", "--queue", "http://127.0.0.1:1"], "--queue must be redis://host:6379"],
    [["worker", "--queue", "127.0.0.1"], "--queue must be redis://host:6379"],
    [["worker"], "needs --queue redis://HOST:6379"],
    [["worker", "--queue", "redis://127.0.0.1:1", "--for", "soon"], "--for must be a time"],
    [["sweep", "x.json", "--shard", "5/4"], "--shard must be i/n with 1 <= i <= n"],
    [["sweep", "x.json", "--shard", "0/4"], "--shard must be i/n with 1 <= i <= n"],
    [["sweep", "x.json", "--shard", "slurm"], "SLURM_ARRAY_TASK_ID"],
    [["sweep", "x.json", "--shard", "1/2", "--queue", "redis://127.0.0.1:1"], "exclude each other"],
  ])("%j is refused", async (args, words) => {
    expect(await lab.start(args).ended).toMatchObject({ code: 2, text: said(words) });
  });
});

const quiet = (): void => undefined;

/** A worker of this process serves a sweep in folder `out` until it cannot. */
async function serve(options: { readonly proof: string }, out: string): Promise<unknown> {
  lab.coordinator(out);
  return serveQueue(lab.address, { jobs: 1, say: quiet, ...options });
}
