import { arch, cpus, platform } from "node:os";

/** Processor, cores and system, without anything that names this very machine. */
export function describeMachine() {
  const all = cpus();
  return `${all[0]?.model.trim() ?? "unknown processor"}, ${all.length} cores, ${platform()} ${arch()}`;
}
