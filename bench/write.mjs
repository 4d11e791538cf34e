// What a run leaves in this folder: its record as JSON, its chart, and its table in README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { figures } from "../dist/index.js";
import { engineChart } from "./charts/engines.mjs";
import { growthChart } from "./charts/growth.mjs";
import { exponentTable } from "./growth/growth.mjs";
import { formatTable } from "./table.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** @param result of a run @param missing the engines that it could not measure */
export async function writeResults(result, missing) {
  writeFileSync(here("results.json"), `${JSON.stringify({ ...result, missing }, undefined, 2)}\n`);
  if (result.cases.some(({ ratioToTorch }) => ratioToTorch !== null))
    writeFileSync(here("engines.svg"), await figures.renderSvg(engineChart(result)));
  replaceInReadme(
    "results",
    `${result.machine}, Node ${result.node}:\n\n${formatTable(result.cases, missing)}`,
  );
}

/** @param record as `measureGrowth` returns it */
export async function writeGrowth(record) {
  writeFileSync(here("growth.json"), `${JSON.stringify(record, undefined, 2)}\n`);
  writeFileSync(here("growth.svg"), await figures.renderSvg(growthChart(record)));
  replaceInReadme("growth", `${record.machine}, Node ${record.node}:\n\n${exponentTable(record)}`);
}

/** Writes `text` between the markers of this name. */
function replaceInReadme(name, text) {
  const readme = readFileSync(here("README.md"), "utf8");
  const [begin, end] = [`<!-- ${name}:begin`, `<!-- ${name}:end -->`];
  const from = readme.indexOf("-->", readme.indexOf(begin)) + 3;
  const to = readme.indexOf(end);
  if (!readme.includes(begin) || to < from) throw new Error(`README.md: no markers ${begin} … ${end}`);
  writeFileSync(here("README.md"), `${readme.slice(0, from)}\n\n${text}\n\n${readme.slice(to)}`);
}
