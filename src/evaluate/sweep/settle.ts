import { stableJson, type DataReference } from "../../core/index.js";
import { experimentNamed, type Experiment, type Job } from "../experiments/index.js";
import type { SettledJob } from "./store.js";

type Identified = Awaited<ReturnType<Experiment["identify"]>>;

/** What jobs are computed from, looked up once for each configuration. */
export class Identifier {
  readonly #known = new Map<string, Promise<Identified>>();

  of({ experiment, config }: Pick<Job, "experiment" | "config">): Promise<Identified> {
    const key = stableJson({ experiment, config });
    const found = this.#known.get(key) ?? experimentNamed(experiment).identify(config);
    this.#known.set(key, found);
    return found;
  }
}

/** Each job with its data settled, so that every thread uses the same. */
export async function settle(jobs: readonly Job[]): Promise<SettledJob[]> {
  const identifier = new Identifier();
  const settled: SettledJob[] = [];
  for (const job of jobs) {
    const { config, data } = await identifier.of(job);
    settled.push({ job: { ...job, config }, data: distinctData(data) });
  }
  return settled;
}

/** Each data set once, in a fixed order. */
export function distinctData(data: readonly DataReference[]): DataReference[] {
  const byHash = new Map(data.map((reference) => [`${reference.name}\n${reference.sha256}`, reference]));
  return [...byHash.values()].sort((a, b) => (a.name + a.sha256 < b.name + b.sha256 ? -1 : 1));
}
