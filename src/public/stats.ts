/** Statistics, the random streams that every draw is taken from, and the hashes by which results are known. */
export {
  bootstrapInterval,
  mean,
  quantile,
  RandomStream,
  randomStream,
  sha256,
  stableJson,
  standardDeviation,
  tInterval,
} from "../core/index.js";
export type { Interval } from "../core/index.js";
