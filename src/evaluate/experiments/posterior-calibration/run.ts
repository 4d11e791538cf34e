import {
  checkOneOf,
  InputError,
  mean,
  randomStream,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import { keepUsers, takePerUser, type PreferenceData } from "../../../data/index.js";
import { didacticModes, kindPosterior, type World } from "../../../data/worlds/index.js";
import type { FittedModel } from "../../../train/index.js";
import { LATENT_MODEL_DEFAULTS, type LatentModelConfig } from "../../latent/index.js";
import { ALONG_LINE, CURVE_STEPS } from "../latent-user/curves.js";
import { trainOnWorld } from "../latent-user/trained.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, checkNumbers, resolveConfig } from "../parts/resolve.js";
import { divergence, inclusion } from "./coverage.js";

interface CalibrationConfig extends LatentModelConfig {
  readonly users: number;
  readonly testUsers: number;
  readonly newComparisonsPerUser: readonly number[];
  readonly draws: number;
}

/** Of credible sets. */
const LEVEL = 0.9;
const MODELS = ["VPL", "SPL", "PAL-A"] as const;

/**
 * The didactic world, in which the exact posterior over kinds is known: draws from a model's posterior are sorted by the mode next to where their reward is
 * largest, and these beliefs compared with Bayes' rule.
 */
export const posteriorCalibrationExperiment: Experiment = {
  defaults: {
    ...LATENT_MODEL_DEFAULTS,
    users: 2000,
    testUsers: 100,
    newComparisonsPerUser: [1, 2, 4, 8, 16],
    draws: 200,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("posterior-calibration", posteriorCalibrationExperiment.defaults, config);
    checkCounts("posterior-calibration", resolved, ["users", "testUsers", "draws", "answers", "epochs"], 1);
    checkOneOf("posterior-calibration: model", resolved.model as string, MODELS);
    checkNumbers("posterior-calibration", resolved, "newComparisonsPerUser");
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = posteriorCalibrationExperiment.resolve(raw) as unknown as CalibrationConfig;
    const { users, testUsers } = config;
    const comparisonsPerUser = Math.max(...config.newComparisonsPerUser);
    const sizes = { world: "didactic", users, newUsers: testUsers, comparisonsPerUser } as const;
    const { fitted, test, data } = await trainOnWorld(config, sizes, { seed, engine });
    return {
      rows: config.newComparisonsPerUser.flatMap((count) => compare({ fitted, test, config, seed }, count)),
      data,
    };
  },
};

interface Trained {
  readonly fitted: FittedModel;
  readonly test: World;
  readonly config: CalibrationConfig;
  readonly seed: number;
}

/** A row of the model and one of exact Bayes, for users who gave `count` answers. */
function compare({ fitted, test, config, seed }: Trained, count: number): RecordRow[] {
  const given = takePerUser(test.data, count).taken;
  const m = test.kinds.length;
  const exact = kindPosterior(test, given);
  const rng = randomStream(seed).split("posterior calibration").split(count);
  const found = test.data.users.map((_, user) =>
    kindsBelieved(fitted, keepUsers(given, Int32Array.of(user)), {
      kinds: m,
      draws: config.draws,
      rng: rng.split(user),
    }),
  );
  const bayes = test.data.users.map((_, user) => exact.subarray(user * m, (user + 1) * m));
  const row = (method: string, beliefs: readonly ArrayLike<number>[]): RecordRow => ({
    ...{
      seed,
      split: "unseen",
      method,
      kStar: m,
      comparisonsPerUser: config.answers,
      newComparisonsPerUser: count,
    },
    // the likeliest kind is the true one
    accuracy: mean(beliefs.map((p, user) => (likeliest(p) === test.kindOf[user] ? 1 : 0))),
    settings: { klWeight: config.klWeight },
    measures: {
      coverage: mean(beliefs.map((p, user) => inclusion(p, test.kindOf[user], LEVEL))),
      divergence: mean(beliefs.map((p, user) => divergence(bayes[user], p))),
    },
  });
  return [row(config.model, found), row("exact Bayes", bayes)];
}

function likeliest(beliefs: ArrayLike<number>): number {
  return Array.from(beliefs).reduce((best, p, kind, all) => (p > all[best] ? kind : best), 0);
}

/** The part of draws whose reward is largest nearest to each mode; half a draw is added to each kind, so that none is impossible. */
function kindsBelieved(
  fitted: FittedModel,
  answers: PreferenceData,
  { kinds, draws, rng }: { readonly kinds: number; readonly draws: number; readonly rng: RandomStream },
): Float64Array {
  const posterior = fitted.posteriorGiven?.(answers);
  if (posterior === undefined) throw new InputError("posterior-calibration: the model has no posterior");
  const scores = fitted.scoresUnderEach(ALONG_LINE, posterior.states(draws, rng));
  const modes = didacticModes(kinds);
  const beliefs = new Float64Array(kinds).fill(0.5 / (draws + kinds / 2));
  for (let draw = 0; draw < draws; draw++) {
    let best = 0;
    for (let place = 1; place < CURVE_STEPS; place++)
      if (scores[place * draws + draw] > scores[best * draws + draw]) best = place;
    const at = best / (CURVE_STEPS - 1);
    const nearest = modes.reduce(
      (kind, mode, other) => (Math.abs(mode - at) < Math.abs(modes[kind] - at) ? other : kind),
      0,
    );
    beliefs[nearest] += 1 / (draws + kinds / 2);
  }
  return beliefs;
}
