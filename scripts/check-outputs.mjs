// After `npm start`: the report and its figures are there, and no committed file was touched.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const report = JSON.parse(readFileSync("out/report.json", "utf8"));
const problems = [];

const wanted = [
  "simulation-latent-space",
  "simulation-accuracy-vs-k",
  "persona-query",
  "persona-accuracy-vs-k",
];
for (const id of wanted)
  if (!report.figures.some((figure) => figure.id === id)) problems.push(`no figure ${id}`);
for (const figure of report.figures) {
  for (const kind of ["svg", "png", "html", "record"]) {
    if (!existsSync(join("out", figure[kind]))) problems.push(`${figure.id}: ${figure[kind]} is missing`);
  }
}
for (const notebook of report.notebooks) {
  if (notebook.status !== "ok") problems.push(`${notebook.path}: ${notebook.status}`);
  if (!existsSync(join("out", notebook.path))) problems.push(`${notebook.path} is missing`);
}
const changed = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" }).trim();
if (changed !== "") problems.push(`git status is not clean:\n${changed}`);

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${report.notebooks.length} notebooks, ${report.figures.length} figures, git status clean`);
