import { basename, join } from "node:path";
import { ExitCode } from "../../core/index.js";
import { strippedText, writeNotebookText } from "../../notebook/index.js";
import { parse, UsageError, type Command } from "../command.js";
import { asUsage, named } from "./options.js";

export const strip: Command = {
  summary: "remove outputs, counts, times and injected parameters",
  help: `
usage: pal-lab notebook strip <notebook.ipynb…> [--out DIR]
       pal-lab notebook strip --exercises --out DIR <notebook.ipynb…>

Leaves notebooks as they were before any run; what is not taken out keeps its bytes.

      --out DIR     folder for the stripped copies (default: in place)
      --exercises   also removes the cells tagged "solution": a learner's copy. Needs --out, so that no solution is lost
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { exercises: { type: "boolean" }, out: { type: "string" } });
    const { exercises = false, out } = values;
    if (exercises && out === undefined)
      throw new UsageError("--exercises needs --out DIR, so that no solution is lost");
    const targets = named(positionals).map((path) => (out === undefined ? path : join(out, basename(path))));
    const twice = targets.find((target, i) => targets.indexOf(target) !== i);
    if (twice !== undefined) throw new UsageError(`two notebooks would be saved as ${twice}`);
    const stripped = await Promise.all(positionals.map((path) => asUsage(strippedText(path, { exercises }))));
    for (const [i, target] of targets.entries()) {
      await writeNotebookText(target, stripped[i]);
      terminal.error.write(`${target}\n`);
    }
    return ExitCode.ok;
  },
};
