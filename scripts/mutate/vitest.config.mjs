// The project's vitest, with the tests of one room only. Stryker's own option for that, testFiles, must not be used: its vitest
// runner (9.6.1) takes the files for names of tests wherever a mutant is at a module's top level, runs none and says "survived".
import { defineConfig } from "vitest/config";
import config from "../../vitest.config.ts";

// each file by itself: what a mutant did in one must not stay for the next
const { projects: _, ...test } = config.test;
const root = new URL("../..", import.meta.url).pathname;
export default defineConfig({
  root,
  test: { ...test, include: JSON.parse(process.env.PAL_LAB_MUTATE_TESTS) },
});
