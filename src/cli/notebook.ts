import type { Json } from "../core/index.js";
import { createReporter, runNotebooks } from "../notebook/index.js";
import { numberOption, parse, parseJson, UsageError, type Command, type Terminal } from "./command.js";

const HELP = `
usage: pal-lab notebook run <notebook.ipynb…> [options]

Runs tslab notebooks headless, each in a fresh kernel, without Python. Saves after each cell; goes on with the other
notebooks after a failure.

  -p, --parameter NAME=JSON   a value for a constant of the cell tagged "parameters" (repeatable)
      --profile fast|full     the value of the parameter PROFILE, where a notebook has one
      --timeout SECONDS       most time for one cell (exit code 124)
      --out DIR               folder for the executed copies (default: in place)
      --jobs N                notebooks side by side (default 1)
      --no-times              leave times out of the saved notebooks
`;

export const notebook: Command = {
  summary: "run tslab notebooks headless: notebook run <nb…>",
  help: HELP,
  async run(args, terminal): Promise<number> {
    const [verb, ...rest] = args;
    if (verb !== "run") throw new UsageError(`expected "run", got ${JSON.stringify(verb ?? "nothing")}`);
    return run(rest, terminal);
  },
};

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args, {
    parameter: { type: "string", short: "p", multiple: true },
    profile: { type: "string" },
    timeout: { type: "string" },
    out: { type: "string" },
    jobs: { type: "string" },
    "no-times": { type: "boolean" },
  });
  if (positionals.length === 0) throw new UsageError("names no notebook");
  const { profile } = values;
  if (profile !== undefined && profile !== "fast" && profile !== "full") {
    throw new UsageError(`--profile must be fast or full, got ${JSON.stringify(profile)}`);
  }
  const timeout = numberOption("timeout", values.timeout);
  const { exitCode } = await runNotebooks(positionals, {
    outputFolder: values.out,
    parameters: readParameters(values.parameter ?? []),
    profile,
    jobs: numberOption("jobs", values.jobs) ?? 1,
    ...(timeout === undefined ? {} : { cellTimeoutMs: timeout * 1000 }),
    recordTimes: values["no-times"] !== true,
    signal: terminal.signal,
    ...createReporter(terminal.error),
  });
  return exitCode;
}

function readParameters(pairs: readonly string[]): Record<string, Json> {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`-p must be NAME=JSON, got ${JSON.stringify(pair)}`);
    return [pair.slice(0, at), parseJson(`-p ${pair.slice(0, at)}`, pair.slice(at + 1)) as Json] as const;
  });
  return Object.fromEntries(entries);
}
