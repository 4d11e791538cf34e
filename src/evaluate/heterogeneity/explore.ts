import { checkInteger, checkKeys, InputError, randomStream, type RandomStream } from "../../core/index.js";
import {
  checkPreferenceData,
  comparisonCount,
  featureDimension,
  selectRows,
  type DataSource,
  type PreferenceData,
} from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import { answersOf, ask, fitMarginal, meanWeights, PalA } from "../../families/index.js";
import { fit } from "../../train/index.js";
import { compareHeldOut, holdOut, type HeldOutComparison } from "./baselines.js";
import { calibrate, type Calibration } from "./calibration.js";
import { chooseK, whatLimitsK, type CandidateJob, type ChoiceOfK } from "./choose-k.js";
import { adjustedRandIndex, describePrototypes, type Description, type PrototypeView } from "./describe.js";
import { engineLearner } from "./engine-learner.js";
import { marginalLearner, type Learner } from "./learner.js";
import { mapUsers, type UserMaps } from "./maps.js";
import { sampleUsers } from "./sample-users.js";
import { standardFeatures } from "./standard-features.js";
import { testHeterogeneity, type HeterogeneityTest, type NullJob } from "./test-heterogeneity.js";

/** Runs trainings side by side, where there are threads. */
export interface StudyRunner {
  candidates(data: PreferenceData, jobs: readonly CandidateJob[]): Promise<readonly Float64Array[]>;
  nulls(data: PreferenceData, jobs: readonly NullJob[]): Promise<readonly number[]>;
}

export interface ExploreOptions {
  readonly seed: number;
  /** Data sets without persons that the test compares with, default 39; with features, whose trainings take longer, 19. */
  readonly permutations?: number;
  /** Largest K that is tried; as in `chooseK`. */
  readonly kMax?: number;
  /** Needed where items have features. */
  readonly engine?: Engine;
  readonly runner?: StudyRunner;
  /** Told what begins. */
  readonly onStage?: (name: string) => void;
}

/** Part of the data that was used, drawn at random by user. */
export interface Part {
  readonly users: number;
  readonly answers: number;
}

/** What was found out about a data set. */
export interface Exploration {
  readonly source: DataSource;
  readonly seed: number;
  readonly users: readonly string[];
  readonly groups?: readonly string[];
  readonly all: Part;
  /** Different statements, items or pairs that were asked about. */
  readonly questions: number;
  readonly kind: "statements" | "items" | "pairs";
  readonly method: string;
  /** Users that chose K, and on whose answers methods were compared. */
  readonly sample: Part;
  readonly choice: ChoiceOfK;
  readonly test: HeterogeneityTest;
  readonly comparison: Omit<HeldOutComparison, "p" | "rows">;
  readonly heldOutAnswers: number;
  readonly calibration: Calibration;
  /** Weights of all users in the final model, row-major [U, K]. */
  readonly weights: Float32Array;
  readonly strength: number;
  readonly description: Description;
  /** Agreement of each user's heaviest prototype with the groups given, over users that have one. */
  readonly agreement?: { readonly index: number; readonly users: number; readonly groups: number };
  readonly maps?: UserMaps;
  readonly warnings: readonly string[];
}

/** Users and answers that choose K and compare methods, at most. */
const SAMPLE: Part = { users: 1500, answers: 16_000 };
/** Users and answers of the test, which trains hundreds of times, at most. */
const TEST_SAMPLE: Part = { users: 300, answers: 5000 };
const PERMUTATIONS = 39;
const REPEATS = 2;
const FOLDS = 3;

/**
 * Explores a data set: is there heterogeneity, how many prototypes do the answers support, who are they and what divides them. Choices are made on
 * four fifths of each user's answers; methods are compared on the last fifth; the final model learns from all answers.
 * @throws InputError for bad options or data, or features without an engine
 */
export async function explore(given: PreferenceData, options: ExploreOptions): Promise<Exploration> {
  checkKeys("explore", options, ["seed", "permutations", "kMax", "engine", "runner", "onStage"]);
  const { seed, kMax, engine, runner, onStage } = options;
  checkInteger("explore: seed", seed);
  checkPreferenceData("explore", given);
  const data = standardFeatures(given);
  if (comparisonCount(data) < 2)
    throw new InputError("explore: needs at least two answers, got one: nothing can be held out");
  const hasFeatures = featureDimension(data.items) > 0;
  if (hasFeatures && engine === undefined)
    throw new InputError("explore: items have features; pass an engine");
  const learnerOf = (part: PreferenceData): Learner =>
    hasFeatures && engine !== undefined ? engineLearner(part, { engine }) : marginalLearner(part);
  const rng = randomStream(seed).split("explore");
  const sample = partOf(data, SAMPLE, rng.split("sample"));
  const { train, test: held } = holdOut(sample, seed);
  onStage?.("choosing K");
  const training = selectRows(sample, train);
  const choice = await chooseK(training, {
    ...{ seed, folds: FOLDS, repeats: REPEATS, learner: learnerOf(training) },
    ...(kMax === undefined ? {} : { kMax }),
    ...(runner === undefined || hasFeatures
      ? {}
      : { runAll: (jobs: readonly CandidateJob[]) => runner.candidates(training, jobs) }),
  });
  const { strength } = choice.candidates[choice.k - 1];
  onStage?.("comparing with other methods on held-out answers");
  const learner = learnerOf(sample);
  const { p, rows, ...comparison } = await compareHeldOut(
    sample,
    { train, test: held },
    {
      ...{ chosen: choice.candidates[choice.k - 1], best: choice.candidates[choice.best - 1] },
      ...{ seed, learner, factors: !hasFeatures },
    },
  );
  const asked = selectRows(sample, rows);
  onStage?.("testing whether persons differ");
  const tested = partOf(data, hasFeatures ? { users: 60, answers: 6000 } : TEST_SAMPLE, rng.split("test"));
  const test = await testHeterogeneity(tested, {
    ...{
      seed,
      permutations: options.permutations ?? (hasFeatures ? 19 : PERMUTATIONS),
      users: tested.users.length,
    },
    ...(hasFeatures
      ? { learner: learnerOf }
      : runner === undefined
        ? {}
        : { runAll: runner.nulls.bind(runner) }),
  });
  onStage?.("learning from all answers");
  const final = await finalModel(data, {
    k: choice.k,
    strength,
    seed,
    engine: hasFeatures ? engine : undefined,
  });
  const { questions } = ask(data);
  onStage?.("drawing maps");
  return {
    source: data.source,
    seed,
    users: data.users,
    groups: data.groups,
    all: sizeOf(data),
    questions: questions.kind === "items" ? data.items.ids.length : questions.plus.length,
    kind: questions.kind,
    method: learner.name,
    sample: sizeOf(sample),
    choice,
    test: { ...test, usersBefore: new Set(data.user).size },
    comparison,
    heldOutAnswers: rows.length,
    calibration: calibrate(p, asked.label, asked.user),
    weights: final.allWeights,
    strength,
    description: describePrototypes(final, data),
    agreement: agreementWith(data.groups, final),
    maps: mapUsers(data, seed),
    warnings: [...whatLimitsK(data, choice.candidates.length), ...fewHeldOut(asked)],
  };
}

/** Held-out answers and users below which their means and intervals say little. */
const FEW_ANSWERS = 50;
const FEW_USERS = 10;

function fewHeldOut({ user }: PreferenceData): string[] {
  const users = new Set(user).size;
  if (user.length >= FEW_ANSWERS && users >= FEW_USERS) return [];
  return [
    `answers held out to compare methods: ${user.length}, of users: ${users}; accuracies, gains and their intervals say little on so few`,
  ];
}

/** The heaviest prototype (from 0) of each user. */
export function heaviestPrototype(weights: Float32Array, k: number): number[] {
  return Array.from({ length: weights.length / k }, (_, u) => {
    const own = weights.subarray(u * k, (u + 1) * k);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
  });
}

/** Users drawn at random until a limit is reached. */
function partOf(data: PreferenceData, most: Part, rng: RandomStream): PreferenceData {
  const mean = comparisonCount(data) / data.users.length;
  return sampleUsers(data, Math.max(2, Math.min(most.users, Math.floor(most.answers / mean))), rng).data;
}

function sizeOf(data: PreferenceData): Part {
  return { users: data.users.length, answers: comparisonCount(data) };
}

interface FinalModel {
  readonly k: number;
  readonly strength: number;
  readonly seed: number;
  /** Where items have features. */
  readonly engine: Engine | undefined;
}

async function finalModel(
  data: PreferenceData,
  { k, strength, seed, engine }: FinalModel,
): Promise<PrototypeView> {
  if (engine === undefined) return learnedItems(data, { k, seed, strength });
  const d = Math.min(16, featureDimension(data.items));
  const fitted = await fit(new PalA({ k, latentDimension: d, loss: "logistic" }), data, {
    engine,
    seed,
    epochs: 60,
  });
  const [items, points] = [fitted.latentItems(data.items), fitted.prototypes()];
  const theta = Float64Array.from({ length: data.items.ids.length * k }, (_, i) => {
    const [item, prototype] = [Math.floor(i / k) * d, (i % k) * d];
    let squared = 0;
    for (let j = 0; j < d; j++) squared += (items[item + j] - points[prototype + j]) ** 2;
    return -squared;
  });
  return { k, kind: "items", subjects: data.items.ids, theta, allWeights: fitted.allWeights };
}

/** Items or statements of ids alone, as `PalItems` learns them. */
function learnedItems(
  data: PreferenceData,
  { k, seed, strength }: Omit<FinalModel, "engine">,
): PrototypeView {
  const answers = answersOf(data);
  const { kind } = answers.questions;
  const rng = randomStream(seed).split("learned-items");
  const found = fitMarginal(answers, { k, spread: strength, rng });
  const subjects = kind === "statements" ? data.contexts?.ids : kind === "items" ? data.items.ids : undefined;
  const { theta, grid, posterior } = found;
  return {
    ...{ k, kind, theta, allWeights: meanWeights(posterior, grid, k) },
    subjects: subjects ?? pairNames(data),
  };
}

/** "left | right" of each question, by the items' ids. */
function pairNames(data: PreferenceData): string[] {
  const { items, left, right } = data;
  const { question, questions } = ask(data);
  const names = new Array<string>(questions.plus.length).fill("");
  question.forEach((q, row) => {
    const [low, high] = [Math.min(left[row], right[row]), Math.max(left[row], right[row])];
    names[q] = `${items.ids[low]} | ${items.ids[high]}`;
  });
  return names;
}

function agreementWith(
  groups: readonly string[] | undefined,
  { allWeights, k }: PrototypeView,
): Exploration["agreement"] {
  if (groups === undefined) return undefined;
  const heaviest = heaviestPrototype(allWeights, k);
  const known = [...groups.keys()].filter((u) => groups[u] !== "");
  if (known.length < 2) return undefined;
  const [own, given] = [known.map((u) => heaviest[u]), known.map((u) => groups[u])];
  return { index: adjustedRandIndex(own, given), users: known.length, groups: new Set(given).size };
}
