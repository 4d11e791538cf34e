import { cellFeatures, type Maze } from "../../../data/worlds/index.js";
import { decodedReward } from "../../../families/index.js";
import { spoReward, type FittedModel } from "../../../train/index.js";

/**
 * Rewards of a maze's cells as a VPL model's decoder gives them under each of some latents, row-major [Z, S]: their scale and origin are the
 * decoder's own.
 * @param latents row-major [Z, l]
 * @param depth hidden layers of the decoder
 */
export function decodedRewards(
  fitted: FittedModel,
  maze: Maze,
  latents: Float32Array,
  depth: number,
): Float32Array {
  const { engine, model, sizes, parameters } = fitted;
  const l = fitted.k / 2; // a state is a mean and log variances
  const cells = cellFeatures(maze);
  const columns = 2 + l;
  const features = new Float32Array((latents.length / l) * maze.states * columns);
  for (let z = 0, at = 0; z < latents.length / l; z++)
    for (let cell = 0; cell < maze.states; cell++, at += columns) {
      features.set(cells.subarray(2 * cell, 2 * cell + 2), at);
      features.set(latents.subarray(z * l, (z + 1) * l), at + 2);
    }
  return engine.apply(
    decodedReward(depth),
    { specs: model.parameters(sizes), parameters },
    { features, columns },
  );
}

/**
 * What stands for a reward where a VPL model's decoder is a classifier, row-major [Z, S], 0-1: the mean chance of a maze's cells to be preferred to the others
 * under each of some latents.
 * @param latents row-major [Z, l]
 */
export function classifiedRewards(fitted: FittedModel, maze: Maze, latents: Float32Array): Float32Array {
  const l = fitted.k / 2;
  const cells = { ids: Array.from(maze.row, (_, cell) => `cell-${cell}`), features: cellFeatures(maze) };
  const rewards = new Float32Array((latents.length / l) * maze.states);
  for (let z = 0; z < latents.length / l; z++) {
    const weights = new Float32Array(fitted.k);
    weights.set(latents.subarray(z * l, (z + 1) * l));
    rewards.set(spoReward(fitted, { weights }, cells), z * maze.states);
  }
  return rewards;
}
