import { readFile } from "node:fs/promises";
import { createProgress, ExitCode, stableJson } from "../core/index.js";
import { sweep, type SweepConfig } from "../evaluate/sweep/index.js";
import { numberOption, parse, parseJson, UsageError, type Command } from "./command.js";

export const sweepCommand: Command = {
  summary: "run a grid of configurations x seeds on all cores, resumable",
  help: `
usage: pal-lab sweep CONFIG.json [--jobs N] [--out DIR]

CONFIG.json: { "experiment": "simulation" | "persona", "base": {…}, "grid": { "k": [1, 2, 3], … }, "seeds": [1, 2, 3, 4, 5] }
Prints the rows as JSON. Finished runs are kept in DIR, one file each: started again it goes on where it was.

  --jobs N    worker threads (default: one for each core)
  --out DIR   where finished runs are kept (default: runs/ in the cache)
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { jobs: { type: "string" }, out: { type: "string" } });
    if (positionals.length !== 1)
      throw new UsageError(`needs one CONFIG.json, got ${positionals.length} arguments`);
    const [path] = positionals;
    const config = parseJson(path, await readFile(path, "utf8")) as SweepConfig;
    const jobs = numberOption("jobs", values.jobs);
    const result = await sweep(config, {
      ...(jobs === undefined ? {} : { jobs }),
      ...(values.out === undefined ? {} : { folder: values.out }),
      progress: (title, total) => createProgress(title, total, terminal.error),
      signal: terminal.signal,
    });
    terminal.out.write(`${stableJson({ rows: result.rows, data: result.data }, { indent: 1 })}\n`);
    return ExitCode.ok;
  },
};
