import { checkOneOf, type RecordRow } from "../../../core/index.js";
import { featureDimension, type PreferenceData } from "../../../data/index.js";
import {
  believers,
  GARDEN_WEIGHTS,
  type BelieversWorld,
  type RatedMoves,
} from "../../../data/worlds/index.js";
import type { Engine } from "../../../engine/index.js";
import { PalA } from "../../../families/index.js";
import { fitBeliefs, type FitBeliefsOptions } from "../../../policies/index.js";
import { fit } from "../../../train/index.js";
import { adjustedRandIndex, scoreTest } from "../../explore/index.js";
import { heaviestPrototype } from "../../heaviest-prototype.js";
import { chooseK, engineLearner } from "../../heterogeneity/index.js";
import { methodContext } from "../../methods/index.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";

interface BeliefOrTasteConfig {
  readonly population: PopulationName;
  readonly users: number;
  readonly comparisonsPerUser: number;
  readonly ratings: number;
  readonly kMax: number;
  readonly epochs: number;
  readonly draws: number;
  /** Populations that are asked again after everybody was shown that nothing slips. */
  readonly shown: number;
  readonly steps: number;
}

/** What half of the people are like, and the other half. In truth nothing slips. */
export const BELIEF_POPULATIONS = {
  beliefs: { believed: [0, 0.5], weights: [GARDEN_WEIGHTS] },
  // the others find flowers as bad as somebody seems to who is afraid of the pit beside them
  tastes: { believed: [0, 0], weights: [GARDEN_WEIGHTS, [-0.3, -0.5, -0.6, -1, 1]] },
} as const;
type PopulationName = keyof typeof BELIEF_POPULATIONS;

/** What may make ratings of PAL's clusters differ. */
export const EXPLANATIONS: readonly (Pick<FitBeliefsOptions, "slip" | "values"> & {
  readonly method: string;
})[] = [
  { method: "nothing differs", slip: "shared", values: "shared" },
  { method: "beliefs differ", slip: "own", values: "shared" },
  { method: "tastes differ", slip: "shared", values: "own" },
];

/** From the seed of the people who were asked to those of others of their kinds. */
const OTHER_PEOPLE = 1000;
/** Every so many ratings one is held out. */
const HELD = 5;

/**
 * Two kinds of people, who differ in what they believe or in what they value: PAL's clusters, and two ways to tell. Answers are given again after everybody was shown that
 * nothing slips; and ratings of each cluster are explained by beliefs of its own, or by tastes of its own.
 */
export const beliefOrTasteExperiment: Experiment = {
  defaults: {
    ...{ population: undefined, users: 60, comparisonsPerUser: 60, ratings: 30 },
    ...{ kMax: 4, epochs: 150, draws: 99, shown: 40, steps: 400 },
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("belief-or-taste", beliefOrTasteExperiment.defaults, config);
    const populations = Object.keys(BELIEF_POPULATIONS);
    checkOneOf("belief-or-taste: population", resolved.population as string, populations);
    checkCounts("belief-or-taste", resolved, ["users", "comparisonsPerUser"], 10);
    checkCounts("belief-or-taste", resolved, ["ratings"], HELD);
    checkCounts("belief-or-taste", resolved, ["kMax", "epochs", "draws", "shown", "steps"], 1);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = beliefOrTasteExperiment.resolve(raw) as unknown as BeliefOrTasteConfig;
    const { population, users, comparisonsPerUser, draws } = config;
    const { believed, weights } = BELIEF_POPULATIONS[population];
    const size = { users, comparisonsPerUser, weights };
    const world = believers({ ...size, believed, seed });
    const told = Array.from({ length: config.shown }, (_, i) =>
      believers({ ...size, believed: believed.map(() => 0), seed: seed + OTHER_PEOPLE * i }),
    );
    const p = ({ data }: BelieversWorld): number =>
      scoreTest(methodContext(byIds(data)), { seed, draws }).pValue;
    const found = await clusters(world.data, config, { seed, engine });
    const shared = { seed, split: "seen", settings: { population } } as const;
    const pal: RecordRow = {
      ...{ ...shared, method: "PAL-A", k: found.k, accuracy: found.accuracy },
      measures: {
        likeness: adjustedRandIndex(found.of, Array.from(world.kindOf)),
        pAsBelieved: p(world),
      },
      series: { pAfterShown: told.map(p) },
    };
    const rows: RecordRow[] = [pal];
    for (const { method, ...explanation } of EXPLANATIONS)
      rows.push({ ...shared, method, ...(await explained(world, found.of, { explanation, config, seed })) });
    return { rows, data: [] };
  },
};

/** Utilities of items by name: whatever people believe, each kind's are among them. */
function byIds(data: PreferenceData): PreferenceData {
  return { ...data, items: { ids: data.items.ids } };
}

/** PAL's K, as the toolkit chooses it, and the prototype that each user is nearest to. */
async function clusters(
  data: PreferenceData,
  { kMax, epochs }: BeliefOrTasteConfig,
  { seed, engine }: { readonly seed: number; readonly engine: Engine },
): Promise<{ readonly k: number; readonly accuracy: number; readonly of: number[] }> {
  const learner = engineLearner(data, { engine, epochs });
  const { k, candidates } = await chooseK(data, { seed, kMax, repeats: 1, learner });
  const model = new PalA({ k, latentDimension: featureDimension(data.items), loss: "logistic" });
  const { allWeights } = await fit(model, data, { engine, seed, epochs });
  return {
    ...{ k, accuracy: candidates[k - 1].accuracy.mean },
    of: heaviestPrototype(allWeights, data.users.length),
  };
}

interface Explaining {
  readonly explanation: Pick<FitBeliefsOptions, "slip" | "values">;
  readonly config: BeliefOrTasteConfig;
  readonly seed: number;
}

/** Ratings that were held out, told by what explains the others: mean log-density in nats, and how many are told within a step of the scale. */
async function explained(
  world: BelieversWorld,
  groups: readonly number[],
  { explanation, config, seed }: Explaining,
): Promise<Pick<RecordRow, "accuracy" | "measures">> {
  const all = world.ratings(config.ratings, seed);
  const [held, kept] = [0, 1].map((part) => rowsWhere(all, (row) => (row % HELD === 0 ? 0 : 1) === part));
  const { steps } = config;
  const fitted = await fitBeliefs(world.grid, kept, { ...explanation, groups, steps, seed });
  const away = fitted.expected(held).map((expected, i) => held.rating[i] - expected);
  const density = (off: number): number =>
    -0.5 * (Math.log(2 * Math.PI) + (off / fitted.scatter) ** 2) - Math.log(fitted.scatter);
  const slips = groups.map((group, user) => [group, fitted.slips[user].median] as const);
  return {
    accuracy: away.filter((off) => Math.abs(off) <= 1).length / away.length,
    measures: {
      nats: away.reduce((sum, off) => sum + density(off), 0) / away.length,
      ...Object.fromEntries(slips.map(([group, slip]) => [`slip of cluster ${group + 1}`, slip])),
    },
  };
}

function rowsWhere(all: RatedMoves, isWanted: (row: number) => boolean): RatedMoves {
  const rows = Array.from(all.rating.keys()).filter(isWanted);
  const of = (values: Int32Array): Int32Array => Int32Array.from(rows, (row) => values[row]);
  return {
    ...{ users: all.users, scale: all.scale, user: of(all.user), state: of(all.state), move: of(all.move) },
    rating: Float64Array.from(rows, (row) => all.rating[row]),
  };
}
