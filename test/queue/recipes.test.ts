import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sweep } from "pal-lab";
import { freePort } from "../../src/core/fixtures/free-port.js";
import { isRunning } from "../../src/files/index.js";
import { hasRedis, QueueLab, until, type Ended } from "./queue-lab.js";
import { SMALL_SWEEP } from "../small-sweep.js";

const RECIPES = "docs/sweeps";
const lab = new QueueLab(SMALL_SWEEP);
const bin = join(lab.folder, "bin");

/** A program that recipes call, in place of the system's. */
function stand(name: string, script: string): void {
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
}

function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const path = `${bin}${delimiter}${process.env.PATH ?? ""}`;
  const settings = Object.entries({ PATH: path, ...env }).map(([key, value]) => `${key}=${value}`);
  return lab.spawn("env", [...settings, ...command]).ended;
}

beforeAll(async () => {
  await sweep(SMALL_SWEEP, { jobs: 2, folder: join(lab.folder, "one") });
  // "npx pal-lab …" is this package's
  stand("npx", `shift; exec "${process.execPath}" "${resolve("bin/pal-lab.js")}" "$@"`);
});
afterEach(() => lab.end());
afterAll(() => lab.remove());

describe("recipes", () => {
  const files = readdirSync(RECIPES);

  test("each is named in docs/sweeps.md, and shell scripts can be read", () => {
    const text = readFileSync("docs/sweeps.md", "utf8");
    for (const file of files) expect(text).toContain(`(sweeps/${file})`);
    for (const file of files.filter((name) => name.endsWith(".sh")))
      expect([file, spawnSync("bash", ["-n", join(RECIPES, file)]).status]).toEqual([file, 0]);
  });

  test("Slurm array: two tasks, as Slurm sets their variables, make the bytes of one machine", async () => {
    const task = (id: string): Promise<Ended> =>
      run(["bash", join(RECIPES, "slurm-array.sh"), lab.config, join(lab.folder, "slurm")], {
        ...{ SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_COUNT: "2", SLURM_ARRAY_TASK_MIN: "0" },
        ...{ SLURM_ARRAY_TASK_MAX: "1", SLURM_ARRAY_TASK_STEP: "1", SLURM_CPUS_PER_TASK: "1" },
      });
    expect(await task("0")).toMatchObject({ code: 0, text: said("6 left to other shards") });
    expect(await task("1")).toMatchObject({ code: 0, text: said("results.json") });
    expect(lab.results("slurm")).toBe(lab.results("one"));
  });

  test("Slurm array: outside of one the script says so", async () => {
    const ended = await run(["bash", join(RECIPES, "slurm-array.sh"), lab.config, join(lab.folder, "none")]);
    expect(ended).toMatchObject({ code: 2, text: said("start it in a job array") });
    expect(await run(["bash", join(RECIPES, "slurm-array.sh")])).toMatchObject({
      text: said("the sweep's configuration"),
    });
  });

  test("GNU parallel: each part once", async () => {
    // what it does with these options on one machine: the command for each line, {} being the line
    stand(
      "parallel",
      `while [ "$1" != npx ]; do shift; done\nwhile read -r line; do "\${@//\\{\\}/$line}" </dev/null || exit 1; done`,
    );
    const hosts = join(lab.folder, "hosts.txt");
    writeFileSync(hosts, ":\n");
    const ended = await run([
      ...["bash", join(RECIPES, "gnu-parallel.sh"), lab.config, join(lab.folder, "parallel"), hosts, "3"],
    ]);
    expect(ended).toMatchObject({ code: 0, text: said("8 found finished") });
    expect(lab.results("parallel")).toBe(lab.results("one"));
  });

  test("Kubernetes: pod i computes part i + 1, of as many as the Job completes", async () => {
    const text = readFileSync(join(RECIPES, "kubernetes-job.yaml"), "utf8");
    const [, command = ""] = /- (exec npx .*)$/m.exec(text) ?? [];
    const [, completions] = /completions: (\d+)$/m.exec(text) ?? [];
    expect(command).toContain(`))/${completions} `);
    const here = command.replace("/config/sweep.json", lab.config).replace("/shared", lab.folder);
    const pod = (index: string): Promise<Ended> => run(["sh", "-c", here], { JOB_COMPLETION_INDEX: index });
    expect(await pod("0")).toMatchObject({ code: 0, text: said("1 runs computed, 0 found finished") });
    expect(await pod("11")).toMatchObject({ code: 0, text: said("1 runs computed, 1 found finished") });
    expect(await pod("19")).toMatchObject({ code: 0, text: said("0 runs computed, 2 found finished") });
  });
});

describe.runIf(hasRedis)("recipes with a queue", () => {
  test("machines of a lab: the bytes of one machine, and no password in any process's arguments", async () => {
    // the other machine is this one; what it is told by its input is kept, and what ps shows then and later
    const [told, shown] = [join(lab.folder, "told"), join(lab.folder, "shown")];
    const look = `ps -A -o args >>"${shown}"`;
    stand(
      "ssh",
      `shift; read -r line; echo "$line" >"${told}"; ${look}; (sleep 3; ${look}) & exec bash -c "$*" <<<"$line"`,
    );
    const command = ["bash", join(RECIPES, "lab-machines.sh"), lab.config, join(lab.folder, "machines")];
    const env = { PORT: String(await freePort()), JOBS: "1" };
    const ended = await run([...command, "localhost", "other"], env);
    expect(ended).toMatchObject({ code: 0, text: said("12 runs computed") });
    expect(lab.results("machines")).toBe(lab.results("one"));
    const [, password] = /^redis:\/\/:([0-9a-f]{32})@localhost:\d+$/m.exec(readFileSync(told, "utf8")) ?? [];
    expect(password).toHaveLength(32);
    expect(readFileSync(shown, "utf8")).toContain("redis-server");
    for (const text of [readFileSync(shown, "utf8"), ended.text]) expect(text).not.toContain(password);
  });

  test("Slurm workers through a tunnel: the bytes of one machine; told that time is up, they end", async () => {
    await lab.serve(["--requirepass", "secret"]);
    const address = join(lab.folder, "queue-address");
    writeFileSync(address, `redis://:secret@localhost:${lab.port}\n`);
    // the tunnel's two ends are one port of this machine
    const tunnel = join(lab.folder, "tunnel.pid");
    stand("ssh", `echo $$ >"${tunnel}"; exec sleep 1000`);
    const sweeping = lab.start(["sweep", lab.config, "--out", join(lab.folder, "tunnel")], {
      PAL_LAB_QUEUE: `redis://:secret@localhost:${lab.port}`,
    });
    const path = `${bin}${delimiter}${process.env.PATH ?? ""}`;
    const worker = lab.spawn("env", [
      ...[
        `PATH=${path}`,
        "SLURM_CPUS_PER_TASK=1",
        "bash",
        join(RECIPES, "slurm-workers.sh"),
        address,
        "login",
      ],
    ]);
    const ended = await sweeping.ended;
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.text).not.toContain("secret");
    expect(lab.results("tunnel")).toBe(lab.results("one"));
    worker.child.kill("SIGTERM");
    const { text } = await worker.ended;
    expect(text).toContain("12 runs done");
    expect(text).not.toContain("secret");
    const pid = Number(readFileSync(tunnel, "utf8"));
    await until(() => !isRunning(pid));
  });
});

function said(text: string): unknown {
  return expect.stringContaining(text);
}
