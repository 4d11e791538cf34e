export { sweepJobs } from "./config.js";
export type { SweepConfig } from "./config.js";
export { sweep } from "./sweep.js";
export type { SweepOptions, SweepResult } from "./sweep.js";
export type { SweepRun } from "./results-folder.js";
export { SweepError } from "./sweep-error.js";
export { execute } from "./executor.js";
