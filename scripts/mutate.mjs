// How many small faults a room's tests notice: a seeded sample of its mutants, by Stryker. Slow, so no part of npm test.
// usage: npm run mutate -- ROOM [--sample N] [--seed N] [--first]; ROOM is a folder below src, such as core or evaluate/sweep.
// The result goes into docs/mutants.json and the table of docs/quality.md; --first keeps it as the room's first measurement.
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { NOT_DRAWN } from "./mutate/drawn.mjs";
import { APART, COMPILED, TESTS } from "./mutate/rooms.mjs";
import { writeTable } from "./mutate/table.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    first: { type: "boolean", default: false },
  },
});
const [room] = positionals;
const [count, seed] = [Number(values.sample), Number(values.seed)];
if (positionals.length !== 1 || !/^[a-z][a-z/]*$/.test(room) || !existsSync(join("src", room)))
  fail(
    `give one folder below src, such as core or evaluate/sweep; got ${positionals.join(" ") || "nothing"}`,
  );
if (!Number.isInteger(count) || count < 1 || count > 300)
  fail(`--sample must be 1 to 300, got ${values.sample}`);
if (!Number.isInteger(seed)) fail(`--seed must be an integer, got ${values.seed}`);

// Stryker leaves its copy of the project when it is interrupted: a folder for each run, removed when it ends, or by the next run
const copies = join(".stryker-tmp", String(process.pid));
for (const name of existsSync(".stryker-tmp") ? readdirSync(".stryker-tmp") : [])
  if (!isRunning(Number(name))) rmSync(join(".stryker-tmp", name), { recursive: true, force: true });
process.on("exit", () => {
  rmSync(copies, { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(".stryker-tmp") && readdirSync(".stryker-tmp").length === 0) rmdirSync(".stryker-tmp");
});

const { Stryker } = await import("@stryker-mutator/core");
const tests = TESTS[room] ?? [`src/${room}/**/*.test.ts`];
process.env.PAL_LAB_MUTATE_TESTS = JSON.stringify(tests);
const results = await new Stryker({
  mutate: [
    `src/${room}/**/*.ts`,
    "!src/**/*.test.ts",
    "!src/**/*.d.ts",
    "!src/**/fixtures/**",
    "!src/**/build/**",
    ...(APART[room] ?? []).map((folder) => `!${folder}`),
  ],
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutate/vitest.config.mjs", related: false },
  plugins: ["@stryker-mutator/vitest-runner", fileURLToPath(new URL("mutate/drawn.mjs", import.meta.url))],
  checkers: ["drawn"],
  drawn: { seed, count },
  warnings: { unknownOptions: false },
  ...(COMPILED.includes(room) ? { buildCommand: "node scripts/build.mjs" } : {}),
  disableTypeChecks: `src/${room}/**/*.ts`,
  ignorePatterns: ["/dist", "/out", "/.jupyter"],
  reporters: [process.stdout.isTTY ? "progress" : "dots"],
  logLevel: "warn",
  concurrency: 1,
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 10,
  cleanTempDir: "always",
  tempDirName: copies,
}).runMutationTest();

const drawn = results.filter(({ statusReason }) => statusReason !== NOT_DRAWN);
const number = (...statuses) => drawn.filter(({ status }) => statuses.includes(status)).length;
const [killed, timeouts] = [number("Killed"), number("Timeout")];
const [survived, noCoverage] = [number("Survived"), number("NoCoverage")];
const mutants = killed + timeouts + survived + noCoverage;
const left = drawn
  .filter(({ status }) => status === "Survived" || status === "NoCoverage")
  .map(describe)
  .sort();
const run = {
  ...{ mutants, of: results.length, killed, timeouts, survived, noCoverage },
  score: Math.round((1e4 * (killed + timeouts)) / mutants) / 1e4,
  ...{ seed, date: new Date().toISOString().slice(0, 10), tests },
  versions: {
    stryker: version("@stryker-mutator/core"),
    vitest: version("vitest"),
    node: process.versions.node,
  },
  left,
};
for (const line of left) console.log(line);
console.log(
  `${room}: ${killed + timeouts} of ${mutants} mutants noticed (${(100 * run.score).toFixed(1)} %), seed ${seed}`,
);

const path = join("docs", "mutants.json");
const record = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { rooms: {} };
record.rooms[room] = { ...record.rooms[room], [values.first ? "before" : "now"]: run };
writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`);
await writeTable(join("docs", "quality.md"), record);

function describe({ fileName, location: { start, end }, mutatorName, replacement, status }) {
  // lines and columns of a result count from 1
  const lines = readFileSync(fileName, "utf8").split("\n");
  const last = start.line === end.line ? end.column - 1 : undefined;
  const was = lines[start.line - 1].slice(start.column - 1, last);
  const shown = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll(/\s+/g, " ");
  const file = fileName.replaceAll("\\", "/").replace(/^.*?(?=src\/)/, "");
  const note = status === "NoCoverage" ? "(no test comes here) " : "";
  return `${file}:${start.line}:${start.column} ${mutatorName} ${note}${shown(was)}  →  ${shown(replacement ?? "")}`;
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function version(name) {
  return JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8")).version;
}

function fail(message) {
  console.error(`mutate: ${message}`);
  process.exit(2);
}
