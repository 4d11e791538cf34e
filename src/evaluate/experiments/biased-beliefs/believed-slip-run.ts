import { checkNumber, randomStream, type RecordRow } from "../../../core/index.js";
import { believers, GARDEN_WEIGHTS, moveValues, type BelieversWorld } from "../../../data/worlds/index.js";
import { fitBeliefs, type FittedBeliefs } from "../../../policies/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface BelievedSlipConfig {
  /** What the rater takes the chance to slip to be; in truth nothing slips. */
  readonly believed: number;
  readonly ratings: number;
  /** Deviation of the rater's weights around those of the garden, drawn anew in each run. */
  readonly spread: number;
  readonly samples: number;
  readonly steps: number;
}

/** Methods: what {@link fitBeliefs} is told of the chance to slip. */
export const READINGS = [
  { method: "belief inferred", slip: "own" },
  { method: "belief taken for right", slip: 0 },
] as const;

/** Somebody who wrongly believes that a robot's steps may slip rates its moves: what do they value? */
export const believedSlipExperiment: Experiment = {
  defaults: { believed: undefined, ratings: 200, spread: 0.15, samples: 4, steps: 400 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("believed-slip", believedSlipExperiment.defaults, config);
    checkNumber("believed-slip: believed", resolved.believed as number, { min: 0, max: 1 });
    checkNumber("believed-slip: spread", resolved.spread as number, { min: 0 });
    checkCounts("believed-slip", resolved, ["ratings", "samples", "steps"], 1);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = believedSlipExperiment.resolve(raw) as unknown as BelievedSlipConfig;
    const { believed, ratings, spread, samples, steps } = config;
    const rng = randomStream(seed).split("believed slip");
    const weights = GARDEN_WEIGHTS.map((weight) => weight + spread * rng.normal());
    const world = believers({
      ...{ users: 1, comparisonsPerUser: 1, seed, believed: [believed], weights: [weights] },
    });
    const rated = world.ratings(ratings, seed);
    const rows: RecordRow[] = [];
    for (const { method, slip } of READINGS) {
      const fitted = await fitBeliefs(world.grid, rated, { slip, samples, steps, seed });
      rows.push({
        ...{ seed, split: "seen", method, settings: { believed } },
        accuracy: rightMoves(world, weights, fitted.weights),
        measures: measuresOf(fitted, weights),
        ...(slip === "own" ? { series: seen(world) } : {}),
      });
    }
    return { rows, data: [] };
  },
};

function measuresOf({ weights, slips, bound }: FittedBeliefs, wanted: readonly number[]) {
  const [{ median, low, high }] = slips;
  return {
    ...{ cosine: cosine(weights, wanted), flowers: weights[1], likedFlowers: wanted[1] },
    ...{ slip: median, slipLow: low, slipHigh: high, bound },
  };
}

/** What being in each state is worth to the rater, and the best move from it. */
function seen({ grid: { states, actions }, values }: BelieversWorld): RecordRow["series"] {
  const of = Array.from({ length: states }, (_, s) => [...values.subarray(s * actions, (s + 1) * actions)]);
  return {
    worth: of.map((moves) => Number(Math.max(...moves).toFixed(3))),
    best: of.map((moves) => moves.indexOf(Math.max(...moves))),
  };
}

/** In how many of the states the move that is best by what was found is best by what is true, where nothing slips. */
function rightMoves({ grid }: BelieversWorld, wanted: readonly number[], found: ArrayLike<number>): number {
  const [right, own] = [wanted, found].map((weights) => moveValues(grid, weights, 0));
  const { states, actions, ends } = grid;
  let count = 0;
  for (let state = 0; state < states; state++) {
    if (ends.includes(state)) continue;
    const of = (values: Float64Array): Float64Array =>
      values.subarray(state * actions, (state + 1) * actions);
    const taken = of(own).indexOf(Math.max(...of(own)));
    if (of(right)[taken] > Math.max(...of(right)) - 1e-9) count++;
  }
  return count / (states - ends.length);
}

function cosine(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  };
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
