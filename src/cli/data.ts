import { ExitCode } from "../core/index.js";
import { EXPERIMENTS, experimentNamed, openChoices } from "../evaluate/experiments/index.js";
import { parse, UsageError, type Command } from "./command.js";

export const data: Command = {
  summary: "say what the experiments' data is: data describe [experiment]",
  help: `
usage: pal-lab data describe [${EXPERIMENTS.join(" | ")}] [--json]

Lists every choice that the paper leaves open: what is decided, what is known of the paper (with how sure that is), and our
default. Each is a key of the experiment's configuration ("base" or "grid" of pal-lab sweep) and of sweep() in a notebook.
`,
  run(args, terminal): Promise<number> {
    const [verb, ...rest] = args;
    if (verb !== "describe")
      throw new UsageError(`expected "describe", got ${JSON.stringify(verb ?? "nothing")}`);
    const { values, positionals } = parse(rest, { json: { type: "boolean" } });
    for (const name of positionals) experimentNamed(name);
    const wanted = openChoices((name) => experimentNamed(name).defaults).filter(
      ({ experiment }) => positionals.length === 0 || positionals.includes(experiment),
    );
    if (values.json === true) terminal.out.write(`${JSON.stringify(wanted, undefined, 1)}\n`);
    else {
      for (const { experiment, key, choice, paper, ours } of wanted) {
        terminal.out.write(
          `${experiment}.${key} = ${JSON.stringify(ours)}\n    ${choice}\n    paper: ${paper}\n`,
        );
      }
    }
    return Promise.resolve(ExitCode.ok);
  },
};
