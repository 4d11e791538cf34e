import {
  checkInteger,
  InputError,
  mean,
  randomStream,
  show,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import { selectRows, type Pairs, type PreferenceData } from "../../../data/index.js";
import type { World } from "../../../data/worlds/index.js";
import type { FittedModel } from "../../../train/index.js";
import { CRITERIA, nextQuestion, type Criterion } from "../../questions/index.js";
import { LATENT_MODEL_DEFAULTS, type LatentModelConfig } from "../../latent/index.js";
import { trainOnWorld } from "../latent-user/trained.js";
import { LATENT_WORLDS, type LatentWorldName } from "../latent-user/world.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, checkNumbers, resolveConfig } from "../parts/resolve.js";

interface ActiveConfig extends LatentModelConfig {
  readonly world: LatentWorldName;
  readonly users: number;
  /** Questions of a pool, drawn anew for each person asked. */
  readonly pool: number;
  /** People of each kind who are asked. */
  readonly people: number;
  readonly questions: readonly number[];
}

/** Pairs on which a state's predictions are compared with each kind's answers, to tell who it is. */
const PROBES = 200;

/** Users are asked one question after the other, each chosen by what the answers before it left open; how often it is then known of which kind they are. */
export const activeQuestionsExperiment: Experiment = {
  defaults: {
    ...LATENT_MODEL_DEFAULTS,
    latentDimension: 4,
    world: "two-goal maze",
    users: 2000,
    pool: 60,
    people: 20,
    questions: [1, 2, 4],
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("active-questions", activeQuestionsExperiment.defaults, config);
    checkCounts(
      "active-questions",
      resolved,
      ["answers", "epochs", "batchSize", "users", "pool", "people"],
      1,
    );
    for (const count of checkNumbers("active-questions", resolved, "questions"))
      checkInteger("active-questions: questions", count, { min: 1, max: resolved.pool as number });
    if (!LATENT_WORLDS.includes(resolved.world as LatentWorldName))
      throw new InputError(`active-questions: unknown world ${show(resolved.world)}`);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = activeQuestionsExperiment.resolve(raw) as unknown as ActiveConfig;
    const { world, users } = config;
    const sizes = { world, users, newUsers: 1, comparisonsPerUser: PROBES };
    const { fitted, everybody, test, data } = await trainOnWorld(config, sizes, { seed, engine });
    const probes = test.data;
    const shared = {
      fitted,
      world: everybody,
      probes,
      config,
      rng: randomStream(seed).split("active questions"),
    };
    return {
      rows: CRITERIA.flatMap((criterion) => rowsOf(shared, criterion, seed)),
      data,
    };
  },
};

interface Asked {
  readonly fitted: FittedModel;
  readonly world: World;
  readonly probes: PreferenceData;
  readonly config: ActiveConfig;
  readonly rng: RandomStream;
}

function rowsOf(shared: Asked, criterion: Criterion, seed: number): RecordRow[] {
  const { world, config } = shared;
  const runs = Array.from({ length: config.people * world.kinds.length }, (_, person) =>
    interview(shared, criterion, person),
  );
  return config.questions.map((count, i) => ({
    ...{ seed, split: "unseen", method: criterion, kStar: world.kinds.length },
    ...{ comparisonsPerUser: config.answers, newComparisonsPerUser: count },
    accuracy: mean(runs.map((isKnown) => (isKnown[i] ? 1 : 0))),
    settings: { world: config.world, model: config.model },
  }));
}

/** Whether a person's kind was told right after each number of questions. All criteria get the same pools and the same answers. */
function interview(
  { fitted, world, probes, config, rng }: Asked,
  criterion: Criterion,
  person: number,
): boolean[] {
  const kind = person % world.kinds.length;
  const own = rng.split(person);
  const rows = Int32Array.from({ length: config.pool }, () => own.integer(world.data.left.length));
  const drawn = unlike(selectRows(world.data, rows));
  const noise = own.split("answers");
  const label = Int8Array.from(drawn.left, (left, row) =>
    noise.uniform() < world.probability(kind, left, drawn.right[row]) ? 1 : -1,
  );
  const pool: PreferenceData = { ...drawn, users: ["asked"], user: new Int32Array(label.length), label };
  const known: number[] = [];
  const most = Math.max(...config.questions);
  const told: boolean[] = [];
  for (let asked = 1; asked <= most; asked++) {
    const left = Int32Array.from(pool.left.keys()).filter((row) => !known.includes(row));
    const { row } = nextQuestion(fitted, at(pool, known), at(pool, [...left]), {
      ...{ criterion, draws: 100, seed: person * most + asked },
    });
    known.push(left[row]);
    if (config.questions.includes(asked))
      told.push(kindTold(fitted, at(pool, known), { world, probes }) === kind);
  }
  return told;
}

/** The questions less those whose two items were asked about before. */
function unlike(data: PreferenceData): PreferenceData {
  const seen = new Set<string>();
  const rows = [...data.left.keys()].filter((row) => {
    const name = [data.left[row], data.right[row]].sort((a, b) => a - b).join();
    return data.left[row] !== data.right[row] && !seen.has(name) && seen.add(name) !== undefined;
  });
  return selectRows(data, Int32Array.from(rows));
}

function at(pool: PreferenceData, rows: readonly number[]): PreferenceData {
  return { ...selectRows(pool, Int32Array.from(rows)), groups: undefined };
}

/** The kind whose answers to the probes are the likeliest under the state that the answers give. */
function kindTold(
  fitted: FittedModel,
  answers: PreferenceData,
  { world, probes }: { readonly world: World; readonly probes: Pairs },
): number {
  const scores = fitted.scores(probes, fitted.infer(answers));
  const agreement = world.kinds.map((_, kind) =>
    scores.reduce(
      (sum, score, row) =>
        sum + Math.sign(score) * (world.probability(kind, probes.left[row], probes.right[row]) - 0.5),
      0,
    ),
  );
  return agreement.reduce((best, value, kind) => (value > agreement[best] ? kind : best), 0);
}
