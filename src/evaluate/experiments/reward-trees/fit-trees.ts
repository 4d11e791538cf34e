import type { PreferenceData } from "../../../data/index.js";
import { readTrees, type RewardTree, type Tree } from "../../../families/index.js";
import { fit, type Fitted } from "../../../train/index.js";
import type { RunContext } from "../parts/experiment.js";

/** How trees are trained. */
export interface TreeTraining {
  readonly epochs: number;
  readonly batchSize: number;
  /** Starts, of which that with the smallest loss of its last pass is kept: a tree may get stuck with decisions that say nothing. */
  readonly restarts: number;
}

/** Names of what {@link TreeTraining} has, all counts of at least 1. */
export const TRAINING_KEYS = ["epochs", "batchSize", "restarts"] as const;

/** The best of several fits, and its trees. */
export async function fitTrees(
  model: RewardTree,
  data: PreferenceData,
  { epochs, batchSize, restarts, seed, engine }: TreeTraining & RunContext & { readonly seed: number },
): Promise<{ readonly fitted: Fitted<RewardTree>; readonly trees: readonly Tree[] }> {
  let [fitted, best] = [await fit(model, data, { engine, seed, epochs, batchSize }), Infinity];
  for (let start = 0; start < restarts; start++) {
    const tried =
      start === 0 ? fitted : await fit(model, data, { engine, seed: seed + 100 * start, epochs, batchSize });
    const loss = tried.history?.epochs.at(-1)?.loss ?? Infinity;
    if (loss < best) [fitted, best] = [tried, loss];
  }
  return { fitted, trees: readTrees(fitted) };
}
