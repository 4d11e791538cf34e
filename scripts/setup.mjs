// Installs and builds when something is missing or stale; uses Node's own modules only, so that
// `npm start` and `npm test` work in a fresh clone. The stamp is written last: a half-finished install
// or build leaves no stamp and is done again.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stampFile = join(root, "node_modules", ".pal-lab-setup.json");

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`pal-lab needs Node >= 20.19; this is ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}

const install = hash(["package-lock.json", "package.json"]);
const build = hash([...sources("src"), ...sources("scripts"), "tsconfig.json"]);
const stamp = readStamp();

if (stamp.install !== install) {
  rmSync(stampFile, { force: true });
  step("installing packages (npm ci), a minute or two", npm(), [
    "ci",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
  stamp.build = undefined;
}
if (stamp.build !== build || !existsSync(join(root, "dist", "index.js"))) {
  step("building", process.execPath, [join("scripts", "build.mjs")]);
}
writeFileSync(stampFile, JSON.stringify({ install, build }));

function step(title, command, args) {
  console.error(`pal-lab: ${title}`);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    console.error(`pal-lab: "${title}" failed (${result.error?.message ?? `exit code ${result.status}`})`);
    process.exit(1);
  }
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

function hash(files) {
  const sum = createHash("sha256").update(process.versions.modules);
  for (const file of files)
    sum
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return sum.digest("hex");
}

/** Every source file below a folder, built outputs apart, in a fixed order. */
function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (path === "src/engine/wasm/build" || path.endsWith(".test.ts")) return [];
      return entry.isDirectory() ? sources(path) : [path];
    })
    .sort();
}
