import { checkOneOf, DataError, ExitCode, InputError } from "../../core/index.js";
import { formatProblem, LINT_RULES, lintNotebook } from "../../notebook/index.js";
import type { Library, LintProblem, LintRule } from "../../notebook/index.js";
import { parse, type Command } from "../command.js";
import { named } from "./options.js";

const rules = Object.entries(LINT_RULES).map(([rule, text]) => `  ${rule.padEnd(17)} ${text}`);

export const lint: Command = {
  summary: "find what is wrong with notebooks without running them",
  help: `
usage: pal-lab notebook lint <notebook.ipynb…> [--lessons] [--ignore RULE]… [--json]

Prints a line for each problem, with cell and line, and exits with 1 when there is one. The rules:

${rules.join("\n")}

      --lessons       looks at the rules of lessons, too, which this package's notebooks follow
      --ignore RULE   leaves a rule out (repeatable)
      --json          the problems as JSON on standard output
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ignore: { type: "string", multiple: true },
      json: { type: "boolean" },
      lessons: { type: "boolean" },
    });
    const { lessons = false } = values;
    const known = Object.keys(LINT_RULES) as LintRule[];
    const ignore = (values.ignore ?? []).map((rule) => checkOneOf("--ignore", rule, known));
    const library: Library = new Map();
    const found: { path: string; problems: LintProblem[] }[] = [];
    let unreadable = 0;
    for (const path of named(positionals)) {
      try {
        found.push({ path, problems: await lintNotebook(path, { ignore, lessons, library }) });
      } catch (thrown) {
        if (!(thrown instanceof DataError || thrown instanceof InputError)) throw thrown;
        terminal.error.write(`pal-lab notebook lint: ${thrown.message}\n`);
        unreadable++;
      }
    }
    const count = found.reduce((sum, { problems }) => sum + problems.length, 0);
    if (values.json === true) terminal.out.write(`${JSON.stringify({ notebooks: found }, undefined, 2)}\n`);
    else {
      for (const { path, problems } of found)
        for (const problem of problems) terminal.out.write(`${formatProblem(path, problem)}\n`);
      terminal.error.write(`${found.length} notebooks, ${count} problems\n`);
    }
    if (unreadable > 0) return ExitCode.usage;
    return count === 0 ? ExitCode.ok : ExitCode.failed;
  },
};
