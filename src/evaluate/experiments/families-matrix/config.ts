import { checkOneOf } from "../../../core/index.js";
import { KINDS } from "../../../families/index.js";
import type { RunConfig } from "../parts/experiment.js";
import { checkCounts, checkNames } from "../parts/resolve.js";
import { checkSize, type MatrixSize } from "./world.js";

/** What is drawn of a world, and which families are trained on it, for how long. */
export interface MatrixConfig extends MatrixSize {
  readonly world: string;
  readonly families: readonly string[];
  /** Features of a table at most: of more, so many principal components are taken. */
  readonly features: number;
  /** Training answers that a family trained by gradients sees in all. */
  readonly visits: number;
}

/** @throws InputError naming `experiment` and what of its configuration is out of range */
export function checkMatrixConfig(experiment: string, worlds: readonly string[], config: RunConfig): void {
  checkOneOf(`${experiment}: world`, config.world as string, worlds);
  checkCounts(experiment, config, ["users"], 20);
  checkCounts(experiment, config, ["answers"], 10);
  checkSize(experiment, config.world as string, config as unknown as MatrixSize);
  checkCounts(experiment, config, ["features", "visits"], 1);
  checkNames(experiment, config, "families", KINDS);
}
