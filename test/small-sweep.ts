import type { study } from "pal-lab";

/** Twelve runs of a second altogether: what tests of shards and queues sweep. */
export const SMALL_SWEEP: study.SweepConfig = {
  experiment: "simulation",
  base: {
    ...{ dimension: 3, usersPerPrototype: 5, comparisonsPerUser: 20, validationPerUser: 10, testPerUser: 10 },
    ...{ epochs: 10, batchSize: 32 },
  },
  grid: { kStar: [1, 2], k: [1, 2] },
  seeds: [1, 2, 3],
};
