// kernels (AssemblyScript -> wasm -> a TypeScript module holding the bytes), then TypeScript -> dist/: types file by file, code in few
// files, because a program that imports the package waits for every file that is read
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildExplorer } from "./build-explorer.mjs";
import { buildKernels } from "./build-kernels.mjs";

/** What programs, the command line, threads, scripts and the benchmark load. */
const ENTRIES = [
  "index",
  "browser",
  "public/engine",
  "public/node/figures",
  "notebook/index",
  "notebook/jupyter/index",
  "cli/main",
  "evaluate/experiments/index",
  "evaluate/sweep/worker",
  "evaluate/threads/worker",
  "engine/wasm/bind",
  "engine/wasm/runtime",
];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
await buildKernels(root);
rmSync(join(root, "dist"), { recursive: true, force: true });
// node_modules/.bin/tsc is tslab's TypeScript 5.0.4: name ours by its path
const tsc = join("node_modules", "typescript", "bin", "tsc");
const types = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json"], { cwd: root, stdio: "inherit" });
if (types.status !== 0) process.exit(types.status ?? 1);
await build({
  entryPoints: ENTRIES.map((entry) => join(root, "src", `${entry}.ts`)),
  ...{ outdir: join(root, "dist"), outbase: join(root, "src"), chunkNames: "chunks/[name]-[hash]" },
  ...{ bundle: true, splitting: true, packages: "external", sourcemap: true },
  ...{ platform: "node", format: "esm", target: "es2022", logLevel: "warning" },
});
await buildExplorer(join(root, "dist", "explorer.html"));
