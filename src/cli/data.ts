import type { Command } from "./command.js";
import { UsageError } from "./command.js";
import { DATA_HELP } from "./data-options.js";
import { describeData } from "./describe-data.js";
import { writePersona, writePolis, writeSimulation } from "./write-data.js";

const VERBS = { describe: describeData, simulate: writeSimulation, persona: writePersona, polis: writePolis };

export const data: Command = {
  summary: "describe a data set, or write one: data describe|simulate|persona|polis",
  help: `
usage: pal-lab data describe DATA [--json]
       pal-lab data describe [EXPERIMENT…] [--json]
       pal-lab data simulate --out DIR [--setting mixture|partition|gaussian] [--prototypes K] [--dimension D] [--users N]
                             [--comparisons N] [--pairs fresh|pool|shared] [--noise SLOPE] [--seed S]
       pal-lab data persona PERSONA… --out DIR [--users N] [--comparisons N] [--prompts uniform|balanced] [--encoder E] [--seed S]
       pal-lab data polis CONVERSATION --out DIR

"describe" says what a data set holds, which columns and codings were taken, and what was dropped and why, before anything is
trained. With the name of an experiment (simulation, persona, pick-a-filter), or nothing, it lists every choice that the paper
leaves open: what is known of it, and our default. The others write a data set as a folder that every command takes as DATA.
${DATA_HELP}`,
  run(args, terminal): Promise<number> {
    const [verb, ...rest] = args;
    if (verb === undefined || !Object.hasOwn(VERBS, verb)) {
      const known = Object.keys(VERBS).map((name) => JSON.stringify(name));
      throw new UsageError(`expected ${known.join(", ")}, got ${JSON.stringify(verb ?? "nothing")}`);
    }
    return VERBS[verb as keyof typeof VERBS](rest, terminal);
  },
};
