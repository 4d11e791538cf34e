import { ExitCode } from "../core/index.js";
import { renderSummary } from "../data/index.js";
import { loadData } from "../data/files/index.js";
import { EXPERIMENTS, experimentNamed, openChoices } from "../evaluate/experiments/index.js";
import { parse, UsageError, type Terminal } from "./command.js";
import { DATA_FLAGS, dataOptions, onePositional } from "./data-options.js";

/** `data describe`: the summary of a data set, or the open choices of experiments. */
export async function describeData(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args, { ...DATA_FLAGS, json: { type: "boolean" } });
  const isExperiment = (name: string): boolean => (EXPERIMENTS as readonly string[]).includes(name);
  if (positionals.every(isExperiment))
    return describeExperiments(positionals, values.json === true, terminal);
  const path = onePositional("DATA", positionals);
  const { data, summary } = await loadData(path, dataOptions(values, terminal));
  const { source } = data;
  if (values.json === true) terminal.out.write(`${JSON.stringify({ ...summary, source }, undefined, 1)}\n`);
  else terminal.out.write(`${renderSummary(summary)}\nsource: ${source.name}, licence ${source.license}\n`);
  return ExitCode.ok;
}

function describeExperiments(names: readonly string[], isJson: boolean, terminal: Terminal): number {
  const wanted = openChoices((name) => experimentNamed(name).defaults).filter(
    ({ experiment }) => names.length === 0 || names.includes(experiment),
  );
  const lacking = names.filter((name) => !wanted.some(({ experiment }) => experiment === name));
  if (lacking.length > 0) {
    const known = [...new Set(openChoices(() => ({})).map(({ experiment }) => experiment))];
    throw new UsageError(
      `the paper leaves nothing open for ${lacking.join(", ")}, which is ours; the experiments with open choices are ${known.join(", ")}` +
        ` (a data set of that name: give its folder or file, such as ./${lacking[0]})`,
    );
  }
  if (isJson) terminal.out.write(`${JSON.stringify(wanted, undefined, 1)}\n`);
  else {
    for (const { experiment, key, choice, paper, ours } of wanted) {
      terminal.out.write(
        `${experiment}.${key} = ${JSON.stringify(ours)}\n    ${choice}\n    paper: ${paper}\n`,
      );
    }
  }
  return ExitCode.ok;
}
