// Runs notebooks that end in every way there is, 50 of them or as many as asked for (node scripts/check-leftovers.mjs 20), and
// fails when a process, a port or a temporary folder is left. Every process that a run starts, and all that those start, has this
// script's TMPDIR in its environment: that is how they are found (/proc, so on Linux; elsewhere by their command lines).
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const count = Number(process.argv[2] ?? 50);
if (!Number.isInteger(count) || count < 1) throw new Error(`how many runs? got ${process.argv[2]}`);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "pal-lab-leftovers-"));
const temporary = join(folder, "tmp");
mkdirSync(temporary);
const children =
  'import { spawn } from "child_process"; spawn("sleep", ["3600"]); spawn("sh", ["-c", "sleep 3600 & wait"]);';
const started = 'import fs from "fs"; fs.writeFileSync(process.env.STARTED as string, "");';

/** What each notebook does, the exit code that its run must have, and what is done to the runner meanwhile. */
const endings = {
  passes: { code: "console.log(1)", exit: 0 },
  late: {
    code: "setTimeout(() => console.log(2), 3600_000).unref(); setInterval(() => 0, 50); void 0",
    exit: 0,
  },
  server: { code: 'import http from "http"; http.createServer().listen(0, "127.0.0.1"); void 0', exit: 0 },
  large: { code: "for (let i = 0; i < 50_000; i++) console.log('x'.repeat(100));", exit: 0 },
  children: { code: children, exit: 0 },
  raises: { code: "throw new Error('expected')", tags: ["raises-exception"], exit: 0 },
  "raises nothing": { code: "1;", tags: ["raises-exception"], exit: 1 },
  throws: { code: "throw new Error('thrown')", exit: 1 },
  "type error": { code: "const n: number = 'text';", exit: 1 },
  "missing import": { code: "import { x } from 'no-such-package'; x;", exit: 1 },
  rejects: { code: "await Promise.reject(new Error('awaited'))", exit: 1 },
  "rejects unawaited": { code: "void Promise.reject(new Error('unawaited'))", exit: 1 },
  "timer throws": { code: "setTimeout(() => { throw new Error('late') }, 20)", exit: 1 },
  endless: { code: `${children} for (;;) {}`, args: ["--timeout", "2"], exit: 124 },
  "endless after await": {
    code: "const f = async () => { await 0; for (;;) {} };\nawait f();",
    args: ["--timeout", "2"],
    exit: 124,
  },
  "notebook too slow": { code: "await new Promise(() => 0)", args: ["--notebook-timeout", "2"], exit: 124 },
  exits: { code: "process.exit(3)", exit: 138 },
  "is killed": { code: "process.kill(process.pid, 'SIGKILL'); await new Promise(() => 0)", exit: 138 },
  "wrong parameter": { code: "1;", args: ["-p", "N=true"], exit: 2 },
  "read-only": { code: "1;", args: ["--out", "/dev/null/no"], exit: 2 },
  "Ctrl-C": { code: `${started} ${children} for (;;) {}`, signals: ["SIGINT"], exit: 130 },
  "Ctrl-C twice": {
    code: `${started} ${children} await new Promise(() => 0)`,
    signals: ["SIGINT", "SIGINT"],
    exit: 130,
  },
  terminated: { code: `${started} ${children} await new Promise(() => 0)`, signals: ["SIGTERM"], exit: 130 },
  "runner killed": { code: `${started} ${children} for (;;) {}`, signals: ["SIGKILL"], exit: null },
};

const names = Object.keys(endings);
const wrong = [];
const rest = Array.from({ length: count }, (_, i) => i).values();
try {
  await Promise.all([work(), work()]);
  // a kernel whose runner was killed ends by itself, soon after
  const deadline = performance.now() + 10_000;
  while (leftovers().length > 0 && performance.now() < deadline) await sleep(100);
  wrong.push(...leftovers());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of wrong) console.error(problem);
console.log(`${count} runs that end in ${Math.min(count, names.length)} ways: ${wrong.length} problems`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function work() {
  for (const i of rest) {
    const name = names[i % names.length];
    const exit = await run(i, endings[name]);
    if (exit !== endings[name].exit) wrong.push(`"${name}" ended with ${exit}, not ${endings[name].exit}`);
  }
}

async function run(i, { code, tags = [], args = [], signals = [] }) {
  const path = join(folder, `${i}.ipynb`);
  const marker = join(folder, `${i}.started`);
  writeFileSync(path, JSON.stringify(notebook(code, tags)));
  const child = spawn(process.execPath, [join(root, "bin/pal-lab.js"), "notebook", "run", path, ...args], {
    env: { ...process.env, TMPDIR: temporary, STARTED: marker },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  if (signals.length > 0) {
    while (!existsSync(marker) && child.exitCode === null) await sleep(20);
    await sleep(100);
    for (const signal of signals) child.kill(signal);
  }
  const [exit] = await ended;
  return exit;
}

function notebook(code, tags) {
  const cell = (source, metadata) => ({
    cell_type: "code",
    metadata,
    source,
    execution_count: null,
    outputs: [],
  });
  return {
    cells: [cell("const N = 1;", { tags: ["parameters"] }), cell(code, { tags }), cell("await 0;", {})],
    metadata: { kernelspec: { name: "tslab", language: "typescript", display_name: "TypeScript" } },
    ...{ nbformat: 4, nbformat_minor: 4 },
  };
}

/** Temporary folders, half-written notebooks, and processes (so also their ports). */
function leftovers() {
  const files = readdirSync(folder).filter((name) => !/^\d+\.(ipynb|started)$|^tmp$/.test(name));
  return [
    ...readdirSync(temporary).map((name) => `left: temporary ${name}`),
    ...files.map((name) => `left: file ${name}`),
    ...processes().map((name) => `left: process ${name}`),
  ];
}

function processes() {
  if (!existsSync("/proc/self/environ"))
    return execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(temporary));
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, "utf8").includes(temporary);
      return isOurs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`] : [];
    } catch {
      return [];
    }
  });
}
