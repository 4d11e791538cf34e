import { checkOneOf, InputError, mean, randomStream, show, type RecordRow } from "../../../core/index.js";
import type { MazeWorld } from "../../../data/worlds/index.js";
import {
  fitIql,
  greedyPolicy,
  randomWalk,
  REWARD_SCALINGS,
  scaleRewards,
  successChance,
  successRate,
  type LatentPolicy,
} from "../../../policies/index.js";
import type { FittedModel } from "../../../train/index.js";
import {
  ceilingsOf,
  dealt,
  LATENT_MODEL_DEFAULTS,
  type LatentModelConfig,
  accuracyUnder,
  statesOf,
} from "../../latent/index.js";
import { checkLatentModel } from "../latent-user/check-model.js";
import { trainOnWorld } from "../latent-user/trained.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { classifiedRewards, decodedRewards } from "./rewards.js";

/** A second model, whose decoder judges both items at once, and what it says of each against all. */
const CLASSIFIER = "SPO classifier";
const SCALINGS = [...REWARD_SCALINGS, CLASSIFIER] as const;

interface ScaleConfig extends LatentModelConfig {
  readonly users: number;
  readonly testUsers: number;
  readonly scalings: readonly (typeof SCALINGS)[number][];
  /** Latents drawn from the prior, for which the policy is fitted. */
  readonly draws: number;
  /** Random walks through the maze, and moves of each. */
  readonly walks: number;
  readonly walkSteps: number;
  /** Steps of IQL for the values, then for the policy. */
  readonly steps: number;
  readonly policySteps: number;
}

const HELD = 16;

/** A policy for all users at once, fitted offline to rewards of a maze that were learned from comparisons, by how these are scaled. */
export const rewardScaleExperiment: Experiment = {
  defaults: {
    ...LATENT_MODEL_DEFAULTS,
    latentDimension: 4,
    klWeight: 0.3,
    epochs: 60,
    users: 2000,
    testUsers: 40,
    scalings: [...SCALINGS],
    draws: 256,
    walks: 100,
    walkSteps: 50,
    steps: 2500,
    policySteps: 500,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("reward-scale", rewardScaleExperiment.defaults, config);
    checkLatentModel("reward-scale", resolved);
    checkCounts("reward-scale", resolved, ["draws", "walks", "walkSteps", "steps", "policySteps"], 1);
    checkOneOf("reward-scale: model", resolved.model as string, ["VPL"]);
    if (!Array.isArray(resolved.scalings) || resolved.scalings.length === 0)
      throw new InputError(
        `reward-scale: scalings must be a list of ${SCALINGS.join(", ")}, got ${show(resolved.scalings)}`,
      );
    for (const name of resolved.scalings as string[]) checkOneOf("reward-scale: scalings", name, SCALINGS);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = rewardScaleExperiment.resolve(raw) as unknown as ScaleConfig;
    const { users, testUsers, answers } = config;
    const sizes = {
      world: "two-goal maze",
      users,
      newUsers: testUsers,
      comparisonsPerUser: answers + HELD,
    } as const;
    const { fitted, test, data } = await trainOnWorld(config, sizes, { seed, engine });
    const classifier = config.scalings.includes(CLASSIFIER)
      ? (await trainOnWorld({ ...config, decoder: "classifier" }, sizes, { seed, engine })).fitted
      : undefined;
    const world = test as MazeWorld;
    const { maze } = world;
    const asked = dealt(world, { count: answers, held: HELD });
    const decoded = learned(fitted, asked, (latents) => decodedRewards(fitted, maze, latents, config.depth));
    const judged =
      classifier && learned(classifier, asked, (latents) => classifiedRewards(classifier, maze, latents));
    return { rows: rowsOf({ decoded, judged, world, asked, config, seed }), data };
  },
};

type Asked = ReturnType<typeof dealt>;

/** What a model says of new users, and what places are worth under each of some latents. */
interface Learned {
  readonly accuracy: number;
  /** Of each new user the mean of z, row-major [U, l]. */
  readonly means: Float32Array;
  /** Of latents [Z, l], row-major [Z, S]. */
  readonly rewards: (latents: Float32Array) => Float32Array;
}

function learned(fitted: FittedModel, { given, held }: Asked, rewards: Learned["rewards"]): Learned {
  const states = statesOf(fitted, given);
  const l = fitted.k / 2; // a state is a mean and log variances
  const means = Float32Array.from(
    { length: given.users.length * l },
    (_, i) => states[Math.floor(i / l) * fitted.k + (i % l)],
  );
  return { accuracy: accuracyUnder(fitted, states, held), means, rewards };
}

interface Trained {
  readonly decoded: Learned;
  readonly judged?: Learned;
  readonly world: MazeWorld;
  readonly asked: Asked;
  readonly config: ScaleConfig;
  readonly seed: number;
}

function rowsOf({ decoded, judged, world, asked, config, seed }: Trained): RecordRow[] {
  const { maze, goals, kindOf } = world;
  const { draws, walks, walkSteps, latentDimension: l } = config;
  const rng = randomStream(seed).split("reward scale");
  const latents = rng.split("prior").normals(draws * l);
  const transitions = randomWalk(maze, { walks, steps: walkSteps, rng: rng.split("walks") });
  const features = Float32Array.from({ length: maze.states ** 2 }, (_, i) =>
    i % (maze.states + 1) === 0 ? 1 : 0,
  );
  /** How likely new users get to their goals, in the mean over them and over starts. */
  const success = (of: (user: number, goal: number) => number): number =>
    mean(Array.from(kindOf, (kind, user) => of(user, goals[kind])));
  const even = new Float64Array(maze.states * maze.actions).fill(1 / maze.actions);
  const shared = {
    ...{ seed, method: "VPL", kStar: goals.length },
    split: "unseen",
    ...{ comparisonsPerUser: config.answers, newComparisonsPerUser: config.answers },
    ceilings: ceilingsOf(world, asked),
  } as const;
  const random = success((_, goal) => successChance(maze, even, { goal }));
  return config.scalings.map((scaling) => {
    const { accuracy, means, rewards } = (scaling === CLASSIFIER ? judged : undefined) ?? decoded;
    const own = rewards(means);
    const tabular = success((user, goal) => {
      const reward = own.subarray(user * maze.states, (user + 1) * maze.states);
      return successRate(maze, greedyPolicy(maze, reward), { goal });
    });
    const drawn = rewards(latents);
    const scaled = scaling === CLASSIFIER ? drawn : scaleRewards(drawn, maze.states, scaling);
    const policy: LatentPolicy = fitIql(
      { moves: maze, features, latents, rewards: scaled, transitions },
      { rng: rng.split("iql"), steps: config.steps, policySteps: config.policySteps },
    );
    const fitted = success((user, goal) =>
      successChance(maze, policy.chances(means.subarray(user * l, (user + 1) * l)), { goal }),
    );
    return {
      ...{ ...shared, accuracy },
      settings: { scaling, klWeight: config.klWeight },
      measures: { success: fitted, tabular, random },
    };
  });
}
