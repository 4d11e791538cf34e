import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const CONFIG = {
  experiment: "simulation",
  base: { dimension: 3, usersPerPrototype: 5, comparisonsPerUser: 20, epochs: 10 },
  grid: { kStar: [1, 2], k: [1, 2] },
  seeds: [1, 2],
};

let folder: string;
let config: string;
let disk: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-sweep-"));
  config = join(folder, "config.json");
  disk = join(folder, "disk");
  mkdirSync(disk);
  writeFileSync(config, JSON.stringify(CONFIG));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script to its end. */
function run(command: string, args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url));

test(
  "killed (kill -9) at random moments and started again: the same bytes, no finished run computed again",
  { timeout: 240_000 },
  () => {
    const script = path("../scripts/kill-sweep.mjs");
    const { status, output } = run(process.execPath, [script, "--kills", "3", "--epochs", "20"]);
    expect(output).toContain("3 kills: nothing lost but the runs under way, no finished run computed again");
    expect(status).toBe(0);
  },
);

/** A command in a name space of its own with a small file system at `folder`; needs root, or user name spaces. */
function onSmallDisk(
  at: string,
  options: string,
  command: string,
): { status: number | null; output: string } {
  const mount = `mount -t tmpfs -o ${options} tmpfs ${at} && ${command}`;
  return run("unshare", ["--map-root-user", "--mount", "sh", "-c", mount]);
}
const canMount = onSmallDisk(tmpdir(), "size=64k", "true").status === 0;

describe.skipIf(!canMount)("a disk", () => {
  const COMMAND = `${process.execPath} ${path("../bin/pal-lab.js")} sweep`;

  test("that is full: the finished runs are kept, and with room again it goes on from there", () => {
    const kept = join(folder, "kept");
    // sweep.json and some of the eight runs fit: a file takes whole pages of 4 kB
    const save = `${COMMAND} ${config} --out ${disk}/sweep; code=$?; cp -r ${disk}/sweep ${kept}; exit $code`;
    const { status, output } = onSmallDisk(disk, "size=24k", save);
    expect(output).toMatch(
      /sweep: cannot write \(ENOSPC: .*; [1-7] of 8 runs are finished and kept in .*disk\/sweep/,
    );
    expect(status).toBe(1);
    const names = readdirSync(join(kept, "runs"));
    expect(names.filter((name) => !/^[0-9a-f]{32}\.json$/.test(name))).toEqual([]);
    const again = run("sh", ["-c", `${COMMAND} ${config} --out ${kept}`]);
    expect(again.output).toContain(`${8 - names.length} runs computed, ${names.length} found finished`);
    expect(again.status).toBe(0);
  });

  test("that is read-only: nothing runs", () => {
    const { status, output } = onSmallDisk(disk, "size=64k,ro", `${COMMAND} ${config} --out ${disk}`);
    expect(output).toMatch(/sweep: cannot write \(EROFS: .*; 0 of 8 runs are finished/);
    expect(status).toBe(1);
  });
});
