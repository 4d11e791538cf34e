export { sweepJobs } from "./config.js";
export type { SweepConfig } from "./config.js";
export { sweep } from "./sweep.js";
export type { SweepOptions, SweepResult } from "./sweep.js";
