import { ExitCode } from "../../core/index.js";
import { diffNotebooks } from "../../notebook/index.js";
import { numberOption, parse, UsageError, type Command } from "../command.js";
import { openNotebook } from "./options.js";
import { colouredDiff } from "./coloured-diff.js";

export const diff: Command = {
  summary: "show in which cells two notebooks differ",
  help: `
usage: pal-lab notebook diff <a.ipynb> <b.ipynb> [--tolerance T] [--json]

Compares cell by cell: tags, source, outputs. Counts, ids, times, paths and pictures do not matter. Exits with 0 when the
notebooks are alike and with 1 when they are not.

      --tolerance T   relative difference up to which numbers in outputs are equal (default 0)
      --json          the changes as JSON on standard output
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { tolerance: { type: "string" }, json: { type: "boolean" } });
    const [first, second, ...more] = positionals;
    if (first === undefined || second === undefined || more.length > 0)
      throw new UsageError(`needs two notebooks, got ${positionals.length}`);
    const tolerance = numberOption("tolerance", values.tolerance) ?? 0;
    const changes = diffNotebooks(await openNotebook(first), await openNotebook(second), tolerance);
    if (values.json === true) terminal.out.write(`${JSON.stringify({ changes }, undefined, 2)}\n`);
    else {
      for (const { kind, cell, cellType, heading, diffs } of changes) {
        const under = heading === undefined ? "" : `, under ${JSON.stringify(heading)}`;
        const text = diffs.map((one) => colouredDiff(one, terminal.out)).join("");
        terminal.out.write(`${kind}: cell ${cell} (${cellType}${under})\n${text}\n`);
      }
      terminal.error.write(changes.length === 0 ? "no difference\n" : `${changes.length} cells differ\n`);
    }
    return changes.length === 0 ? ExitCode.ok : ExitCode.failed;
  },
};
