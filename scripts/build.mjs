// kernels (AssemblyScript -> wasm -> a TypeScript module holding the bytes), then TypeScript -> dist/
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKernels } from "./build-kernels.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
await buildKernels(root);
rmSync(join(root, "dist"), { recursive: true, force: true });
// node_modules/.bin/tsc is tslab's TypeScript 5.0.4: name ours by its path
const tsc = join("node_modules", "typescript", "bin", "tsc");
const result = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json"], { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
