import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ExitCode, InputError } from "../../core/index.js";
import { writeNotebook } from "../../notebook/index.js";
import { parse, UsageError, type Command } from "../command.js";
import { templateNotebook } from "./template.js";

const DEFAULT_TITLE = "A new notebook";

export const create: Command = {
  summary: "write a template notebook that runs and passes lint",
  help: `
usage: pal-lab notebook new [PATH] [--title TEXT]

Writes a notebook to begin from and prints its path. It has a title, a question, parameters, data, a model and a result.

  PATH            the new file (…ipynb), or a folder for it (default: this one); a file that exists is not overwritten
  --title TEXT    the notebook's title (default: ${DEFAULT_TITLE}), which also names the file in a folder
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { title: { type: "string" } });
    const [place = ".", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`makes one notebook, got ${positionals.length} paths`);
    const title = (values.title ?? DEFAULT_TITLE).replace(/\s+/g, " ").trim();
    if (title === "") throw new UsageError("--title must not be empty");
    const path = place.endsWith(".ipynb") ? place : join(place, `${fileName(title)}.ipynb`);
    if (existsSync(path)) throw new InputError(`${path} exists already`);
    await writeNotebook(path, templateNotebook(title));
    terminal.out.write(`${path}\n`);
    if (!findsPackage(resolve(dirname(path))))
      terminal.error.write(
        `note: it imports pal-lab, which cannot be found from ${resolve(dirname(path))}; ` +
          "put it below a clone of pal-lab, or into a folder where pal-lab is installed\n",
      );
    return ExitCode.ok;
  },
};

function fileName(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["notebook"];
  return words.join("-").slice(0, 60);
}

function findsPackage(folder: string): boolean {
  const isHere = existsSync(join(folder, "node_modules", "pal-lab"));
  return isHere || (dirname(folder) !== folder && findsPackage(dirname(folder)));
}
