import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { randomStream, sweep } from "pal-lab";
import { queueStatus, serveQueue } from "../../src/evaluate/sweep/queue/index.js";
import { hostName } from "../../src/files/index.js";
import { ANSWERS_WRONGLY, hasRedis, proofHere, QueueLab, until } from "./queue-lab.js";
import { FAULTY_SWEEP } from "../small-sweep.js";

/** How often each fault happens; `npm run faults` asks for 20. */
const TIMES = Number(process.env.PAL_LAB_FAULTS ?? 1);
/** Longer than the lock of the workers of these tests, which is two seconds. */
const FROZEN_MS = 5000;

const lab = new QueueLab(FAULTY_SWEEP);
const rng = randomStream(Number(process.env.PAL_LAB_FAULTS_SEED ?? 1)).split("faults");
let expected = "";

/** A place in the sweep at which something happens, another each time. */
const moment = (): number => 1 + rng.integer(12);

interface Fault {
  readonly name: string;
  /** What happens to the sweep in folder `out`; in the end its coordinator is the last process that it returns. */
  readonly happens: (out: string) => Promise<{ readonly code: number | null; readonly text: string }>;
}

const FAULTS: Fault[] = [
  {
    name: "a worker is killed (kill -9)",
    async happens(out) {
      const [sweeping, dies] = [lab.coordinator(out), await lab.worker()];
      await lab.kept(out, moment());
      dies.child.kill("SIGKILL");
      await lab.worker();
      return sweeping.ended;
    },
  },
  {
    name: "a worker is frozen for longer than its lock",
    async happens(out) {
      const [sweeping, freezes] = [lab.coordinator(out), await lab.worker()];
      await lab.worker();
      await lab.kept(out, moment());
      freezes.child.kill("SIGSTOP");
      await sleep(FROZEN_MS);
      freezes.child.kill("SIGCONT");
      return sweeping.ended;
    },
  },
  {
    name: "a worker is stopped, and gives its run back at once",
    async happens(out) {
      const [sweeping, stops] = [lab.coordinator(out), await lab.worker()];
      await lab.kept(out, moment());
      stops.child.kill("SIGTERM");
      expect((await stops.ended).text).toMatch(/\d+ runs done|stopped/);
      // nobody is there who could take it from a worker that no longer answers
      expect(await queueStatus(lab.address)).toMatchObject({ running: 0, workers: [] });
      await lab.worker();
      return sweeping.ended;
    },
  },
  {
    name: "the coordinator is killed (kill -9) and started again",
    async happens(out) {
      const dies = lab.coordinator(out);
      await lab.worker();
      await lab.kept(out, moment());
      dies.child.kill("SIGKILL");
      await dies.ended;
      return lab.coordinator(out).ended;
    },
  },
  {
    name: "the server is started anew, empty",
    async happens(out) {
      const sweeping = lab.coordinator(out);
      await lab.worker();
      await lab.kept(out, moment());
      await lab.stopServer();
      await lab.serve([], lab.port);
      return sweeping.ended;
    },
  },
  {
    name: "the server is started anew, with its data",
    async happens(out) {
      const saved = ["--appendonly", "yes", "--appendfsync", "always"];
      await lab.end();
      await lab.serve(saved);
      const sweeping = lab.coordinator(out);
      await lab.worker();
      await lab.kept(out, moment());
      await lab.stopServer();
      await lab.serve(saved, lab.port);
      return sweeping.ended;
    },
  },
  {
    name: "a worker has another version of the code",
    async happens(out) {
      const sweeping = lab.coordinator(out);
      const other = otherVersion();
      const stranger = lab.start(
        ["worker", "--queue", lab.address, "--jobs", "1", "--lock", "2s"],
        {},
        join(other, "bin", "pal-lab.js"),
      );
      await until(() => /wants code \w+, this worker has \w+/.test(stranger.printed()));
      await lab.worker();
      const ended = await sweeping.ended;
      stranger.child.kill("SIGTERM");
      expect((await stranger.ended).text).toContain("0 runs done");
      return ended;
    },
  },
  {
    name: "a worker computes with other bits",
    async happens(out) {
      const sweeping = lab.coordinator(out);
      const refused = await lab.worker([], otherBits());
      expect(await refused.ended).toMatchObject({
        code: 2,
        text: expect.stringContaining("computes with other bits than the sweep's (Node ") as string,
      });
      await lab.worker();
      return sweeping.ended;
    },
  },
];

FAULTS.push({
  name: "two machines find different results for one run: both are named, and the sweep is started again",
  async happens(out) {
    // another sweep of the same runs, done well by another machine
    const before = lab.coordinator(`${out}-before`);
    const right = await lab.worker([], { PAL_LAB_HOST: "elsewhere" });
    expect(await before.ended).toMatchObject({ code: 0 });
    right.child.kill("SIGTERM");
    await right.ended;
    const sweeping = lab.coordinator(out);
    const wrong = serveQueue(lab.address, {
      ...{ jobs: 1, proof: await proofHere(), script: lab.script(ANSWERS_WRONGLY), say: () => undefined },
    });
    const both = new RegExp(`elsewhere and ${hostName()} cannot both be right`);
    await expect(wrong).rejects.toThrow(both);
    const ended = await sweeping.ended;
    expect(ended.text).toMatch(both);
    expect(ended.code).toBe(1);
    await lab.worker();
    return lab.coordinator(out).ended;
  },
});

const mounts = spawnSync("unshare", [
  "--map-root-user",
  "--mount",
  "mount",
  "-t",
  "tmpfs",
  "tmpfs",
  tmpdir(),
]);
if (mounts.status === 0)
  FAULTS.push({
    name: "the disk of the coordinator is full",
    async happens(out) {
      const disk = join(lab.folder, out);
      mkdirSync(disk);
      await lab.worker();
      // sweep.json and some of the runs fit
      const sweeping = `node bin/pal-lab.js sweep ${lab.config} --queue ${lab.address} --out ${disk}`;
      const full = `mount -t tmpfs -o size=40k tmpfs ${disk} && ${sweeping}; code=$?; cp -r ${disk}/. ${disk}-kept; exit $code`;
      const ended = await lab.spawn("unshare", ["--map-root-user", "--mount", "sh", "-c", full]).ended;
      expect(ended.text).toMatch(/cannot write \(ENOSPC: .* of 24 runs are finished and kept/);
      expect(ended.code).toBe(1);
      cpSync(`${disk}-kept`, disk, { recursive: true });
      return lab.coordinator(out).ended;
    },
  });
else console.warn("no small file system can be mounted here: the full disk of a coordinator is skipped");

describe.runIf(hasRedis)("a sweep on a queue ends with the bytes of one machine where", () => {
  beforeAll(async () => {
    await sweep(FAULTY_SWEEP, { jobs: 2, folder: join(lab.folder, "one") });
    expected = lab.results("one");
  });
  afterEach(() => lab.end());
  afterAll(() => lab.remove());

  // in turn, so that what was seen of each is the same wherever this is stopped
  const cases = Array.from({ length: TIMES }, (_, i) =>
    FAULTS.map(({ name, happens }) => [name, i, happens] as const),
  ).flat();
  test.each(cases)("%s (%i)", { timeout: 600_000 }, async (name, i, happens) => {
    await lab.serve();
    const out = `${name}-${i}`.replace(/\W+/g, "-");
    const { code, text } = await happens(out);
    expect(text).toContain("runs computed");
    expect(code).toBe(0);
    expect(lab.results(out)).toBe(expected);
  });
});

/** This package with one more line in what computes runs. */
function otherVersion(): string {
  const folder = join(lab.folder, "other-version");
  mkdirSync(folder, { recursive: true });
  for (const part of ["bin", "dist", "package.json"]) cpSync(part, join(folder, part), { recursive: true });
  if (spawnSync("test", ["-e", join(folder, "node_modules")]).status !== 0)
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  appendFileSync(join(folder, "dist", "evaluate", "sweep", "worker.js"), "\n// another version\n");
  return folder;
}

/** What makes a process compute a little differently, as another processor or Node might. */
function otherBits(): Record<string, string> {
  const path = join(lab.folder, "other-bits.cjs");
  writeFileSync(path, "const { sqrt } = Math;\nMath.sqrt = (x) => sqrt(x) * (1 + 2 ** -22);\n");
  return { NODE_OPTIONS: `--require ${path}` };
}
