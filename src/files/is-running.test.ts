import { spawnSync } from "node:child_process";
import { afterEach, expect, test, vi } from "vitest";
import { isRunning } from "./index.js";

afterEach(() => void vi.restoreAllMocks());

test("this process runs, one that has ended does not", () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(spawnSync(process.execPath, ["--version"]).pid)).toBe(false);
});

test("a process that belongs to another user runs", () => {
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
  });
  expect(isRunning(1)).toBe(true);
});
