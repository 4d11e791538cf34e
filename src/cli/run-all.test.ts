import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type * as Files from "../files/index.js";
import type * as Notebook from "../notebook/index.js";
import type * as Studies from "./studies/index.js";
import { runCommand } from "./fixtures/run-command.js";

const asked = vi.hoisted(() => ({ root: "", env: {}, study: {} }));
vi.mock("../files/index.js", async (original) => ({
  ...(await original<typeof Files>()),
  get PACKAGE_FOLDER() {
    return asked.root;
  },
}));
vi.mock("../engine/index.js", () => ({ loadEngine: () => Promise.resolve({ name: "none" }) }));
vi.mock("../report/index.js", () => ({ writeReport: () => Promise.resolve({ index: "index.html" }) }));
vi.mock("../notebook/index.js", async (original) => ({
  ...(await original<typeof Notebook>()),
  runNotebooks: (_: unknown, { env }: { env: object }) => {
    asked.env = env;
    return Promise.resolve({ results: [], exitCode: 0 });
  },
}));
vi.mock("./studies/index.js", async (original) => ({
  ...(await original<typeof Studies>()),
  runStudy: (_: unknown, where: object) => {
    asked.study = where;
    return Promise.resolve();
  },
}));

const root = mkdtempSync(join(tmpdir(), "pal-lab-run-all-"));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  Object.assign(asked, { root, env: {}, study: {} });
  for (const folder of ["figures", "notebooks"]) mkdirSync(join(root, folder), { recursive: true });
});

test("reproduce hands the queue to notebooks and studies", async () => {
  const queue = "redis://head:6379";
  expect(await runCommand(["reproduce", "calibrations", "--queue", queue])).toMatchObject({ code: 0 });
  expect(asked.env).toMatchObject({ PAL_LAB_QUEUE: queue });
  expect(asked.study).toMatchObject({ folder: join(root, "out", "figures"), queue });
});

test("without a queue nothing waits for one; a password on the command line is refused", async () => {
  expect(await runCommand(["reproduce", "calibrations"])).toMatchObject({ code: 0 });
  expect(asked.env).not.toHaveProperty("PAL_LAB_QUEUE");
  expect(asked.study).toMatchObject({ queue: undefined });
  const seen = await runCommand(["reproduce", "calibrations", "--queue", "redis://:secret@head"]);
  expect(seen).toMatchObject({ code: 2, error: expect.stringContaining("PAL_LAB_QUEUE") as string });
  expect(seen.error).not.toContain("secret");
});

test("the explorer that lessons link to lies beside their pages", async () => {
  rmSync(join(root, "out"), { recursive: true, force: true });
  expect(await runCommand(["reproduce", "calibrations"])).toMatchObject({ code: 0 });
  expect(readFileSync(join(root, "out", "explorer.html"), "utf8")).toContain("<pal-explorer");
});
