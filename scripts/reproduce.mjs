// `npm run reproduce [-- --check] [name…]`: the notebooks with the full profile, then the tables that people read.
// With --check nothing is written: both say what differs from the committed files.
import { spawnSync } from "node:child_process";

const args = process.argv.slice(2);
const check = args.includes("--check") ? ["--check"] : [];
const reproduced = run("bin/pal-lab.js", "reproduce", ...args);
const isWritten = reproduced === 0 || check.length > 0;
process.exitCode = (isWritten && run("scripts/write-results.mjs", ...check)) || reproduced;

function run(...command) {
  return spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
}
