import type { study } from "pal-lab";

const base = {
  ...{ dimension: 3, usersPerPrototype: 5, comparisonsPerUser: 20, validationPerUser: 10, testPerUser: 10 },
  ...{ epochs: 10, batchSize: 32 },
};

/** Twelve runs of a second altogether: what tests of shards and queues sweep. */
export const SMALL_SWEEP: study.SweepConfig = {
  experiment: "simulation",
  base,
  grid: { kStar: [1, 2], k: [1, 2] },
  seeds: [1, 2, 3],
};

/** Twenty-four runs, each long enough for something to happen in it. */
export const FAULTY_SWEEP: study.SweepConfig = {
  experiment: "simulation",
  base: { ...base, usersPerPrototype: 20, comparisonsPerUser: 60, epochs: 60 },
  grid: { kStar: [2, 3], k: [2, 3, 4] },
  seeds: [1, 2, 3, 4],
};
