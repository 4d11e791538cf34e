import { DataError, InputError, messageOf, type Json } from "../../core/index.js";
import { readNotebook, type Notebook, type RunOptions } from "../../notebook/index.js";
import { countOption, numberOption, parseJson, UsageError, type Terminal } from "../command.js";

/** The options that `run` and `check` share, for `node:util`'s parser. */
export const RUN_OPTIONS = {
  parameter: { type: "string", short: "p", multiple: true },
  profile: { type: "string" },
  timeout: { type: "string" },
  "notebook-timeout": { type: "string" },
  jobs: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Their help. */
export const RUN_OPTIONS_HELP: string = `
  -p, --parameter NAME=JSON     a value for a constant of the cell tagged "parameters" (repeatable)
      --profile fast|full       the value of the parameter PROFILE, where a notebook has one
      --timeout SECONDS         most time for one cell (exit code 124)
      --notebook-timeout SECONDS  most time for the cells of a notebook together (exit code 124)
      --jobs N                  notebooks side by side (default 1)
      --json                    the results as JSON on standard output`.slice(1);

interface RunValues {
  readonly parameter?: string[];
  readonly profile?: string;
  readonly timeout?: string;
  readonly "notebook-timeout"?: string;
  readonly jobs?: string;
}

/** The shared options as values. @throws UsageError, InputError */
export function readRunOptions(
  values: RunValues,
  { signal }: Terminal,
): RunOptions & { readonly jobs: number } {
  const { profile } = values;
  if (profile !== undefined && profile !== "fast" && profile !== "full")
    throw new UsageError(`--profile must be fast or full, got ${JSON.stringify(profile)}`);
  const cell = numberOption("timeout", values.timeout);
  const notebook = numberOption("notebook-timeout", values["notebook-timeout"]);
  return {
    parameters: readParameters(values.parameter ?? []),
    profile,
    ...(cell === undefined ? {} : { cellTimeoutMs: cell * 1000 }),
    ...(notebook === undefined ? {} : { notebookTimeoutMs: notebook * 1000 }),
    jobs: countOption("jobs", values.jobs) ?? 1,
    signal,
  };
}

/** The notebooks that the command line names. @throws UsageError when there are none */
export function named(positionals: readonly string[]): readonly string[] {
  if (positionals.length === 0) throw new UsageError("names no notebook");
  return positionals;
}

/** Reads a notebook; one that is none is wrong usage (exit code 2), as it is for `run`. @throws InputError */
export async function openNotebook(path: string): Promise<Notebook> {
  return asUsage(readNotebook(path));
}

/** What reads a notebook, with a notebook that is none as wrong usage. @throws InputError */
export async function asUsage<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof DataError) throw new InputError(thrown.message, { cause: thrown });
    throw thrown;
  }
}

function readParameters(pairs: readonly string[]): Record<string, Json> {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`-p must be NAME=JSON, got ${JSON.stringify(pair)}`);
    return [pair.slice(0, at), parameterValue(pair.slice(0, at), pair.slice(at + 1))] as const;
  });
  return Object.fromEntries(entries);
}

/** @throws InputError for what is no JSON, with how a text is written */
function parameterValue(name: string, text: string): Json {
  try {
    return parseJson(`-p ${name}`, text) as Json;
  } catch (cause) {
    const quoted = `-p ${name}='${JSON.stringify(text)}'`;
    throw new InputError(`${messageOf(cause)}; a text is written with its quotes: ${quoted}`, { cause });
  }
}
