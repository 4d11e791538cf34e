import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PACKAGE_FOLDER } from "../../files/index.js";

const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+)["']/g;

/** What runs a job: every file that it imports, and those import, can change a result. */
const WORKER = join(PACKAGE_FOLDER, "dist", "evaluate", "sweep", "worker.js");

let own: string | undefined;

/**
 * Hash of the code that computes results, found by its imports: after a change of it finished runs do not count. Of this package it is found once,
 * since it names queues, and is asked for with every run.
 */
export function codeHash(entry?: string): string {
  return entry === undefined ? (own ??= hashFrom(WORKER)) : hashFrom(entry);
}

function hashFrom(entry: string): string {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(file, "utf8");
    found.set(file, text);
    for (const [, path] of text.matchAll(IMPORTED)) waiting.push(join(dirname(file), path));
  }
  const hash = createHash("sha256");
  for (const file of [...found.keys()].sort()) {
    hash.update(relative(dirname(entry), file).replaceAll("\\", "/")).update(found.get(file) ?? "");
  }
  return hash.digest("hex");
}
