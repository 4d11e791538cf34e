import { parseArgs } from "node:util";
import { CASES } from "./cases.mjs";

export const USAGE = `usage: pal-lab bench [--json] [--check] [--write] [--case <id>]… [--rounds <n>] [--seconds <s>] [--torch-libraries <folder>]
       pal-lab bench --growth [--write]
       pal-lab bench --against <commit> [--case <id>]…

  --check            only check that every engine computes the same losses
  --write            all cases, and their results into bench/: results.json, engines.svg and the table of README.md
  --growth           time and memory of training as users, comparisons, K and d grow; with --write into bench/ too
  --against          our engine beside that of another commit, 9 rounds in turn: times, their ratio, garbage
  --case             one case (may be repeated): ${CASES.map(({ id }) => id).join(", ")}
  --rounds           rounds of each engine, default 7
  --seconds          least duration of a round, default 0.3
  --torch-libraries  folder with the BLAS (libblas.so.3) that PyTorch should use instead of the system's`;

const FLAGS = {
  help: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  growth: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  against: { type: "string" },
  case: { type: "string", multiple: true, default: [] },
  rounds: { type: "string", default: "7" },
  seconds: { type: "string", default: "0.3" },
  "torch-libraries": { type: "string" },
};

/** The options of a run; an unusable one ends the process with exit code 2. */
export function parseArguments(args) {
  try {
    const { values } = parseArgs({ args, options: FLAGS });
    const { help, json, check, write, growth, against } = values;
    if (write && (check || values.case.length > 0))
      throw new Error("--write needs all cases, measured: no --case, no --check");
    if (growth && (check || values.case.length > 0))
      throw new Error("--growth has no cases: no --case, no --check");
    if (against !== undefined && (write || check || growth))
      throw new Error("--against compares two commits alone: no --write, no --check, no --growth");
    return {
      ...{ help, json, check, write, growth, against },
      cases: values.case.map(knownCase),
      rounds: positive("--rounds", values.rounds),
      seconds: positive("--seconds", values.seconds),
      torchLibraries: values["torch-libraries"],
    };
  } catch (error) {
    console.error(`bench: ${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function knownCase(id) {
  const known = CASES.map((spec) => spec.id);
  if (!known.includes(id)) throw new Error(`--case must be one of ${known.join(", ")}, got ${id}`);
  return id;
}

function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} must be a number > 0, got ${text}`);
  return value;
}
