import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { ExitCode, InputError } from "../../core/index.js";
import { loadData } from "../../data/files/index.js";
import { writeNotebook, type Notebook } from "../../notebook/index.js";
import { parse, UsageError, type Command } from "../command.js";
import { dataNotebook } from "./data-template.js";
import { templateNotebook } from "./template.js";

const DEFAULT_TITLE = "A new notebook";

export const create: Command = {
  summary: "write a template notebook that runs and passes lint",
  help: `
usage: pal-lab notebook new [PATH] [--title TEXT] [--data FILE]

Writes a notebook to begin from and prints its path. It has a title, a question, parameters, data, a model and a result; with
--data it loads, explores and draws your own table.

  PATH            the new file (…ipynb), or a folder for it (default: this one); a file that exists is not overwritten
  --title TEXT    the notebook's title (default: ${DEFAULT_TITLE}), which also names the file in a folder
  --data FILE     votes or comparisons, in any form that "pal-lab data describe" reads; a Polis conversation by its name
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { title: { type: "string" }, data: { type: "string" } });
    const [place = ".", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`makes one notebook, got ${positionals.length} paths`);
    const title = (values.title ?? defaultTitle(values.data)).replace(/\s+/g, " ").trim();
    if (title === "") throw new UsageError("--title must not be empty");
    const path = place.endsWith(".ipynb") ? place : join(place, `${fileName(title)}.ipynb`);
    if (existsSync(path)) throw new InputError(`${path} exists already`);
    await writeNotebook(path, await newNotebook(title, path, values.data));
    terminal.out.write(`${path}\n`);
    if (!findsPackage(resolve(dirname(path))))
      terminal.error.write(
        `note: it imports pal-lab, which cannot be found from ${resolve(dirname(path))}; ` +
          "put it below a clone of pal-lab, or into a folder where pal-lab is installed\n",
      );
    return ExitCode.ok;
  },
};

function defaultTitle(data: string | undefined): string {
  return data === undefined ? DEFAULT_TITLE : `The answers in ${basename(data)}`;
}

/** @param data what it is to be about; it is read, so that what is wrong with it is said now */
async function newNotebook(title: string, path: string, data: string | undefined): Promise<Notebook> {
  if (data === undefined) return templateNotebook(title);
  const { summary } = await loadData(data);
  const name = fileName(basename(path, ".ipynb"));
  const from = existsSync(data)
    ? relative(dirname(resolve(path)), resolve(data)).replaceAll("\\", "/")
    : data;
  return dataNotebook({ title, name, path: from, kind: summary.kind === "votes" ? "votes" : "comparisons" });
}

function fileName(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["notebook"];
  return words.join("-").slice(0, 60).replace(/-$/, "");
}

function findsPackage(folder: string): boolean {
  const isHere = existsSync(join(folder, "node_modules", "pal-lab"));
  return isHere || (dirname(folder) !== folder && findsPackage(dirname(folder)));
}
