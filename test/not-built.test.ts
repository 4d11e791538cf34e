import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-not-built-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a command in a clone that is not built says how to build it", () => {
  for (const name of ["bin", "scripts"]) mkdirSync(join(folder, name));
  cpSync("bin/pal-lab.js", join(folder, "bin/pal-lab.js"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const run = () => spawnSync(process.execPath, [join(folder, "bin/pal-lab.js")], { encoding: "utf8" });
  expect(run().stderr).toContain("ERR_MODULE_NOT_FOUND");
  cpSync("scripts/setup.mjs", join(folder, "scripts/setup.mjs"));
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toBe(
    "pal-lab: this clone is not built yet: run `npm run setup` in it (a minute or two), then this again\n",
  );
});
