import { afterEach, expect, test, vi } from "vitest";
import { showProgress } from "./index.js";

const holder = globalThis as { __tslab__?: object };
afterEach(() => {
  delete holder.__tslab__;
  vi.unstubAllEnvs();
});

test("in a notebook one line below the cell changes in place", () => {
  vi.stubEnv("NOTEBOOK_PROGRESS_FD", "");
  delete process.env.NOTEBOOK_PROGRESS_FD;
  const displays: string[][] = [];
  const newDisplay = (): object => {
    const shown: string[] = [];
    displays.push(shown);
    return { text: (line: string) => shown.push(line) };
  };
  holder.__tslab__ = { require: () => ({ newDisplay }) };
  const progress = showProgress("sweep", 2);
  progress.advance("K = 1");
  progress.advance("K = 2");
  progress.finish();
  expect(displays).toHaveLength(1);
  expect(displays[0][0]).toMatch(/^\[##########\.{10}\] sweep 1\/2 \(.* left\) K = 1$/);
  expect(displays[0].at(-1)).toMatch(/^sweep 2\/2 \(\d.* s\)$/);
});
