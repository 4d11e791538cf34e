import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { sweep } from "pal-lab";
import { hasRedis, QueueLab, until } from "./queue-lab.js";
import { FAULTY_SWEEP } from "../small-sweep.js";

/** How long the link between the two hosts is cut, in s; `npm run faults` asks for 60. */
const CUT_S = Number(process.env.PAL_LAB_CUT_S ?? 6);
const ID = process.pid % 10_000;
const [HERE, THERE] = [`pl${ID}a`, `pl${ID}b`];

function ip(...args: readonly string[]): boolean {
  return spawnSync("ip", args).status === 0;
}

/** Two network name spaces, joined by a cable. */
function twoHosts(): boolean {
  return [
    ["netns", "add", HERE],
    ["netns", "add", THERE],
    ["link", "add", HERE, "netns", HERE, "type", "veth", "peer", "name", THERE, "netns", THERE],
    ["-n", HERE, "addr", "add", "10.77.0.1/24", "dev", HERE],
    ["-n", THERE, "addr", "add", "10.77.0.2/24", "dev", THERE],
    ["-n", HERE, "link", "set", "lo", "up"],
    ["-n", HERE, "link", "set", HERE, "up"],
    ["-n", THERE, "link", "set", THERE, "up"],
  ].every((args) => ip(...args));
}

const canPart = hasRedis && twoHosts();
if (hasRedis && !canPart)
  console.warn("no network name spaces here (root and iproute2): two hosts with a cut link are skipped");

const lab = new QueueLab(FAULTY_SWEEP);
afterAll(async () => {
  await lab.remove();
  for (const host of [HERE, THERE]) ip("netns", "del", host);
});

describe.runIf(canPart)("two hosts", () => {
  test(`a worker whose link is cut for ${CUT_S} s comes back, and the sweep ends with the bytes of one machine`, async () => {
    await sweep(FAULTY_SWEEP, { jobs: 2, folder: `${lab.folder}/one` });
    const on = (host: string, ...command: readonly string[]) =>
      lab.spawn("ip", ["netns", "exec", host, ...command]);
    const address = "redis://10.77.0.1:6379";
    on(HERE, "redis-server", "--bind", "10.77.0.1", "--protected-mode", "no", "--save", "");
    const ping = ["netns", "exec", HERE, "redis-cli", "-h", "10.77.0.1", "ping"];
    await until(() => spawnSync("ip", ping).status === 0);
    const cli = [process.execPath, "bin/pal-lab.js"];
    const sweeping = on(HERE, ...cli, "sweep", lab.config, "--queue", address, "--out", `${lab.folder}/two`);
    const worker = on(THERE, ...cli, "worker", "--queue", address, "--jobs", "1", "--lock", "2s");
    await Promise.race([lab.kept("two", 3), sweeping.ended]);
    ip("-n", HERE, "link", "set", HERE, "down");
    await sleep(1000 * CUT_S);
    expect(sweeping.printed()).not.toContain("runs computed");
    ip("-n", HERE, "link", "set", HERE, "up");
    expect(await sweeping.ended).toMatchObject({ code: 0 });
    expect(lab.results("two")).toBe(lab.results("one"));
    expect(worker.child.exitCode).toBe(null);
  });
});
