export { runOnThreads } from "./run-on-threads.js";
export type { ThreadOptions } from "./run-on-threads.js";
export type { StudyData, StudyJob } from "./worker.js";
export { familyRunner, threadRunner } from "./thread-runner.js";
