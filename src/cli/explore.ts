import { availableParallelism } from "node:os";
import { join } from "node:path";
import { duration, ExitCode, stableJson } from "../core/index.js";
import { renderSummary } from "../data/index.js";
import { loadData } from "../data/files/index.js";
import { explore } from "../evaluate/index.js";
import { threadRunner } from "../evaluate/threads/index.js";
import { plainAnswers, writeExploration } from "../report/index.js";
import { countOption, numberOption, optional, parse, UsageError, type Command } from "./command.js";
import { DATA_FLAGS, DATA_HELP, dataName, dataOptions, outFolder } from "./data-options.js";

export const exploreCommand: Command = {
  summary: "explore your own data: do users differ, in how many types, who differs on what",
  help: `
usage: pal-lab explore DATA [--out DIR] [--seed S] [--k-max K] [--held-out COLUMN] [--permutations N] [--jobs N] [--json]

Writes explore.html, one page with the answers in words first, explore.json, and users.csv (users, what is known of
them, weights) into DIR (default: out/explore/ and the data's name). The data are never changed.

  --seed S            decides every draw (default 1)
  --k-max K           largest number of types that is tried (default: upwards until the largest is not the best, at most 12)
  --held-out COLUMN   the column that marks with 1 the answers that methods are compared on (default: a fifth of each user's)
  --permutations N    permuted data sets of the held-out test, a second opinion beside the score test (default 0: left out)
  --jobs N            worker threads (default: one for each core)
  --json              prints the findings as JSON and nothing else
${DATA_HELP}`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{
        out: { type: "string" },
        seed: { type: "string" },
        permutations: { type: "string" },
        jobs: { type: "string" },
      },
      "held-out": { type: "string" },
      ...{ "k-max": { type: "string" }, json: { type: "boolean" }, ...DATA_FLAGS },
    });
    if (positionals.length !== 1) throw new UsageError(`needs one DATA, got ${positionals.length} arguments`);
    const [path] = positionals;
    const chosen = {
      seed: numberOption("seed", values.seed) ?? 1,
      ...optional("permutations", numberOption("permutations", values.permutations)),
      ...optional("kMax", numberOption("k-max", values["k-max"])),
    };
    const threads = countOption("jobs", values.jobs) ?? availableParallelism();
    const begin = performance.now();
    const options = dataOptions(values, terminal);
    const heldOut = values["held-out"];
    const { data, summary } = await loadData(path, {
      ...options,
      ...(heldOut === undefined ? {} : { columns: { ...options.columns, heldOut } }),
    });
    if (values.json !== true) terminal.out.write(`${renderSummary(summary)}\n\n`);
    const folder = await outFolder(values.out ?? join("out", "explore", dataName(path)));
    const found = await explore(data, {
      ...chosen,
      runner: threadRunner({ threads, signal: terminal.signal }),
      onStage: (name) =>
        terminal.error.write(`pal-lab: ${name} (${duration((performance.now() - begin) / 1000)})\n`),
    });
    const written = await writeExploration(found, folder, summary);
    if (values.json === true)
      terminal.out.write(`${stableJson({ summary, exploration: found }, { digits: 6, indent: 1 })}\n`);
    else {
      for (const { question, answer } of plainAnswers(found))
        terminal.out.write(`${question}\n    ${answer}\n`);
      terminal.out.write(`${written.page}\n`);
    }
    return ExitCode.ok;
  },
};
