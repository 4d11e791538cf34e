/** Statistics, the random streams that every draw is taken from, and the hashes by which results are known. */
export {
  bootstrapInterval,
  matrixRegrets,
  mean,
  quantile,
  RandomStream,
  randomStream,
  sha256,
  stableJson,
  standardDeviation,
  tInterval,
} from "../core/index.js";
export type { Interval, Regret } from "../core/index.js";
