import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { codeHash } from "./code-hash.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-code-hash-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}

test("every file that a run imports counts, however it imports it, and no other", () => {
  write("sweep/worker.js", 'import { fit } from "../train/index.js";\n');
  write("train/index.js", 'export * from "./fit.js";\nconst later = () => import("../new-room/index.js");\n');
  write("train/fit.js", "export const fit = 1;\n");
  write("new-room/index.js", 'import "../effect.js";\n');
  write("effect.js", "globalThis.x = 1;\n");
  write("cli/main.js", "console.log(1);\n");
  const entry = join(folder, "sweep", "worker.js");
  const before = codeHash(entry);
  expect(codeHash(entry)).toBe(before);
  write("cli/main.js", "console.log(2);\n");
  expect(codeHash(entry)).toBe(before);
  for (const name of ["train/fit.js", "new-room/index.js", "effect.js", "sweep/worker.js"]) {
    const known = codeHash(entry);
    write(name, `// changed\n${name === "new-room/index.js" ? 'import "../effect.js";' : ""}\n`);
    if (name === "sweep/worker.js") write(name, '// changed\nimport { fit } from "../train/index.js";\n');
    expect(codeHash(entry), name).not.toBe(known);
  }
});
