import { createReporter, runNotebooks } from "../../notebook/index.js";
import { parse, type Command } from "../command.js";
import { named, readRunOptions, RUN_OPTIONS, RUN_OPTIONS_HELP } from "./options.js";

export const run: Command = {
  summary: "run notebooks from top to bottom, each in a fresh kernel",
  help: `
usage: pal-lab notebook run <notebook.ipynb…> [options]

Runs tslab notebooks headless, each in a fresh kernel, without Python. Saves after each cell; goes on with the other
notebooks after a failure. Values of -p go into a cell of their own behind the one tagged "parameters".

${RUN_OPTIONS_HELP}
      --out DIR                 folder for the executed copies (default: in place)
      --no-times                leave times out of the saved notebooks
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...RUN_OPTIONS,
      out: { type: "string" },
      "no-times": { type: "boolean" },
    });
    const { results, exitCode } = await runNotebooks(named(positionals), {
      ...readRunOptions(values, terminal),
      outputFolder: values.out,
      recordTimes: values["no-times"] !== true,
      ...createReporter(terminal.error),
    });
    if (values.json === true) terminal.out.write(`${JSON.stringify({ results }, undefined, 2)}\n`);
    return exitCode;
  },
};
