import { UsageError, type Command } from "../command.js";
import { check } from "./check.js";
import { diff } from "./diff.js";
import { lint } from "./lint.js";
import { create } from "./new.js";
import { params } from "./params.js";
import { run } from "./run.js";
import { strip } from "./strip.js";

const commands: { readonly [name: string]: Command } = { run, check, lint, strip, diff, params, new: create };

export const notebook: Command = {
  summary: "run, check, lint, strip, diff tslab notebooks; list their parameters; begin a new one",
  commands,
  help: [
    "usage: pal-lab notebook <command> <notebook.ipynb…>      pal-lab notebook <command> --help",
    "",
    "For any tslab notebook, headless and without Python.",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`),
  ].join("\n"),
  run: ([verb = "nothing"]) => {
    const known = Object.keys(commands).map((name) => JSON.stringify(name));
    throw new UsageError(`expected one of ${known.join(", ")}, got ${JSON.stringify(verb)}`);
  },
};
