import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkNotebooks,
  createReporter,
  DEFAULT_TOLERANCE,
  type NotebookCheck,
} from "../../notebook/index.js";
import { numberOption, parse, type Command, type Terminal } from "../command.js";
import { named, readRunOptions, RUN_OPTIONS, RUN_OPTIONS_HELP } from "./options.js";
import { colouredDiff } from "./coloured-diff.js";

export const check: Command = {
  summary: "run notebooks again and compare with the outputs they show",
  help: `
usage: pal-lab notebook check <notebook.ipynb…> [options]

Runs notebooks with the parameters they were saved with and compares what each cell puts out with what is saved: text
without times, paths and ids, numbers within a relative tolerance, figures by their specification, pictures not at all.
Cells tagged "nb-ignore-output" are left out. Prints a unified diff for each cell that differs and exits with 1 then.
The notebooks are not changed.

${RUN_OPTIONS_HELP}
      --tolerance T             relative difference up to which numbers are equal (default ${DEFAULT_TOLERANCE})
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { ...RUN_OPTIONS, tolerance: { type: "string" } });
    const tolerance = numberOption("tolerance", values.tolerance);
    const figures = await mkdtemp(join(tmpdir(), "pal-lab-figures-"));
    const { checks, exitCode } = await checkNotebooks(named(positionals), {
      env: { PAL_LAB_FIGURES: figures },
      ...readRunOptions(values, terminal),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...createReporter(terminal.error, false),
      onChecked: values.json === true ? undefined : (result) => printCheck(result, terminal),
    }).finally(() => rm(figures, { recursive: true, force: true }));
    if (values.json === true) terminal.out.write(`${JSON.stringify({ checks }, undefined, 2)}\n`);
    return exitCode;
  },
};

/** What a check found, for people: a line for the notebook and a diff for each cell that differs. */
export function printCheck(
  { path, run, differences, compared, ignored }: NotebookCheck,
  terminal: Terminal,
): void {
  if (run.status !== "ok") return;
  const left = ignored === 0 ? "" : `, ${ignored} ignored`;
  const count = `${compared} cells compared${left}`;
  if (differences.length === 0) return void terminal.out.write(`${path}: as committed (${count})\n`);
  terminal.out.write(`${path}: ${differences.length} cells differ (${count})\n`);
  for (const { cellNumber, heading, diff } of differences) {
    const under = heading === undefined ? "" : `, under ${JSON.stringify(heading)}`;
    terminal.out.write(`\n${path}: cell ${cellNumber}${under}\n${colouredDiff(diff, terminal.out)}`);
  }
}
