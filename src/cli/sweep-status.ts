import { ExitCode } from "../core/index.js";
import { queueStatus, sweepStatus, type SweepConfig } from "../evaluate/sweep/index.js";
import type { Terminal } from "./command.js";

/** What to look at. */
export interface Asked {
  readonly config: SweepConfig;
  readonly folder: string;
  readonly queue: string | undefined;
  readonly json: boolean;
}

/** Prints how far a sweep is, in its folder and in the queue. */
export async function showStatus(asked: Asked, terminal: Terminal): Promise<number> {
  const folder = await sweepStatus(asked.config, asked.folder);
  const queue = asked.queue === undefined ? undefined : await queueStatus(asked.queue);
  if (asked.json) {
    terminal.out.write(`${JSON.stringify({ ...folder, ...(queue === undefined ? {} : { queue }) })}\n`);
    return ExitCode.ok;
  }
  const { total, done, running, failed, left } = folder;
  const lines = [
    `${asked.folder}: ${done} of ${total} runs done, ${running} running, ${failed} failed, ${left} left`,
  ];
  for (const { host, pid, running: under, failed: not } of folder.workers) {
    for (const { run, since } of under) lines.push(`  ${host} (process ${pid}): ${run}, since ${since}`);
    for (const { run, reason } of not) lines.push(`  ${host}: ${run} ${reason}`);
  }
  if (queue !== undefined) {
    lines.push(
      `queue: ${queue.waiting} waiting, ${queue.running} running, ${queue.finished} finished and not fetched, ${queue.failed} failed`,
    );
    for (const { host, pid, left: open } of queue.sweeps)
      lines.push(`  a sweep of ${host} (process ${pid}) waits for ${open ?? 0} runs`);
    for (const { host, pid, running: under = [] } of queue.workers)
      lines.push(
        under.length === 0 ? `  ${host} (process ${pid}): idle` : `  ${host} (process ${pid}):`,
        ...under.map(({ run, since }) => `    ${run}, since ${since}`),
      );
  }
  terminal.out.write(`${lines.join("\n")}\n`);
  return ExitCode.ok;
}
