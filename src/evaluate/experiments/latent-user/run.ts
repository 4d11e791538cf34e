import { checkNumber, checkOneOf, type RecordRow } from "../../../core/index.js";
import type { World } from "../../../data/worlds/index.js";
import { activeUnits, type FittedModel } from "../../../train/index.js";
import {
  ceilingsOf,
  dealt,
  LATENT_MODEL_DEFAULTS,
  LATENT_MODELS,
  type LatentModelConfig,
  accuracyUnder,
  statesOf,
} from "../../latent/index.js";
import { checkLatentModel } from "./check-model.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkNumbers, resolveConfig } from "../parts/resolve.js";
import { trainWithChosen } from "./chosen.js";
import { curvesOf } from "./curves.js";
import { flipped } from "./flipped.js";
import { trainOnWorld } from "./trained.js";
import { LATENT_WORLDS, type LatentWorldName } from "./world.js";

interface LatentUserConfig extends LatentModelConfig {
  readonly world: LatentWorldName;
  readonly users: number;
  readonly testUsers: number;
  readonly newComparisonsPerUser: readonly number[];
  readonly flips: readonly number[];
  /** KL weights of VPL of which validation users choose; none: `klWeight` is taken. */
  readonly klWeights: readonly number[];
  readonly curves: boolean;
}

/** Comparisons of each new user that are predicted. */
const HELD = 8;
/** Users on whom a weight is chosen: they neither train nor are judged. */
const VALIDATION_USERS = 200;

/** A model trained on users of a few kinds, then asked about new users from more and more of their answers, some of them flipped. */
export const latentUserExperiment: Experiment = {
  defaults: {
    ...LATENT_MODEL_DEFAULTS,
    world: "didactic",
    users: 2000,
    testUsers: 1000,
    newComparisonsPerUser: [8],
    flips: [0],
    klWeights: [],
    curves: false,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("latent-user", latentUserExperiment.defaults, config);
    checkLatentModel("latent-user", resolved);
    checkOneOf("latent-user: world", resolved.world as string, LATENT_WORLDS);
    checkOneOf("latent-user: model", resolved.model as string, LATENT_MODELS);
    checkNumbers("latent-user", resolved, "newComparisonsPerUser");
    for (const weight of checkNumbers("latent-user", resolved, "klWeights", { mayBeEmpty: true }))
      checkNumber("latent-user: klWeights", weight, { min: 0 });
    for (const part of checkNumbers("latent-user", resolved, "flips"))
      checkNumber("latent-user: flips", part, { min: 0, max: 1 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = latentUserExperiment.resolve(raw) as unknown as LatentUserConfig;
    const { world, users, testUsers } = config;
    const comparisonsPerUser = Math.max(...config.newComparisonsPerUser) + HELD;
    const isOpen = config.klWeights.length > 0;
    const validationUsers = isOpen ? VALIDATION_USERS : 0;
    const sizes = { world, users, newUsers: testUsers, validationUsers, comparisonsPerUser };
    const { fitted, test, data, klWeight } =
      isOpen && config.model === "VPL"
        ? await trainWithChosen(config, sizes, { seed, engine, held: HELD })
        : { ...(await trainOnWorld(config, sizes, { seed, engine })), klWeight: config.klWeight };
    const shared = { fitted, test, config: { ...config, klWeight }, seed };
    return {
      rows: config.newComparisonsPerUser.flatMap((count) =>
        config.flips.map((part) => measure(shared, count, part)),
      ),
      data,
    };
  },
};

interface Trained {
  readonly fitted: FittedModel;
  readonly test: World;
  readonly config: LatentUserConfig;
  readonly seed: number;
}

/** Accuracy on the last comparisons of every new user, whose state is found from the first ones. */
function measure({ fitted, test, config, seed }: Trained, count: number, part: number): RecordRow {
  const { given: clean, held } = dealt(test, { count, held: HELD });
  const given = flipped(clean, part, seed);
  const states = statesOf(fitted, given);
  const accuracy = accuracyUnder(fitted, states, held);
  const { world, model, klWeight, answers, latentDimension } = config;
  const units = fitted.posterior === undefined ? undefined : activeUnits(fitted, states).count;
  const isShown = config.curves && part === 0 && count === answers;
  const learned = isShown ? curvesOf(fitted, test, states) : undefined;
  return {
    ...{ seed, split: "unseen", accuracy, method: model, kStar: test.kinds.length, latentDimension },
    ...{ comparisonsPerUser: answers, newComparisonsPerUser: count },
    settings: { world, klWeight, flipped: part },
    measures: {
      ...(units === undefined ? {} : { activeUnits: units }),
      ...(learned === undefined ? {} : { correlation: learned.correlation }),
    },
    ...(learned === undefined ? {} : { series: learned.series }),
    ceilings: ceilingsOf(test, { given, held }),
  };
}
