import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkFunction } from "../core/index.js";
import { UnreachableError } from "../data/files/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { readRecord } from "../report/index.js";
import type { SweepPart } from "./lesson-record.js";

/** Where the committed records are. */
const FOLDER = join(PACKAGE_FOLDER, "figures");

/**
 * What `compute` gives; where its data are out of reach, the committed record of the figure as if it were computed now, which is said in words.
 * @throws the error of `compute` where it is another, or no record is there
 */
export async function orCommitted(
  id: string,
  compute: () => Promise<SweepPart>,
  folder: string = FOLDER,
): Promise<SweepPart> {
  checkFunction("lab.orCommitted: compute", compute, "a function that computes, such as () => sweep(…)");
  try {
    return await compute();
  } catch (thrown) {
    const path = join(folder, `${id}.record.json`);
    if (!(thrown instanceof UnreachableError) || !existsSync(path)) throw thrown;
    const { config, rows, data, profile } = await readRecord(path);
    const [own = {}] = (config.sweeps ?? []) as readonly object[];
    process.stdout.write(
      `The data are out of reach: no network, mirror or cache has them. What follows is the committed record of the ${profile} profile.\n`,
    );
    return { config: own as SweepPart["config"], rows, data, profile };
  }
}
