import { checkOneOf, InputError, show } from "../../../core/index.js";
import { KINDS } from "../../../families/index.js";
import type { RunConfig } from "../parts/experiment.js";
import { checkCounts } from "../parts/resolve.js";
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
  const { families } = config;
  if (!Array.isArray(families) || families.length === 0)
    throw new InputError(
      `${experiment}: families must be a list of ${KINDS.join(", ")}, got ${show(families)}`,
    );
  for (const kind of families) checkOneOf(`${experiment}: families`, kind as string, KINDS);
}

/** What is known, in so many digits as can mean something. */
export function short(values: { readonly [name: string]: number | undefined }): { [name: string]: number } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Number(value.toFixed(5))]],
    ),
  );
}
