// `npm run faults [-- --times 20] [--cut 60] [--seed 1]`: every fault that a sweep on many machines must survive, many times, and a table of how
// often it ended with the bytes of one machine. `npm run test:queue` has one of each.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "20" },
    cut: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
  },
});
for (const [name, text] of Object.entries(values))
  if (!/^[1-9]\d*$/.test(text)) {
    console.error(`faults: --${name} must be a positive integer, got ${text}`);
    process.exit(2);
  }
const FILES = ["test/queue/faults.test.ts", "test/queue/hosts.test.ts", "test/sweep-shards.test.ts"];

const folder = mkdtempSync(join(tmpdir(), "pal-lab-faults-"));
const report = join(folder, "report.json");
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const args = [
  vitest,
  "run",
  ...FILES,
  "--reporter=verbose",
  "--reporter=json",
  `--outputFile.json=${report}`,
];
const env = { PAL_LAB_FAULTS: values.times, PAL_LAB_CUT_S: values.cut, PAL_LAB_FAULTS_SEED: values.seed };
try {
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  const [code] = await once(child, "exit");
  console.log(table(JSON.parse(readFileSync(report, "utf8"))));
  process.exitCode = code ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A line for each fault: how often it happened, how often all was well, how long it took. Tests that differ by their number are one fault. */
function table({ testResults }) {
  const rows = new Map();
  for (const { title, status, duration = 0 } of testResults.flatMap((file) => file.assertionResults)) {
    const name = title.replace(/ \(\d+\)$/, "");
    const row = rows.get(name) ?? { passed: 0, skipped: 0, times: [] };
    row.times.push(duration / 1000);
    if (status === "passed") row.passed++;
    if (status === "skipped" || status === "pending") row.skipped++;
    rows.set(name, row);
  }
  const lines = [...rows].map(([name, { passed, skipped, times }]) => {
    const sorted = times.sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)].toFixed(0);
    return skipped === times.length
      ? `| ${name} | skipped | |`
      : `| ${name} | ${passed} of ${times.length} | ${middle} |`;
  });
  return ["", "| fault | survived | median s |", "| --- | --- | ---: |", ...lines, ""].join("\n");
}
