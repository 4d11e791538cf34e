// kernels (AssemblyScript -> wasm -> a TypeScript module holding the bytes), then TypeScript -> dist/: types file by file, code in few
// files, because a program that imports the package waits for every file that is read. Packages of package.json's `dependencies` are imported where
// they are needed; the others that src names go into dist, since looking up and reading their files took more than half of an import's time.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildExplorer } from "./build-explorer.mjs";
import { buildKernels } from "./build-kernels.mjs";
import { writeLicenses } from "./write-licenses.mjs";

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
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { metafile } = await build({
  entryPoints: ENTRIES.map((entry) => join(root, "src", `${entry}.ts`)),
  ...{ outdir: join(root, "dist"), outbase: join(root, "src"), chunkNames: "chunks/[name]-[hash]" },
  ...{ bundle: true, splitting: true, sourcemap: true, metafile: true },
  external: Object.keys({ ...dependencies, ...optionalDependencies }),
  // its other build asks for Node's streams, which a browser lacks
  alias: { papaparse: "papaparse/papaparse.min.js" },
  ...{ platform: "node", format: "esm", target: "es2022", logLevel: "warning" },
});
const explorer = await buildExplorer(join(root, "dist", "explorer-without-plotly.html"));
writeLicenses(join(root, "dist", "licenses.txt"), [...Object.keys(metafile.inputs), ...explorer]);
