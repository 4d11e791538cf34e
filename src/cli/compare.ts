import { availableParallelism } from "node:os";
import { join } from "node:path";
import { duration, ExitCode, InputError, messageOf, stableJson } from "../core/index.js";
import { renderSummary } from "../data/index.js";
import { loadData } from "../data/files/index.js";
import { compare, namedWorld, WORLD_NAMES, type NamedWorld } from "../evaluate/index.js";
import { familyRunner } from "../evaluate/threads/index.js";
import { takeaway, writeComparison } from "../report/index.js";
import {
  countOption,
  numberOption,
  optional,
  parse,
  UsageError,
  type Command,
  type Terminal,
} from "./command.js";
import { DATA_FLAGS, DATA_HELP, dataName, dataOptions, outFolder } from "./data-options.js";

const WORLDS = WORLD_NAMES.map(([name, about]) => `  ${name.padEnd(16)} ${about}`).join("\n");

export const compareCommand: Command = {
  summary:
    "families of models side by side on your data: which fits these people, and does knowing them help",
  help: `
usage: pal-lab compare DATA|WORLD [--out DIR] [--families A,B] [--seeds N] [--seed S] [--given N,N] [--users N] [--answers N]
                       [--most-features N] [--jobs N] [--json]

Trains every family that DATA allows on the same answers and judges it on users who trained, and on new users by how many
answers they gave. Writes compare.html, the chart first, and compare.json into DIR (default: out/compare/ and the data's name).

  --families A,B    families of "pal-lab models" (default: all; one that cannot take the data is listed with its reason);
                    --methods is the same
  --seeds N         divisions into users and answers, drawn anew (default 3)
  --seed S          the first division's seed (default 1)
  --given N,N       answers that new users give (default 0,1,2,5,10,20,50, as far as half of them can)
  --users N         most users, drawn at random (default 150)
  --answers N       most answers of a user (default 50)
  --most-features N of tables with more features so many principal components are taken (default 16)
  --jobs N          worker threads (default: one for each core)
  --json            prints the comparison as JSON and nothing else

WORLD is a simulated population whose truth is known, so that ceilings are too:
${WORLDS}
${DATA_HELP}`,
  async run(args, terminal): Promise<number> {
    const text = { type: "string" } as const;
    const { values, positionals } = parse(args, {
      ...{ out: text, families: text, methods: text, seeds: text, seed: text, given: text, users: text },
      ...{ answers: text, "most-features": text, jobs: text, json: { type: "boolean" }, ...DATA_FLAGS },
    });
    if (positionals.length !== 1)
      throw new UsageError(`needs one DATA or WORLD, got ${positionals.length} arguments`);
    const [path] = positionals;
    const begin = performance.now();
    const isQuiet = values.json === true;
    const seed = numberOption("seed", values.seed) ?? 1;
    const { data, truth } = await dataOrWorld(path, values, { terminal, isQuiet, seed });
    const families = values.families ?? values.methods;
    const limits = {
      ...optional("users", countOption("users", values.users)),
      ...optional("answers", countOption("answers", values.answers)),
      ...optional("features", countOption("most-features", values["most-features"])),
    };
    const folder = await outFolder(values.out ?? join("out", "compare", dataName(path)));
    const found = await compare(data, {
      ...{ seed, limits },
      ...(truth === undefined ? {} : { truth }),
      ...(families === undefined ? {} : { families: listOf(families) }),
      ...(values.given === undefined
        ? {}
        : { given: listOf(values.given).map((each) => numberOption("given", each) ?? 0) }),
      ...optional("seeds", numberOption("seeds", values.seeds)),
      runner: familyRunner({
        threads: countOption("jobs", values.jobs) ?? availableParallelism(),
        signal: terminal.signal,
      }),
      onStage: (name) =>
        terminal.error.write(`pal-lab: ${name} (${duration((performance.now() - begin) / 1000)})\n`),
    });
    const written = await writeComparison(found, folder);
    if (isQuiet) terminal.out.write(`${stableJson({ comparison: found }, { digits: 6, indent: 1 })}\n`);
    else terminal.out.write(`${takeaway(found)}\n${written.page}\n`);
    return ExitCode.ok;
  },
};

type Values = Parameters<typeof dataOptions>[0];

async function dataOrWorld(
  path: string,
  values: Values,
  {
    terminal,
    isQuiet,
    seed,
  }: { readonly terminal: Terminal; readonly isQuiet: boolean; readonly seed: number },
): Promise<Pick<NamedWorld, "data"> & Partial<Pick<NamedWorld, "truth">>> {
  if (WORLD_NAMES.some(([name]) => name === path)) return namedWorld(path, { seed });
  try {
    const { data, summary } = await loadData(path, dataOptions(values, terminal));
    if (!isQuiet) terminal.out.write(`${renderSummary(summary)}\n\n`);
    return { data };
  } catch (thrown) {
    // a bare word may have been meant as a world
    if (!(thrown instanceof Error) || !/^[\w-]+$/.test(path)) throw thrown;
    const known = WORLD_NAMES.map(([name]) => name).join(", ");
    throw new InputError(`${messageOf(thrown)}; nor is ${JSON.stringify(path)} a world: there are ${known}`);
  }
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
