/** The whole of `study`: in a browser sweeps, threads and files are missing. */
export * from "../study.js";
export { threadRunner } from "../../evaluate/threads/index.js";
export { INTERESTS } from "../../evaluate/experiments/index.js";
export { sweep, SweepError } from "../../evaluate/sweep/index.js";
export type { SweepConfig, SweepOptions, SweepResult } from "../../evaluate/sweep/index.js";
export { createProgress, duration } from "../../core/index.js";
export type { Progress, ProgressSink } from "../../core/index.js";
