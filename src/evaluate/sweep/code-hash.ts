import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+)["']/g;

/** What runs a job: every file that it imports, and those import, can change a result. */
function worker(): string {
  const self = fileURLToPath(import.meta.url);
  return join(dirname(self), self.endsWith(".ts") ? "worker.ts" : "worker.js");
}

/** Hash of the code that computes results, found by its imports: after a change of it finished runs do not count. */
export function codeHash(entry: string = worker()): string {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(file, "utf8");
    found.set(file, text);
    const isSource = file.endsWith(".ts");
    for (const [, path] of text.matchAll(IMPORTED))
      waiting.push(join(dirname(file), isSource ? path.replace(/\.js$/, ".ts") : path));
  }
  const hash = createHash("sha256");
  for (const file of [...found.keys()].sort()) {
    hash.update(relative(dirname(entry), file).replaceAll("\\", "/")).update(found.get(file) ?? "");
  }
  return hash.digest("hex");
}
