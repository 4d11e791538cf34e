import { join } from "node:path";
import { createProgress, ExitCode } from "../core/index.js";
import { simulateIdealPoints, type PreferenceData, type SimulationOptions } from "../data/index.js";
import {
  loadPersona,
  polisFiles,
  writeData,
  type EncoderName,
  type LoadPersonaOptions,
} from "../data/files/index.js";
import { parse, UsageError, type Terminal } from "./command.js";
import { numberOr, onePositional, writeResult } from "./data-options.js";

const TEXT = { type: "string" } as const;

/** `data simulate`: a population with ideal points. */
export async function writeSimulation(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args, {
    ...{ out: TEXT, setting: TEXT, prototypes: TEXT, dimension: TEXT, users: TEXT },
    ...{ comparisons: TEXT, pairs: TEXT, noise: TEXT, seed: TEXT },
  });
  if (positionals.length > 0) throw new UsageError(`unexpected argument ${JSON.stringify(positionals[0])}`);
  const noise = values.noise === undefined ? "none" : { slope: numberOr("noise", values.noise, 1) };
  const simulated = simulateIdealPoints({
    dimension: numberOr("dimension", values.dimension, 16),
    prototypes: numberOr("prototypes", values.prototypes, 3),
    users: numberOr("users", values.users, 150),
    comparisonsPerUser: numberOr("comparisons", values.comparisons, 100),
    setting: (values.setting ?? "mixture") as SimulationOptions["setting"],
    pairs: (values.pairs ?? "fresh") as NonNullable<SimulationOptions["pairs"]>,
    noise,
    seed: numberOr("seed", values.seed, 1),
  });
  return write(simulated, values.out, terminal);
}

/** `data persona`: synthetic users who answer Persona statements; all of their comparisons on training statements. */
export async function writePersona(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args, {
    ...{ out: TEXT, users: TEXT, comparisons: TEXT, prompts: TEXT, encoder: TEXT, seed: TEXT },
  });
  if (positionals.length === 0)
    throw new UsageError("names no persona, like interest-in-art interest-in-math");
  const { train, note } = await loadPersona({
    personas: positionals,
    usersPerGroup: numberOr("users", values.users, 50),
    comparisonsPerUser: numberOr("comparisons", values.comparisons, 40),
    prompts: (values.prompts ?? "uniform") as LoadPersonaOptions["prompts"],
    encoder: (values.encoder ?? "use-lite") as EncoderName,
    seed: numberOr("seed", values.seed, 1),
    progress: (title, total) => createProgress(title, total, terminal.error),
  });
  if (note !== undefined) terminal.error.write(`note: ${note}\n`);
  return write(train, values.out, terminal);
}

/** `data polis`: the files of a public conversation, as they are published. */
export async function writePolis(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args, { out: TEXT });
  const conversation = onePositional("CONVERSATION", positionals);
  const folder = outFolder(values.out);
  const files = await polisFiles(conversation, {
    progress: (title, total) => createProgress(title, total, terminal.error),
  });
  for (const { name, bytes } of files) await writeResult(join(folder, name.split("/").at(-1) ?? name), bytes);
  terminal.out.write(`wrote ${files.length} files to ${folder}\n`);
  return ExitCode.ok;
}

async function write(data: PreferenceData, out: string | undefined, terminal: Terminal): Promise<number> {
  const folder = outFolder(out);
  await writeData(data, folder);
  terminal.out.write(`wrote ${data.label.length} comparisons of ${data.users.length} users to ${folder}\n`);
  return ExitCode.ok;
}

function outFolder(out: string | undefined): string {
  if (out === undefined || out === "") throw new UsageError("needs --out DIR, the folder to write");
  return out;
}
