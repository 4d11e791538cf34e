/**
 * The tests that a room is measured by where these are not its own alone: others that are written for it, and compiled ones. What
 * runs notebooks, trains every family or drives a browser is left out: a mutant would take minutes.
 */
export const TESTS = {
  formats: [
    "src/formats/*.test.ts",
    "src/notebook/source/*.test.ts",
    "src/train/safetensors.test.ts",
    "src/data/embedded-comparisons.test.ts",
  ],
  "evaluate/sweep": ["src/evaluate/sweep/*.test.ts", "test/sweep.test.ts"],
  cli: ["src/cli/*.test.ts", "src/cli/studies/*.test.ts"],
};

/** Folders of a room that are not mutated with it, since their tests are left out: rooms of their own, `npm run mutate -- cli/notebook`. */
export const APART = { cli: ["src/cli/notebook/**"] };

/** Rooms with tests of the compiled code, which worker threads need: Stryker's copy is built once, with all mutants in it. */
export const COMPILED = ["evaluate/sweep"];
