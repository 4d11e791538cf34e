import { checkInteger, checkKeys, InputError, randomStream, type RandomStream } from "../../core/index.js";
import {
  checkPreferenceData,
  comparisonCount,
  countJudged,
  independentAnswers,
  selectRows,
  weighedByWorth,
  type DataSource,
  type PreferenceData,
  type UserColumn,
} from "../../data/index.js";
import { ask } from "../../families/index.js";
import {
  holdOut,
  testHeterogeneity,
  type CandidateJob,
  type HeterogeneityTest,
  type NullJob,
} from "../heterogeneity/index.js";
import {
  chooseFromHalves,
  climb,
  methodContext,
  runMethod,
  type BasisName,
  type Ladder,
  type MethodJob,
} from "../methods/index.js";
import { sampleUsers } from "../sample-users.js";
import { whyOneType, whyUnaskable } from "../why-unaskable.js";
import { calibrate, type Calibration } from "./calibration.js";
import { cautions } from "./cautions.js";
import { besideMethods, describeChoice, kindAsPlaced, type ExploredK } from "./choice.js";
import { compareColumns, type ComparedColumn } from "./columns.js";
import { compareMethods, type MethodComparison } from "./compare.js";
import { describePrototypes, type Description } from "./describe.js";
import { mapUsers, type UserMaps } from "./maps.js";
import { placeSubjects, type PlacedSubjects } from "./placed-subjects.js";
import { scoreTest, type ScoreTest } from "./score-test.js";
import { showModel } from "./shown-model.js";

/** Runs methods on one data set, side by side where there are threads. */
export interface MethodPool {
  run(jobs: readonly MethodJob[]): Promise<readonly Float64Array[]>;
  close(): Promise<void>;
}

/** Runs trainings side by side, where there are threads. */
export interface StudyRunner {
  methods(data: PreferenceData): MethodPool;
  candidates(data: PreferenceData, jobs: readonly CandidateJob[]): Promise<readonly Float64Array[]>;
  nulls(data: PreferenceData, jobs: readonly NullJob[]): Promise<readonly number[]>;
}

/** How {@link explore} looks at a data set. */
export interface ExploreOptions {
  readonly seed: number;
  /** Permuted data sets of the held-out test, a second opinion beside the score test; default 0: it is left out. */
  readonly permutations?: number;
  /** Largest K that is tried; default: upwards until the largest is not the best, at most 12. */
  readonly kMax?: number;
  readonly runner?: StudyRunner;
  /** Told what begins. */
  readonly onStage?: (name: string) => void;
  /** Waited for after every training where there is no `runner`: others get a turn, and what it throws ends the exploration. */
  readonly turn?: () => Promise<void>;
}

/** Part of the data that was used, drawn at random by user. */
export interface Part {
  readonly users: number;
  readonly answers: number;
  /** What the answers were made of, where they were: rankings, choices, ratings, and how many. */
  readonly judged?: { readonly of: string; readonly count: number };
}

/** What was found out about a data set. */
export interface Exploration {
  readonly source: DataSource;
  readonly seed: number;
  readonly users: readonly string[];
  readonly groups?: readonly string[];
  readonly all: Part;
  /** Users and answers that the shown model learned from, and that are drawn. */
  readonly shown: Part;
  /** Different statements, items or pairs that were asked about. */
  readonly questions: number;
  /** What types are described by. */
  readonly kind: "statements" | "items" | "pairs";
  /** The two items between which every answer chooses, where answers are no votes: "gpt", "claude". */
  readonly sides?: readonly [string, string];
  readonly basis: BasisName;
  readonly bases: Ladder["bases"];
  /** Users that chose K, and on whose answers methods were compared. */
  readonly sample: Part;
  readonly choice: ExploredK;
  readonly test: ScoreTest & { readonly usersBefore: number };
  /** The second opinion, where it was asked for. */
  readonly heldOutTest?: HeterogeneityTest;
  readonly comparison: Omit<MethodComparison, "p">;
  readonly heldOutAnswers: number;
  /** What these were made of. */
  readonly heldOutJudged?: Part["judged"];
  /** Whether a column of the data says which answers are held out. */
  readonly heldOutGiven: boolean;
  readonly calibration: Calibration;
  /** Users' posterior mean weights in the shown model, row-major [U, K]. */
  readonly weights: Float32Array;
  /** Standard deviation of users' own tastes, in log odds, where the shown model has them. */
  readonly ownTastes?: number;
  readonly description: Description;
  /** Every statement, item or pair, from joining to dividing. */
  readonly subjects: PlacedSubjects;
  /** What is known of users, shape [U] each. */
  readonly known: readonly UserColumn[];
  readonly columns: readonly ComparedColumn[];
  readonly maps?: UserMaps;
  readonly warnings: readonly string[];
}

/** Users and answers that choose K and compare methods, at most. */
const SAMPLE: Part = { users: 1500, answers: 16_000 };
/** The same where the data say what is held out: others use the same answers. */
const GIVEN: Part = { users: 20_000, answers: 50_000 };
/** Of the shown model. */
const SHOWN: Part = { users: 20_000, answers: 100_000 };
/** Of the held-out test, which trains hundreds of times. */
const TEST_SAMPLE: Part = { users: 300, answers: 5000 };
/** Of the score test: users differ where its p-value is at most this. */
const LEVEL = 0.05;

/**
 * Explores a data set: do users differ, how, how many types do the answers support, who are they and what divides them. Choices are made on four
 * fifths of each user's answers (or on those that the data do not hold out); methods are compared on the rest; the shown model learns from all.
 * @throws InputError for bad options or data
 * @example
 * const found = await explore(data, { seed: 1, kMax: 2 });
 * for (const { question, answer } of study.plainAnswers(found)) console.log(question, answer);
 */
export async function explore(given: PreferenceData, options: ExploreOptions): Promise<Exploration> {
  checkGiven(given, options);
  const { seed, kMax, onStage } = options;
  const rng = randomStream(seed).split("explore");
  const data = partOf(given, SHOWN, rng.split("shown"));
  const part = partOf(data, data.heldOut === undefined ? SAMPLE : GIVEN, rng.split("sample"));
  const sample = weighedByWorth(part);
  const { train, test: held } = heldOutRows(sample, seed);
  const context = methodContext(sample);
  const pool = poolOf(options, sample, context);
  try {
    onStage?.("testing whether users differ");
    const test = { ...scoreTest(context, { seed }), usersBefore: new Set(data.user).size };
    const learned = selectRows(sample, train);
    const unaskable = whyUnaskable(learned) ?? whyOneType(learned);
    onStage?.("choosing among methods");
    const most = unaskable === undefined ? kMax : 1;
    // held-out answers choose nothing, so how much a further type must gain is asked of the others alone
    const differ = scoreTest(methodContext(learned), { seed }).pValue <= LEVEL;
    const ladder = await climb(context, {
      ...{ seed, rows: train, run: pool.run, differ },
      ...(most === undefined ? {} : { kMax: most }),
    });
    onStage?.("choosing again with halves of the users");
    const halves =
      unaskable === undefined
        ? await chooseFromHalves(ladder, context, { seed, rows: train, run: pool.run })
        : [];
    const chosen = describeChoice(ladder, halves, { seed, mayGrow: kMax !== 1 });
    onStage?.("comparing methods on held-out answers");
    const { p, ...comparison } = await compareMethods(sample, ladder, {
      train,
      test: held,
      seed,
      run: pool.run,
    });
    const heldOutTest = await secondOpinion(data, options, rng.split("test"));
    onStage?.("learning from all answers");
    const whole = data === part ? context : methodContext(weighedByWorth(data));
    const final = showModel(whole, ladder.shown, seed);
    const placed = { ...chosen, kind: kindAsPlaced(chosen.kind, final) };
    const choice = besideMethods(placed, test.pValue <= LEVEL, comparison);
    onStage?.("asking what goes with the differences");
    const columns = compareColumns(context, { seed, basis: test.basis });
    const { questions } = ask(data);
    const asked = selectRows(sample, held);
    onStage?.("drawing maps");
    const maps = mapUsers(data, seed);
    return {
      ...{ source: data.source, seed, users: data.users, all: sizeOf(given), shown: sizeOf(data) },
      ...(data.groups === undefined ? {} : { groups: data.groups }),
      questions: questions.kind === "items" ? data.items.ids.length : questions.plus.length,
      ...sidesOf(data, final.kind),
      ...{ kind: final.kind, basis: ladder.basis, bases: ladder.bases, sample: sizeOf(sample), choice, test },
      ...(heldOutTest === undefined ? {} : { heldOutTest }),
      ...{ comparison, heldOutAnswers: held.length, heldOutGiven: sample.heldOut !== undefined },
      ...heldOutJudged(asked),
      calibration: calibrate(p, asked),
      weights: final.allWeights,
      ...(final.ownTastes === undefined ? {} : { ownTastes: final.ownTastes }),
      ...{ description: describePrototypes(final, data), subjects: placeSubjects(final, data) },
      known: data.columns ?? [],
      columns,
      ...(maps === undefined ? {} : { maps }),
      warnings: cautions(data, {
        ...{ k: choice.k, asked, learned, converged: final.converged },
        looksAtContexts: ladder.basis.startsWith("interactions"),
      }),
    };
  } finally {
    await pool.close();
  }
}

function sidesOf({ subject, items }: PreferenceData, kind: Exploration["kind"]): Pick<Exploration, "sides"> {
  return kind === "statements" && subject === "pairs" ? { sides: [items.ids[0], items.ids[1]] } : {};
}

function checkGiven(data: PreferenceData, options: ExploreOptions): void {
  checkKeys("explore", options, ["seed", "permutations", "kMax", "runner", "onStage", "turn"]);
  const { seed, kMax, permutations = 0 } = options;
  checkInteger("explore: seed", seed);
  checkInteger("explore: permutations", permutations, { min: 0 });
  if (kMax !== undefined) checkInteger("explore: kMax", kMax, { min: 1, max: 12 });
  checkPreferenceData("explore", data);
  if (comparisonCount(data) < 2)
    throw new InputError("explore: needs at least two answers, got one: nothing can be held out");
}

function poolOf(
  { runner, turn }: ExploreOptions,
  data: PreferenceData,
  context: ReturnType<typeof methodContext>,
): MethodPool {
  if (runner !== undefined) return runner.methods(data);
  return {
    async run(jobs) {
      const done: Float64Array[] = [];
      for (const job of jobs) {
        done.push(runMethod(context, job));
        await turn?.();
      }
      return done;
    },
    close: () => Promise.resolve(),
  };
}

/** The rows that choices may see, and those that are kept for the end: as the data say, or a fifth of each user's. */
function heldOutRows(
  data: PreferenceData,
  seed: number,
): { readonly train: Int32Array; readonly test: Int32Array } {
  const { heldOut } = data;
  if (heldOut === undefined) return holdOut(data, seed);
  const rows = Int32Array.from(heldOut.keys());
  const [train, test] = [rows.filter((row) => heldOut[row] === 0), rows.filter((row) => heldOut[row] === 1)];
  if (train.length === 0 || test.length === 0)
    throw new InputError(
      `explore: the held-out column must leave answers on both sides, got ${train.length} to learn from and ${test.length} held out`,
    );
  return { train, test };
}

async function secondOpinion(
  data: PreferenceData,
  { permutations = 0, seed, runner, onStage }: ExploreOptions,
  rng: RandomStream,
): Promise<HeterogeneityTest | undefined> {
  if (permutations === 0) return undefined;
  onStage?.("asking permuted data sets");
  const tested = partOf(data, TEST_SAMPLE, rng);
  return testHeterogeneity(tested, {
    ...{ seed, permutations, users: tested.users.length },
    ...(runner === undefined ? {} : { runAll: runner.nulls.bind(runner) }),
  });
}

/** Users drawn at random until a limit is reached. */
function partOf(data: PreferenceData, most: Part, rng: RandomStream): PreferenceData {
  // comparisons of one judgement count as what they are worth, and cost less: users repeat them
  const answers = independentAnswers(data, data.users.length).reduce((sum, count) => sum + count, 0);
  if (data.users.length <= most.users && answers <= most.answers) return data;
  const mean = answers / data.users.length;
  return sampleUsers(data, Math.max(2, Math.min(most.users, Math.floor(most.answers / mean))), rng).data;
}

function heldOutJudged(asked: PreferenceData): Pick<Exploration, "heldOutJudged"> {
  const judged = countJudged(asked);
  return judged === undefined ? {} : { heldOutJudged: judged };
}

function sizeOf(data: PreferenceData): Part {
  const judged = countJudged(data);
  return {
    users: data.users.length,
    answers: comparisonCount(data),
    ...(judged === undefined ? {} : { judged }),
  };
}
