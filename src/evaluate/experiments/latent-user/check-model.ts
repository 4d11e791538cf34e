import { checkNumber } from "../../../core/index.js";
import type { RunConfig } from "../parts/experiment.js";
import { checkCounts } from "../parts/resolve.js";

/** What every experiment on a model of latent users asks of its configuration. @throws InputError */
export function checkLatentModel(experiment: string, config: RunConfig): void {
  const counts = [
    "answers",
    "latentDimension",
    "depth",
    "width",
    "epochs",
    "batchSize",
    "users",
    "testUsers",
  ];
  checkCounts(experiment, config, counts, 1);
  checkNumber(`${experiment}: klWeight`, config.klWeight as number, { min: 0 });
  checkNumber(`${experiment}: rate`, config.rate as number, { above: 0 });
}
