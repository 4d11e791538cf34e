import { sweepJobs, type SweepConfig } from "./config.js";
import { Ledger } from "./ledger.js";
import { presentIn, type Present } from "./presence.js";
import { ResultsFolder } from "./results-folder.js";
import { settle } from "./settle.js";
import { RunStore } from "./store.js";

/** How far a sweep is. */
export interface SweepStatus {
  readonly total: number;
  readonly done: number;
  /** Processes that work on it, or left failures. */
  readonly workers: readonly Present[];
  readonly running: number;
  readonly failed: number;
  /** Neither done nor under way. */
  readonly left: number;
}

/** How far the sweep in a folder is; changes nothing there. @throws InputError when the folder is another configuration's */
export async function sweepStatus(config: SweepConfig, folder: string): Promise<SweepStatus> {
  const jobs = sweepJobs(config);
  const own = new ResultsFolder(folder, config);
  own.check();
  const ledger = new Ledger(await settle(jobs), RunStore.look(own.runs));
  const workers = await presentIn(folder);
  const running = workers.reduce((sum, each) => sum + each.running.length, 0);
  const failed = workers.reduce((sum, each) => sum + each.failed.length, 0);
  const done = ledger.found;
  return {
    total: jobs.length,
    done,
    workers,
    running,
    failed,
    left: Math.max(0, jobs.length - done - running),
  };
}
