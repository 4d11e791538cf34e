import {
  checkNumber,
  checkOneOf,
  InputError,
  mean,
  randomStream,
  show,
  type RecordRow,
} from "../../../core/index.js";
import { takePerUser } from "../../../data/index.js";
import { bayesAccuracy, blindAccuracy, oracleAccuracy, type MazeWorld } from "../../../data/worlds/index.js";
import {
  fitIql,
  greedyPolicy,
  randomWalk,
  REWARD_SCALINGS,
  scaleRewards,
  successChance,
  successRate,
  type LatentPolicy,
  type RewardScaling,
} from "../../../policies/index.js";
import type { FittedModel } from "../../../train/index.js";
import { CHANCE } from "../../ceilings.js";
import { LATENT_MODEL_DEFAULTS, type LatentModelConfig } from "../latent-user/model.js";
import { accuracyUnder, statesOf } from "../latent-user/states.js";
import { trainOnWorld } from "../latent-user/trained.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { decodedRewards } from "./rewards.js";

interface ScaleConfig extends LatentModelConfig {
  readonly users: number;
  readonly testUsers: number;
  readonly scalings: readonly RewardScaling[];
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
    scalings: [...REWARD_SCALINGS],
    draws: 256,
    walks: 100,
    walkSteps: 50,
    steps: 2500,
    policySteps: 500,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("reward-scale", rewardScaleExperiment.defaults, config);
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
    const ofPolicy = ["draws", "walks", "walkSteps", "steps", "policySteps"];
    checkCounts("reward-scale", resolved, [...counts, ...ofPolicy], 1);
    checkNumber("reward-scale: klWeight", resolved.klWeight as number, { min: 0 });
    checkNumber("reward-scale: rate", resolved.rate as number, { above: 0 });
    checkOneOf("reward-scale: model", resolved.model as string, ["VPL"]);
    if (!Array.isArray(resolved.scalings) || resolved.scalings.length === 0)
      throw new InputError(
        `reward-scale: scalings must be a list of ${REWARD_SCALINGS.join(", ")}, got ${show(resolved.scalings)}`,
      );
    for (const name of resolved.scalings as string[])
      checkOneOf("reward-scale: scalings", name, REWARD_SCALINGS);
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
    const trained = { fitted, test: test as MazeWorld, config, seed };
    return { rows: rowsOf(trained), data };
  },
};

interface Trained {
  readonly fitted: FittedModel;
  readonly test: MazeWorld;
  readonly config: ScaleConfig;
  readonly seed: number;
}

function rowsOf(trained: Trained): RecordRow[] {
  const { fitted, test, config, seed } = trained;
  const { maze, goals, kindOf } = test;
  const { draws, walks, walkSteps, latentDimension: l, depth } = config;
  const rng = randomStream(seed).split("reward scale");
  const given = takePerUser(test.data, config.answers).taken;
  const held = takePerUser(test.data, test.data.label.length / test.data.users.length - HELD).rest;
  const states = statesOf(fitted, given);
  const means = Float32Array.from(
    { length: kindOf.length * l },
    (_, i) => states[Math.floor(i / l) * fitted.k + (i % l)],
  );
  const latents = rng.split("prior").normals(draws * l);
  const rewards = decodedRewards(fitted, maze, latents, depth);
  const transitions = randomWalk(maze, { walks, steps: walkSteps, rng: rng.split("walks") });
  const features = Float32Array.from({ length: maze.states ** 2 }, (_, i) =>
    i % (maze.states + 1) === 0 ? 1 : 0,
  );
  const own = decodedRewards(fitted, maze, means, depth);
  /** How likely new users get to their goals, in the mean over them and over starts. */
  const success = (of: (user: number, goal: number) => number): number =>
    mean(Array.from(kindOf, (kind, user) => of(user, goals[kind])));
  const tabular = success((user, goal) => {
    const reward = own.subarray(user * maze.states, (user + 1) * maze.states);
    return successRate(maze, greedyPolicy(maze, reward), { goal });
  });
  const even = new Float64Array(maze.states * maze.actions).fill(1 / maze.actions);
  const random = success((_, goal) => successChance(maze, even, { goal }));
  const shared = {
    seed,
    split: "unseen",
    method: "VPL",
    kStar: goals.length,
    comparisonsPerUser: config.answers,
    newComparisonsPerUser: config.answers,
    accuracy: accuracyUnder(fitted, states, held),
    ceilings: {
      chance: CHANCE,
      blind: blindAccuracy(test, held),
      bayes: bayesAccuracy(test, given, held),
      oracle: oracleAccuracy(test, held),
    },
  } as const;
  return config.scalings.map((scaling) => {
    const scaled = scaleRewards(rewards, maze.states, scaling);
    const policy: LatentPolicy = fitIql(
      { moves: maze, features, latents, rewards: scaled, transitions },
      { rng: rng.split("iql"), steps: config.steps, policySteps: config.policySteps },
    );
    return {
      ...shared,
      settings: { scaling, klWeight: config.klWeight },
      measures: {
        success: success((user, goal) =>
          successChance(maze, policy.chances(means.subarray(user * l, (user + 1) * l)), { goal }),
        ),
        tabular,
        random,
      },
    };
  });
}
