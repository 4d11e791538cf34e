import { checkNumber, checkOneOf, mean, type RecordRow } from "../../../core/index.js";
import type { Pairs } from "../../../data/index.js";
import { cellFeatures, type MazeWorld } from "../../../data/worlds/index.js";
import { greedyPolicy, successRate } from "../../../policies/index.js";
import type { FittedModel } from "../../../train/index.js";
import {
  ceilingsOf,
  dealt,
  LATENT_MODEL_DEFAULTS,
  type LatentModelConfig,
  accuracyUnder,
  statesOf,
} from "../../latent/index.js";
import { pearson } from "../latent-user/curves.js";
import { trainOnWorld } from "../latent-user/trained.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface MazeConfig extends LatentModelConfig {
  readonly world: "two-goal maze" | "ten-goal maze";
  readonly users: number;
  readonly testUsers: number;
}

const HELD = 16;
const MODELS = ["VPL", "Bradley-Terry"] as const;
const WORLDS = ["two-goal maze", "ten-goal maze"] as const;

/** Rewards of places in a maze, learned from comparisons, and whether who follows them gets where the user wants to be. */
export const mazeControlExperiment: Experiment = {
  defaults: {
    ...LATENT_MODEL_DEFAULTS,
    world: "two-goal maze",
    latentDimension: 4,
    answers: 8,
    klWeight: 0.3,
    width: 64,
    epochs: 60,
    users: 2000,
    testUsers: 40,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("maze-control", mazeControlExperiment.defaults, config);
    checkCounts(
      "maze-control",
      resolved,
      ["answers", "latentDimension", "epochs", "batchSize", "users", "testUsers"],
      1,
    );
    checkNumber("maze-control: klWeight", resolved.klWeight as number, { min: 0 });
    checkOneOf("maze-control: model", resolved.model as string, MODELS);
    checkOneOf("maze-control: world", resolved.world as string, WORLDS);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = mazeControlExperiment.resolve(raw) as unknown as MazeConfig;
    const { world, users, testUsers, answers } = config;
    const sizes = { world, users, newUsers: testUsers, comparisonsPerUser: answers + HELD };
    const { fitted, test, data } = await trainOnWorld(config, sizes, { seed, engine });
    return { rows: [measure(fitted, test as MazeWorld, { config, seed })], data };
  },
};

function measure(
  fitted: FittedModel,
  test: MazeWorld,
  { config, seed }: { readonly config: MazeConfig; readonly seed: number },
): RecordRow {
  const { given, held } = dealt(test, { count: config.answers, held: HELD });
  const states = statesOf(fitted, given);
  const { maze, goals, values, kindOf } = test;
  const { k } = fitted;
  const places = everyCell(test);
  const rewards = test.data.users.map((_, user) =>
    fitted.scores(places, { weights: states.subarray(user * k, (user + 1) * k) }),
  );
  const truth = (kind: number): number[] => [
    ...values.subarray(kind * maze.states, (kind + 1) * maze.states),
  ];
  // of each kind the first new user's field is drawn
  const drawn = goals.slice(0, 2).map((_, kind) => rewards[kindOf.indexOf(kind)]);
  const tidy = (field: ArrayLike<number>): number[] =>
    Array.from(field, (value) => Number(value.toPrecision(5)));
  return {
    ...{ seed, split: "unseen", method: config.model, kStar: goals.length },
    ...{ comparisonsPerUser: config.answers, newComparisonsPerUser: config.answers },
    accuracy: accuracyUnder(fitted, states, held),
    settings: { world: config.world, klWeight: config.klWeight },
    measures: {
      success: mean(
        rewards.map((reward, user) =>
          successRate(maze, greedyPolicy(maze, reward), { goal: goals[kindOf[user]] }),
        ),
      ),
      correlation: mean(rewards.map((reward, user) => pearson([...reward], truth(kindOf[user])))),
    },
    series: Object.fromEntries([
      ...drawn.map((field, kind) => [`learned ${kind}`, tidy(field)] as const),
      ...drawn.map((_, kind) => [`true ${kind}`, tidy(truth(kind))] as const),
    ]),
    ceilings: ceilingsOf(test, { given, held }),
  };
}

/** The centre of every free cell against that of the first. */
function everyCell({ maze }: MazeWorld): Pairs {
  return {
    items: { ids: Array.from(maze.row, (_, cell) => `cell-${cell}`), features: cellFeatures(maze) },
    left: new Int32Array(maze.states),
    right: Int32Array.from(maze.row.keys()),
  };
}
