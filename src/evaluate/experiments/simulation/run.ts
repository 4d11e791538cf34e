import { checkNumber, checkOneOf, randomStream, stableJson, type RecordRow } from "../../../core/index.js";
import {
  keepUsers,
  SETTINGS,
  simulateIdealPoints,
  splitByComparison,
  takePerUser,
  type PreferenceData,
  type Setting,
  type SimulationOptions,
} from "../../../data/index.js";
import {
  DEFAULT_LEARNING_RATES,
  PalA,
  type LearningRate,
  type USER_POINTS,
} from "../../../families/index.js";
import { fit, SCHEDULES, type LearningRateOptions, type Schedule } from "../../../train/index.js";
import { accuracySeen } from "../../accuracy.js";
import { blindCeiling, CHANCE, oracleCeiling } from "../../ceilings.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { simulatedReference } from "../parts/references.js";
import { checkAdaptation, NEW_USERS_DEFAULTS, newUserRows, type NewUsersConfig } from "../parts/new-users.js";
import { checkCounts, checkNewUsers, resolveConfig } from "../parts/resolve.js";

interface SimulationConfig extends NewUsersConfig {
  readonly setting: Setting;
  readonly kStar: number;
  readonly k: number;
  readonly dimension: number;
  readonly usersPerPrototype: number;
  readonly comparisonsPerUser: number;
  readonly validationPerUser: number;
  readonly testPerUser: number;
  readonly newUsersPerPrototype: number;
  readonly concentration: number;
  readonly userPoint: (typeof USER_POINTS)[number];
  readonly distance: "squared" | "plain";
  readonly loss: "hinge" | "logistic";
  readonly epochs: number;
  readonly batchSize: number;
  readonly schedule: Schedule;
  readonly rateFactor: number;
}

const COUNTS = [
  "kStar",
  "k",
  "dimension",
  "usersPerPrototype",
  "comparisonsPerUser",
  "validationPerUser",
  "testPerUser",
  "epochs",
  "batchSize",
] as const;

/** The paper's simulation: PAL-A on users with ideal points, held-out accuracy of seen and, where asked for, of new users. */
export const simulationExperiment: Experiment = {
  defaults: {
    setting: "mixture",
    kStar: undefined,
    k: undefined,
    dimension: 16,
    usersPerPrototype: 50,
    comparisonsPerUser: 100,
    validationPerUser: 50,
    testPerUser: 50,
    newUsersPerPrototype: 0,
    ...NEW_USERS_DEFAULTS,
    concentration: 1,
    userPoint: "f(Pw)",
    distance: "squared",
    loss: "hinge",
    epochs: 300,
    batchSize: 256,
    schedule: "constant",
    rateFactor: 1,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("simulation", simulationExperiment.defaults, config);
    checkCounts("simulation", resolved, COUNTS, 1);
    checkNewUsers("simulation", resolved, {
      users: "newUsersPerPrototype",
      samples: "newComparisonsPerUser",
    });
    checkAdaptation("simulation", resolved);
    checkOneOf("simulation: setting", String(resolved.setting), SETTINGS);
    checkNumber("simulation: concentration", resolved.concentration as number, { above: 0 });
    checkNumber("simulation: rateFactor", resolved.rateFactor as number, { above: 0 });
    checkOneOf("simulation: schedule", String(resolved.schedule), SCHEDULES);
    modelOf(resolved as unknown as SimulationConfig);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = simulationExperiment.resolve(raw) as unknown as SimulationConfig;
    const { k, kStar, setting, dimension, comparisonsPerUser, validationPerUser, testPerUser } = config;
    const users = config.usersPerPrototype * kStar;
    const population = { dimension, prototypes: kStar, setting, concentration: config.concentration, seed };
    const each = comparisonsPerUser + validationPerUser + testPerUser;
    const held = { validation: validationPerUser, test: testPerUser };
    const { data, split, ceilings } = worldOf({ ...population, users, comparisonsPerUser: each }, held);
    const { epochs, batchSize, schedule } = config;
    const learningRates = learningRatesOf(config);
    const options = { engine, seed, epochs, batchSize, schedule, learningRates };
    const fitted = await fit(modelOf(config), split.train, options);
    const shared = { setting, kStar, k, comparisonsPerUser, seed };
    const seen: RecordRow = {
      ...shared,
      split: "seen",
      accuracy: accuracySeen(fitted, split.test).accuracy,
      validation: accuracySeen(fitted, split.validation).accuracy,
      ceilings,
    };
    const reference = simulatedReference(data.source);
    if (config.newUsersPerPrototype === 0) return { rows: [seen], data: [reference] };
    const newUsers = config.newUsersPerPrototype * kStar;
    const most = Math.max(...config.newComparisonsPerUser);
    const extended = simulateIdealPoints({
      ...population,
      users: users + newUsers,
      comparisonsPerUser: most + testPerUser,
    });
    const unseen = keepUsers(
      extended,
      Int32Array.from({ length: newUsers }, (_, i) => users + i),
    );
    const { taken, rest: test } = takePerUser(unseen, most);
    const rows = newUserRows(fitted, { adapt: taken, test }, config, shared);
    return { rows: [seen, ...rows], data: [reference] };
  },
};

interface SimulatedWorld {
  readonly data: PreferenceData;
  readonly split: ReturnType<typeof splitByComparison>;
  readonly ceilings: NonNullable<RecordRow["ceilings"]>;
}

/** Runs that differ in K meet the same population one after the other: the last ones are kept. */
const WORLDS_KEPT = 6;
const worlds = new Map<string, SimulatedWorld>();

function worldOf(
  population: SimulationOptions,
  held: { readonly validation: number; readonly test: number },
): SimulatedWorld {
  const key = stableJson({ population, held });
  const found = worlds.get(key) ?? makeWorld(population, held);
  worlds.delete(key);
  worlds.set(key, found);
  const [oldest] = worlds.keys();
  if (worlds.size > WORLDS_KEPT) worlds.delete(oldest);
  return found;
}

function makeWorld(
  population: SimulationOptions,
  held: { readonly validation: number; readonly test: number },
): SimulatedWorld {
  const data = simulateIdealPoints(population);
  const split = splitByComparison(data, held, randomStream(population.seed).split("split"));
  const ceilings = { chance: CHANCE, blind: blindCeiling(split.test), oracle: oracleCeiling(split.test) };
  return { data, split, ceilings };
}

/** The default step sizes times `rateFactor`. */
function learningRatesOf({ rateFactor }: SimulationConfig): LearningRateOptions {
  const usual: { readonly [group: string]: LearningRate } = DEFAULT_LEARNING_RATES;
  const scaled = Object.entries(usual).map(([group, { rate, decay = 0 }]) => [
    group,
    { rate: rate * rateFactor, decay },
  ]);
  return Object.fromEntries(scaled) as LearningRateOptions;
}

function modelOf({ k, dimension, userPoint, distance, loss }: SimulationConfig): PalA {
  return new PalA({ k, latentDimension: dimension, userPoint, distance, loss });
}
