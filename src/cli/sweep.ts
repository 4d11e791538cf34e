import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createProgress, ExitCode, InputError, messageOf } from "../core/index.js";
import { EXPERIMENTS } from "../evaluate/experiments/index.js";
import { sweep, type SweepConfig } from "../evaluate/sweep/index.js";
import { numberOption, parse, parseJson, UsageError, type Command } from "./command.js";

export const sweepCommand: Command = {
  summary: "run a grid of configurations x seeds on all cores, resumable",
  help: `
usage: pal-lab sweep CONFIG.json [--jobs N] [--out DIR] [--json]

CONFIG.json: { "experiment": ${EXPERIMENTS.map((name) => JSON.stringify(name)).join(" | ")},
               "base": {…}, "grid": { "k": [1, 2, 3], … }, "seeds": [1, 2, 3, 4, 5] }
Every combination of the grid's values runs with every seed; "base" holds what all share ("pal-lab data describe" lists the keys).

DIR is the folder of this configuration alone: a file in runs/ for each finished run and, at the end, results.json, whose path is printed.
Stopped (Ctrl-C, kill, a full disk) it keeps the finished runs; the same command goes on from there.

  --jobs N    worker threads (default: one for each core); results do not depend on it
  --out DIR   default out/sweeps/<CONFIG>
  --json      print the results instead of their path
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      jobs: { type: "string" },
      out: { type: "string" },
      json: { type: "boolean" },
    });
    if (positionals.length !== 1)
      throw new UsageError(`needs one CONFIG.json, got ${positionals.length} arguments`);
    const [path] = positionals;
    const config = await readConfig(path);
    const jobs = numberOption("jobs", values.jobs);
    const folder = values.out ?? join("out", "sweeps", basename(path, ".json"));
    const { computed, found } = await sweep(config, {
      ...(jobs === undefined ? {} : { jobs }),
      folder,
      progress: (title, total) => createProgress(title, total, terminal.error),
      signal: terminal.signal,
    });
    terminal.error.write(`pal-lab sweep: ${computed} runs computed, ${found} found finished\n`);
    const results = join(folder, "results.json");
    terminal.out.write(values.json === true ? await readFile(results, "utf8") : `${results}\n`);
    return ExitCode.ok;
  },
};

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
