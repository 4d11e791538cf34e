import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  checkOneOf,
  exp,
  InputError,
  randomStream,
  type RandomStream,
} from "../../core/index.js";
import type { GraphRun } from "../../engine/index.js";
import { Adam } from "../adam.js";
import { beliefGraph, checkGrid, SLIP_PRIOR, type BeliefGrid, type BeliefSharing } from "./belief-graph.js";
import { checkAsked, checkRatings, type MoveRatings } from "./check-ratings.js";
import { gain, Judgement, tally } from "./judgement.js";

/** Options of {@link fitBeliefs}. */
export interface FitBeliefsOptions {
  /** What people take the chance to slip to be: each something of their own ("own", default), all the same ("shared"), or a number, which everybody believes. */
  readonly slip?: number | "own" | "shared";
  /** Whether all people have the same weights ("shared", default), or each their own. */
  readonly values?: "shared" | "own";
  /** The group of each user, whole numbers from 0: "own" is then of a group, not of a user. Default: each user is one. */
  readonly groups?: ArrayLike<number>;
  /** Draws a step, default 4. */
  readonly samples?: number;
  /** Steps of Adam, default 400, of size 0.05, which falls evenly. */
  readonly steps?: number;
  /** Sweeps of value iteration, default 30; what a step later is worth, default 0.9; and how soft the largest is, default 0.1. */
  readonly sweeps?: number;
  readonly gamma?: number;
  readonly temperature?: number;
  /** Decides the draws, default 1. */
  readonly seed?: number;
}

/** What somebody takes a chance to be. */
export interface Believed {
  /** The median of its posterior. */
  readonly median: number;
  /** 95 % of the posterior lie between. */
  readonly low: number;
  readonly high: number;
}

/** What {@link fitBeliefs} finds. */
export interface FittedBeliefs {
  /** What arriving in a cell of each kind is worth, 1 being a quarter of the scale: one row for all, or one for each group, row-major [rows, F]; means and deviations of the posterior. */
  readonly weights: Float64Array;
  readonly deviations: Float64Array;
  /** What each user takes the chance to slip to be, 0-1. */
  readonly slips: readonly Believed[];
  /** Lower bound of the ratings' log-likelihood, in nats a rating. */
  readonly bound: number;
  /** How far ratings scatter around what is expected, in steps of the scale. */
  readonly scatter: number;
  /** What ratings of moves by these users are expected to be, at the posterior's means, [N]. */
  expected(asked: Pick<MoveRatings, "user" | "state" | "move">): Float64Array;
}

const RATE = 0.05;
/** Draws of the last estimate of the bound. */
const MANY = 64;

/**
 * What people value and what they believe of a world, from how they rate moves in it: a rating is a level of one's own, plus `gain` times what the move is
 * worth to somebody who believes what the rater believes and goes on well, plus normal noise. Weights and beliefs have normal posteriors (of beliefs: ln of the odds), fitted by
 * reparameterised draws through soft value iteration; levels and noise are at their best for each step's draws.
 * @source after Gong and Zhang 2020 (GeReL), of which we had the abstract: the parametrisation is ours
 * @throws InputError for ratings outside their scale, a chance outside 0-1, or an option out of its range
 */
export async function fitBeliefs(
  grid: BeliefGrid,
  ratings: MoveRatings,
  options: FitBeliefsOptions = {},
): Promise<FittedBeliefs> {
  const settings = settingsOf(grid, ratings, options);
  const { samples, steps, seed, sharing, groupOf } = settings;
  const seen = tally(grid, ratings);
  const rng = randomStream(seed).split("beliefs");
  const posterior = new Posterior(sharing, settings.kinds);
  const use = (draws: number) => ({ groupOf, samples: draws, gain: gain(ratings) });
  const graph = await beliefGraph(grid, { ...settings, ...sharing });
  const judgement = new Judgement(seen, use(samples));
  const adam = new Adam(posterior.values.length);
  for (let step = 0; step < steps; step++) {
    posterior.run(graph, samples, rng);
    graph.set("gradient result", judgement.of(graph.read("result")).slope);
    graph.set("gradient beside", [1]);
    graph.backward();
    adam.step(posterior.values, posterior.gradient(graph), RATE * (1 - step / steps));
  }
  const wide = await beliefGraph(grid, { ...settings, ...sharing, samples: MANY });
  posterior.run(wide, MANY, rng);
  const last = new Judgement(seen, use(MANY)).of(wide.read("result"));
  const middle = await beliefGraph(grid, { ...settings, ...sharing, samples: 1 });
  posterior.run(middle, 1);
  const values = Float64Array.from(middle.read("result"));
  return {
    ...posterior.found(groupOf),
    bound: (last.fit - wide.read("beside")[0]) / ratings.rating.length,
    scatter: Math.sqrt(last.variance),
    expected: (asked) => {
      checkAsked("expected", asked, { users: ratings.users, ...grid });
      const groups = values.length / (grid.states * grid.actions);
      return Float64Array.from({ length: asked.user.length }, (_, i) => {
        const user = asked.user[i];
        const at = (asked.state[i] * grid.actions + asked.move[i]) * groups + groupOf[user];
        return last.levels[user] + gain(ratings) * values[at];
      });
    },
  };
}

/** Means and log variances of weights, then of beliefs, in one vector. */
class Posterior {
  readonly values: Float64Array;
  /** Rows of beliefs, 0 where the chance is given. */
  readonly #beliefs: number;
  readonly #weights: number;
  readonly #kinds: number;
  readonly #sharing: BeliefSharing;

  constructor(sharing: BeliefSharing, kinds: number) {
    const rows = (of: Int32Array | undefined): number => (of === undefined ? 0 : 1 + largest(of));
    this.#sharing = sharing;
    this.#kinds = kinds;
    this.#weights = rows(sharing.weightsOf) * 2 * kinds;
    this.#beliefs = rows(sharing.beliefOf);
    this.values = new Float64Array(this.#weights + 2 * this.#beliefs);
    const isVariance = (i: number): boolean => i % (2 * kinds) >= kinds;
    for (let i = 0; i < this.#weights; i++) this.values[i] = isVariance(i) ? -4 : 0;
    for (let b = 0; b < this.#beliefs; b++) this.values.set([SLIP_PRIOR[0], -2], this.#weights + 2 * b);
  }

  /** Computes the values of some draws; without a stream, those of the posterior's means. */
  run(graph: GraphRun, samples: number, rng?: RandomStream): void {
    const draws = samples * this.#sharing.weightsOf.length;
    const noise = (count: number): ArrayLike<number> => rng?.normals(count) ?? new Float32Array(count);
    graph.set("weights", this.values.subarray(0, this.#weights));
    graph.set("weights noise", noise(draws * this.#kinds));
    if (this.#beliefs > 0) {
      graph.set("beliefs", this.values.subarray(this.#weights));
      graph.set("beliefs noise", noise(draws));
    }
    graph.forward();
  }

  gradient(graph: GraphRun): Float64Array {
    const gradient = new Float64Array(this.values.length);
    gradient.set(graph.read("gradient weights"));
    if (this.#beliefs > 0) gradient.set(graph.read("gradient beliefs"), this.#weights);
    return gradient;
  }

  found(groupOf: Int32Array): Pick<FittedBeliefs, "weights" | "deviations" | "slips"> {
    const [kinds, of] = [this.#kinds, this.values.subarray(0, this.#weights)];
    const part = (from: number): Float64Array =>
      of.filter((_, i) => (i % (2 * kinds) >= kinds ? 1 : 0) === from);
    const { beliefOf, slip = 0 } = this.#sharing;
    return {
      weights: part(0),
      deviations: part(1).map((variance) => exp(variance / 2)),
      slips: Array.from(groupOf, (group): Believed => {
        if (beliefOf === undefined) return { median: slip, low: slip, high: slip };
        const [middle, variance] = this.values.subarray(this.#weights + 2 * beliefOf[group]);
        const at = (deviations: number): number => 1 / (1 + exp(-middle - deviations * exp(variance / 2)));
        return { median: at(0), low: at(-1.96), high: at(1.96) };
      }),
    };
  }
}

function settingsOf(grid: BeliefGrid, ratings: MoveRatings, options: FitBeliefsOptions) {
  checkGrid("fitBeliefs", grid);
  checkRatings("fitBeliefs", ratings, grid);
  const keys = ["slip", "values", "groups", "samples", "steps", "sweeps", "gamma", "temperature", "seed"];
  checkObject("fitBeliefs: options", options, [], 'an object such as { slip: "own" }');
  checkKeys("fitBeliefs", options, keys);
  const { slip = "own", values = "shared", samples = 4, steps = 400, seed = 1 } = options;
  const { sweeps = 30, gamma = 0.9, temperature = 0.1 } = options;
  if (typeof slip === "number") checkNumber("fitBeliefs: slip", slip, { min: 0, max: 1 });
  else checkOneOf("fitBeliefs: slip (a chance 0-1, or a word)", slip, ["own", "shared"]);
  checkOneOf("fitBeliefs: values", values, ["shared", "own"]);
  for (const [name, count] of Object.entries({ samples, steps, sweeps }))
    checkInteger(`fitBeliefs: ${name}`, count, { min: 1 });
  checkInteger("fitBeliefs: seed", seed);
  checkNumber("fitBeliefs: gamma", gamma, { min: 0, below: 1 });
  checkNumber("fitBeliefs: temperature", temperature, { above: 0 });
  const groupOf = groupsOf(ratings, options);
  const own = Int32Array.from({ length: 1 + largest(groupOf) }, (_, g) => g);
  const one = new Int32Array(own.length);
  const sharing: BeliefSharing = {
    weightsOf: values === "own" ? own : one,
    ...(typeof slip === "number" ? { slip } : { beliefOf: slip === "own" ? own : one }),
  };
  const kinds = 1 + largest(grid.kindOf);
  return { samples, steps, seed, sweeps, gamma, temperature, sharing, kinds, groupOf };
}

/** The group of each user: one for all where nothing is a group's own. */
function groupsOf({ users }: MoveRatings, { slip = "own", values, groups }: FitBeliefsOptions): Int32Array {
  const given = groups ?? users.map((_, u) => u);
  checkNumbers("fitBeliefs: groups", given);
  if (given.length !== users.length)
    throw new InputError(
      `fitBeliefs: groups must name the group of each of ${users.length} users, got ${given.length}`,
    );
  for (let u = 0; u < users.length; u++)
    checkInteger(`fitBeliefs: the group of user ${u + 1}`, given[u], { min: 0, max: users.length - 1 });
  return slip === "own" || values === "own" ? Int32Array.from(given) : new Int32Array(users.length);
}

function largest(values: Int32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
