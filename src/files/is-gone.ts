import { stat } from "node:fs/promises";
import { hostName } from "./host-name.js";
import { isRunning } from "./is-running.js";

/** What a process of another machine has not touched for this long, in milliseconds, is taken for left: whether it runs cannot be seen from here. */
const GONE_MS = 24 * 60 * 60 * 1000;

/**
 * Whether the process that a file is of is gone: one of this machine when it no longer runs, one of another when the file is a day old.
 * @throws the system's error when the file cannot be looked at
 */
export async function isGone(
  { host, pid }: { readonly host: string; readonly pid: number },
  path: string,
): Promise<boolean> {
  if (host === hostName()) return !isRunning(pid);
  return performance.timeOrigin + performance.now() - (await stat(path)).mtimeMs > GONE_MS;
}
