import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createProgress, ExitCode, InputError, messageOf } from "../core/index.js";
import { EXPERIMENTS } from "../evaluate/experiments/index.js";
import { parseShard, sweep, type SweepConfig } from "../evaluate/sweep/index.js";
import { countOption, parse, parseJson, UsageError, type Command } from "./command.js";
import { queueAddress } from "./queue-address.js";
import { showStatus } from "./sweep-status.js";

export const sweepCommand: Command = {
  summary: "run a grid of configurations x seeds on all cores or many machines, resumable",
  help: `
usage: pal-lab sweep CONFIG.json [--jobs N] [--out DIR] [--json]
       pal-lab sweep CONFIG.json --out DIR --shard i/n
       pal-lab sweep CONFIG.json --queue redis://HOST:6379 [--jobs N]
       pal-lab sweep CONFIG.json --status [--json]
       pal-lab sweep --out DIR                        what is left of the sweep that DIR is

CONFIG.json: { "experiment": ${EXPERIMENTS.map((name) => JSON.stringify(name)).join(" | ")},
               "base": {…}, "grid": { "k": [1, 2, 3], … }, "seeds": [1, 2, 3, 4, 5] }
Every combination of the grid's values runs with every seed; "base" holds what all share ("pal-lab data describe" lists the keys).

DIR is the folder of this configuration alone: a file in runs/ for each finished run and, at the end, results.json, whose path is printed.
Stopped (Ctrl-C, kill, a full disk) it keeps the finished runs; the same command goes on from there. docs/sweeps.md has recipes for clusters.

  --jobs N         worker threads (default: one for each core; with --queue none); results do not depend on it
  --out DIR        default out/sweeps/<CONFIG>
  --shard i/n      only the i-th of n parts, in a DIR that all share; "slurm" reads i and n from a job array
  --queue URL      runs are done by "pal-lab worker" on any machines (default: PAL_LAB_QUEUE, which may hold a password)
  --allow-other-bits  takes results of machines that compute with other bits; results.json names them
  --status         what is done, running, failed and left, in DIR and in the queue; runs nothing
  --json           print the results (or the status) instead of their path
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      jobs: { type: "string" },
      out: { type: "string" },
      shard: { type: "string" },
      queue: { type: "string" },
      "allow-other-bits": { type: "boolean" },
      status: { type: "boolean" },
      json: { type: "boolean" },
    });
    if (positionals.length > 1 || (positionals.length === 0 && values.out === undefined))
      throw new UsageError(`needs one CONFIG.json, got ${positionals.length} arguments`);
    const [path] = positionals.length === 0 ? [join(values.out ?? "", "sweep.json")] : positionals;
    const shard = shardOption(values.shard);
    const queue = queueAddress(values.queue);
    if (shard !== undefined && values.queue !== undefined)
      throw new UsageError("--shard and --queue exclude each other: a queue deals the runs itself");
    const config = positionals.length === 0 ? await readSweep(path) : await readConfig(path);
    const jobs = countOption("jobs", values.jobs);
    const folder = values.out ?? join("out", "sweeps", basename(path, ".json"));
    if (values.status === true)
      return showStatus({ config, folder, queue, json: values.json === true }, terminal);
    const { computed, found, left } = await sweep(config, {
      ...(jobs === undefined ? {} : { jobs }),
      ...(shard === undefined ? {} : { shard }),
      ...(queue === undefined || shard !== undefined ? {} : { queue }),
      ...(values["allow-other-bits"] === true ? { allowOtherBits: true } : {}),
      folder,
      progress: (title, total) => createProgress(title, total, terminal.error),
      signal: terminal.signal,
    });
    const others = left === 0 ? "" : `, ${left} left to other shards`;
    terminal.error.write(`pal-lab sweep: ${computed} runs computed, ${found} found finished${others}\n`);
    if (left > 0) return ExitCode.ok;
    const results = join(folder, "results.json");
    terminal.out.write(values.json === true ? await readFile(results, "utf8") : `${results}\n`);
    return ExitCode.ok;
  },
};

function shardOption(text: string | undefined): ReturnType<typeof parseShard> | undefined {
  try {
    return text === undefined ? undefined : parseShard(text);
  } catch (thrown) {
    throw new UsageError(`--${messageOf(thrown)}`);
  }
}

/** The configuration that a sweep's folder holds. */
async function readSweep(path: string): Promise<SweepConfig> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new InputError(`${path} is not there, so that folder holds no sweep; give its CONFIG.json`, {
      cause,
    });
  });
  return parseJson(path, text) as SweepConfig;
}

async function readConfig(path: string): Promise<SweepConfig> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new InputError(`cannot read ${path}: ${messageOf(cause)}`, { cause });
  });
  const config = parseJson(path, text) as SweepConfig;
  // a program may run one configuration with several seeds; in a file an empty grid is one that was forgotten
  if (typeof config?.grid === "object" && config.grid !== null && Object.keys(config.grid).length === 0) {
    throw new InputError(`${path}: grid must vary at least one setting, such as "k": [1, 2, 3], got {}`);
  }
  return config;
}
