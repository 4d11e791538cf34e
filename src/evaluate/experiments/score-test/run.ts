import {
  checkNumber,
  checkOneOf,
  randomStream,
  type RandomStream,
  type RecordRow,
} from "../../../core/index.js";
import type { FeatureTable, PreferenceData } from "../../../data/index.js";
import { scoreTest } from "../../explore/index.js";
import { methodContext } from "../../methods/index.js";
import type { Experiment, RunConfig, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

/** What answers are about. */
export const SHAPES = ["ids few", "ids many", "features", "contexts", "votes"] as const;
type Shape = (typeof SHAPES)[number];

interface ScoreTestConfig {
  readonly shape: Shape;
  readonly users: number;
  readonly comparisonsPerUser: number;
  readonly differ: number;
  readonly draws: number;
}

/**
 * The score test on a population of known truth: utilities are normal, answers logistic; half of the users lean one way by `differ` standard
 * deviations of each utility, half the other (0: everybody is alike).
 */
export const scoreTestExperiment: Experiment = {
  defaults: { shape: undefined, users: 60, comparisonsPerUser: 20, differ: 0, draws: 199 },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("score-test", scoreTestExperiment.defaults, config);
    checkOneOf("score-test: shape", resolved.shape as string, SHAPES);
    checkCounts("score-test", resolved, ["users", "comparisonsPerUser", "draws"], 1);
    checkNumber("score-test: differ", resolved.differ as number, { min: 0 });
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  run(raw: RunConfig, seed: number): Promise<RunResult> {
    const config = scoreTestExperiment.resolve(raw) as unknown as ScoreTestConfig;
    const test = scoreTest(methodContext(populationOf(config, seed)), { seed, draws: config.draws });
    const row: RecordRow = {
      ...{ group: `${config.shape}, ${config.users} users`, comparisonsPerUser: config.comparisonsPerUser },
      ...{ beta: config.differ, seed, split: "seen", accuracy: test.explained, pValue: test.pValue },
    };
    return Promise.resolve({ rows: [row], data: [] });
  },
};

interface Sizes {
  readonly items: number;
  readonly features: number;
  readonly contexts: number;
}

const SIZES: { readonly [S in Shape]: Sizes } = {
  "ids few": { items: 8, features: 0, contexts: 0 },
  "ids many": { items: 60, features: 0, contexts: 0 },
  features: { items: 40, features: 4, contexts: 0 },
  contexts: { items: 40, features: 2, contexts: 12 },
  votes: { items: 2, features: 0, contexts: 30 },
};
/** Features of a context. */
const SCENE = 2;

function populationOf(
  { shape, users, comparisonsPerUser, differ }: ScoreTestConfig,
  seed: number,
): PreferenceData {
  const rng = randomStream(seed).split("population").split(shape);
  const { items, features, contexts } = SIZES[shape];
  const isVotes = shape === "votes";
  const [x, c] = [table(rng, items, features), table(rng, contexts, isVotes ? 0 : SCENE)];
  const phi = (item: number, context: number): Map<number, number> =>
    designOf({ x, c, items, isVotes }, item, context);
  const width = isVotes ? contexts : features === 0 ? items : features * (contexts > 0 ? 1 + SCENE : 1);
  const [popular, lean] = [rng.normals(width), rng.normals(width)];
  const rows = Array.from({ length: users * comparisonsPerUser }, (_, i) => {
    const user = Math.floor(i / comparisonsPerUser);
    const [left, right] = isVotes ? [0, 1] : rng.permutation(items);
    const context = contexts > 0 ? rng.integer(contexts) : 0;
    const side = user % 2 === 0 ? differ : -differ;
    let odds = 0;
    for (const [item, sign] of [
      [right, 1],
      [left, -1],
    ])
      phi(item, context).forEach((value, at) => (odds += sign * value * (popular[at] + side * lean[at])));
    return { user, left, right, context, label: rng.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : -1 };
  });
  const ids = (name: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${name}${i}`);
  return {
    users: ids("u", users),
    items: tableOf(ids("i", items), x),
    ...(contexts > 0
      ? { contexts: tableOf(ids("c", contexts), c), context: Int32Array.from(rows, ({ context }) => context) }
      : {}),
    user: Int32Array.from(rows, ({ user }) => user),
    left: Int32Array.from(rows, ({ left }) => left),
    right: Int32Array.from(rows, ({ right }) => right),
    label: Int8Array.from(rows, ({ label }) => label),
    source: { name: `population of ${shape}`, license: "CC0-1.0", sha256: "" },
  };
}

function table(rng: RandomStream, rows: number, width: number): Float32Array[] {
  return Array.from({ length: rows }, () => rng.normals(width));
}

function tableOf(ids: string[], rows: readonly Float32Array[]): FeatureTable {
  const features = rows.flatMap((row) => [...row]);
  return features.length === 0 ? { ids } : { ids, features: Float32Array.from(features) };
}

/** Columns and values that an item's utility is made of. */
function designOf(
  of: {
    readonly x: readonly Float32Array[];
    readonly c: readonly Float32Array[];
    readonly items: number;
    readonly isVotes: boolean;
  },
  item: number,
  context: number,
): Map<number, number> {
  if (of.isVotes) return new Map(item === 1 ? [[context, 1]] : []);
  const own = of.x[item];
  if (own.length === 0) return new Map([[item, 1]]);
  const scene = of.c.length > 0 ? [1, ...of.c[context]] : [1];
  return new Map(
    scene.flatMap((s, j) => Array.from(own, (value, i): [number, number] => [j * own.length + i, s * value])),
  );
}
