// The checks that need no test run, two at a time: types, lint, format, notebooks, and what people read against the records.
// What a check prints appears when it ends; all of them run, and one that fails makes the whole fail.
import { spawn } from "node:child_process";

const CHECKS = ["check:code", "format:check", "lint:notebooks", "check:results"];
const AT_ONCE = 2;

const waiting = [...CHECKS];
const failed = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));
if (failed.length > 0) {
  console.error(`check: failed: ${failed.join(", ")}`);
  process.exit(1);
}

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const { code, printed } = await run(name);
    process.stdout.write(printed);
    if (code !== 0) failed.push(name);
  }
}

function run(name) {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", name], { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (printed += text));
    child.on("error", (error) => resolve({ code: 1, printed: `${name}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ code, printed }));
  });
}
