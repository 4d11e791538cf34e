/**
 * The tests that a room is measured by: its own, and those outside that are written for it. What runs notebooks, trains every
 * family or drives a browser is left out: a mutant would take minutes.
 */
export const TESTS = {
  formats: [
    "src/notebook/source/*.test.ts",
    "src/train/safetensors.test.ts",
    "src/data/embedded-comparisons.test.ts",
    "src/formats/*.test.ts",
  ],
  "evaluate/sweep": ["src/evaluate/sweep/*.test.ts", "test/sweep.test.ts"],
  cli: ["src/cli/*.test.ts", "src/cli/studies/*.test.ts"],
};

/** Rooms with tests of the compiled code, which worker threads need: Stryker's copy is built once, with all mutants in it. */
export const COMPILED = ["evaluate/sweep"];
