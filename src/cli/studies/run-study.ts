import { availableParallelism } from "node:os";
import { createProgress } from "../../core/index.js";
import { sweep } from "../../evaluate/sweep/index.js";
import { saveFigure } from "../../figures/render/index.js";
import type { Terminal } from "../command.js";
import type { Study, StudyResult } from "./study.js";

/**
 * Runs a study's sweeps and writes its figures. Finished runs are kept in the cache, as those of any sweep: stopped, it goes on
 * where it was.
 * @param where the folder that the figures go into, and the queue that workers of other machines take runs from
 */
export async function runStudy(
  study: Study,
  { folder, queue }: { readonly folder: string; readonly queue?: string | undefined },
  terminal: Terminal,
): Promise<void> {
  const results: { [name: string]: StudyResult } = {};
  for (const [name, configs] of Object.entries(study.sweeps)) {
    const found: StudyResult[] = [];
    for (const config of configs) {
      found.push(
        await sweep(config, {
          // this machine works too
          ...(queue === undefined ? {} : { queue, jobs: availableParallelism() }),
          progress: (title, total) => createProgress(title, total, terminal.error),
          signal: terminal.signal,
        }),
      );
    }
    results[name] = {
      rows: found.flatMap(({ rows }) => rows),
      data: found.flatMap(({ data }) => data),
    };
  }
  for (const figure of study.draw(results)) await saveFigure(figure, folder);
}
