import { stableJson, type DataReference } from "../../core/index.js";
import { experimentNamed, type Job } from "../experiments/index.js";
import type { SettledJob } from "./store.js";

/** Each job with its data settled, once for each configuration, so that every thread uses the same. */
export async function settle(jobs: readonly Job[]): Promise<SettledJob[]> {
  const { identify } = experimentNamed(jobs[0].experiment);
  const byConfig = new Map<string, Awaited<ReturnType<typeof identify>>>();
  const settled: SettledJob[] = [];
  for (const job of jobs) {
    const key = stableJson(job.config);
    const { config, data } = byConfig.get(key) ?? (await identify(job.config));
    byConfig.set(key, { config, data });
    settled.push({ job: { ...job, config }, data: distinctData(data) });
  }
  return settled;
}

/** Each data set once, in a fixed order. */
export function distinctData(data: readonly DataReference[]): DataReference[] {
  const byHash = new Map(data.map((reference) => [`${reference.name}\n${reference.sha256}`, reference]));
  return [...byHash.values()].sort((a, b) => (a.name + a.sha256 < b.name + b.sha256 ? -1 : 1));
}
