import { ExitCode } from "../../core/index.js";
import { notebookParameters } from "../../notebook/index.js";
import { parse, type Command } from "../command.js";
import { named, openNotebook } from "./options.js";

export const params: Command = {
  summary: "list the parameters of notebooks: name, type, default, comment",
  help: `
usage: pal-lab notebook params <notebook.ipynb…> [--json]

Lists what "notebook run -p" can set: the constants of the cell tagged "parameters".
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { json: { type: "boolean" } });
    const notebooks = [];
    for (const path of named(positionals)) {
      const parameters = notebookParameters(await openNotebook(path)).map(
        ({ name, type, defaultText, defaultValue, comment }) => ({
          ...{ name, type: type ?? null, default: defaultValue, defaultText, comment },
        }),
      );
      notebooks.push({ path, parameters });
    }
    if (values.json === true) {
      terminal.out.write(`${JSON.stringify({ notebooks }, undefined, 2)}\n`);
      return ExitCode.ok;
    }
    for (const { path, parameters } of notebooks) {
      const rows = parameters.map(({ name, type, defaultText, comment }) => [
        `${name}: ${type ?? "any"} = ${defaultText}`,
        comment,
      ]);
      const width = Math.max(0, ...rows.map(([left = ""]) => left.length));
      const lines = rows.map(([left = "", comment]) => `  ${left.padEnd(width)}  ${comment}`.trimEnd());
      terminal.out.write([path, ...(lines.length === 0 ? ["  no parameters"] : lines), ""].join("\n"));
    }
    return ExitCode.ok;
  },
};
