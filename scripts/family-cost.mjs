// What adding a family of models cost, from git: the files and lines that the commits which began its folder touched.
// usage: node scripts/family-cost.mjs [FAMILY…], default every family whose folder one commit of its own began
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
const isFamily = (entry) => entry.isDirectory() && !["fixtures", "parts", "users"].includes(entry.name);
const folders = readdirSync(`${root}/src/families`, { withFileTypes: true }).filter(isFamily);
const asked = process.argv.slice(2);
const known = folders.map(({ name }) => name);
const unknown = asked.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`family-cost: no family ${JSON.stringify(unknown)}; there are ${known.join(", ")}`);
  process.exit(2);
}
for (const family of asked.length > 0 ? asked : known) {
  const folder = `src/families/${family}/`;
  const [commit] = git("log", "--diff-filter=A", "--format=%H", "--reverse", "--", folder).split("\n");
  if (commit === "") {
    console.log(`${family}: its folder is in no commit yet`);
    continue;
  }
  const files = git("show", "--numstat", "--format=", commit)
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([added, removed, path]) => ({ path, lines: Number(added) + Number(removed) }));
  const own = files.filter(({ path }) => path.startsWith(folder));
  const others = files.filter(({ path }) => !path.startsWith(folder));
  const tests = own.filter(({ path }) => path.includes("/fixtures/"));
  const sum = (some) => some.reduce((total, { lines }) => total + lines, 0);
  console.log(`${family} (${commit.slice(0, 7)} ${git("show", "-s", "--format=%s", commit)})`);
  console.log(`  ${own.length - tests.length} files, ${sum(own) - sum(tests)} lines in its folder`);
  console.log(
    `  ${tests.length} files, ${sum(tests)} lines of cases, reference, worlds and lists of kernels`,
  );
  console.log(`  ${others.length} files, ${sum(others)} lines elsewhere`);
  if (others.length <= 10) for (const { path, lines } of others) console.log(`    ${path}: ${lines}`);
}
