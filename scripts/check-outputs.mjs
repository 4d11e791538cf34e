// After `npm start`: the report and its figures are there, exercises are not right and their solutions are, links of pages lead somewhere, and no
// committed file was touched.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exerciseFaults } from "./exercise-faults.mjs";

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
  else problems.push(...exerciseFaults(join("out", notebook.path)).faults);
}
let links = 0;
for (const folder of ["out", "out/notebooks", "out/docs"])
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".html") && each !== "explorer.html"))
    for (const [, href] of readFileSync(join(folder, name), "utf8").matchAll(
      /<a\b[^>]*? href="([^"#][^"]*)"/g,
    )) {
      if (/^[a-z]+:/.test(href)) continue;
      links++;
      const [path] = href.split("#");
      if (!existsSync(join(folder, decodeURI(path))))
        problems.push(`${folder}/${name}: ${href} leads nowhere`);
    }
const changed = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" }).trim();
if (changed !== "") problems.push(`git status is not clean:\n${changed}`);

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(
  `${report.notebooks.length} notebooks, ${report.figures.length} figures, ${links} links, exercises and solutions, git status clean`,
);
