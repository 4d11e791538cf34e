import { checkInteger, checkObject, nullPValue, randomStream, type RandomStream } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import {
  dot,
  fitClasses,
  newtonStep,
  pickRows,
  sigmoid,
  type Classes,
  type Problem,
  type Rows,
} from "../../families/index.js";
import type { BasisName, MethodContext } from "../methods/index.js";
import { methodContext, problemFor } from "../methods/index.js";
import { answerDraws } from "../judged-draws.js";
import { distinctRows, mergedProblem } from "./distinct-rows.js";
import { largestSingular } from "./largest-singular.js";
import { loneJudgements, whyUnaskable } from "../why-unaskable.js";
import { wholeJudgements, type Answered } from "../whole-judgements.js";

/** How {@link scoreTest} tests. */
export interface ScoreTestOptions {
  readonly seed: number;
  /** Data sets drawn from one reward for all, default 999. */
  readonly draws?: number;
}

/** Whether answers of one user go together more than one reward for all can explain. */
export interface ScoreTest {
  /** (1 + drawn data sets with a statistic as large) / (1 + their number). */
  readonly pValue: number;
  readonly draws: number;
  /** The largest of the statistics, each less its mean and divided by its standard deviation over drawn data sets. */
  readonly statistic: number;
  /** The same of each drawn data set. */
  readonly nullStatistics: readonly number[];
  /** What utilities are linear in where one reward for all is fitted. */
  readonly basis: BasisName;
  /** The statistics, and their standardised values. */
  readonly parts: readonly { readonly name: string; readonly value: number }[];
  /** Fraction of the answers that one reward for all, fitted to them, has on the likelier side. */
  readonly explained: number;
  readonly users: number;
  readonly answers: number;
  /** What most users gave one of and nothing else, where they did. */
  readonly alone?: "ranking" | "set of ratings";
  /** Why this cannot be asked of the answers, where it cannot; the p-value is then 1. */
  readonly unaskable?: string;
}

/**
 * Score test of one reward for all against variation between users. For each basis: T = Σ_u (‖Σ z r‖² − Σ ‖z‖² r²), z a design row and r the
 * residual under one reward for all (the score of a variance of utilities over users at 0; Zelterman and Chen 1988). Votes have the readiness to agree for z, and
 * beside it the largest singular value of residuals by users and statements, as have rankings, ratings and choices by users and items. The null distribution comes from answers drawn from one reward for
 * all, which is fitted to each data set again; judgements of which ties or choices leave pairs out are drawn again whole, each in its own pattern.
 */
export function scoreTest(context: MethodContext, options: ScoreTestOptions): ScoreTest {
  checkObject("scoreTest: context", context, ["data", "basis"], "a context, as methodContext(data) makes it");
  checkObject("scoreTest: options", options, ["seed"], "an object such as { seed: 1 }");
  const { seed, draws = 999 } = options;
  checkInteger("scoreTest: draws", draws, { min: 1 });
  const { data } = context;
  const unaskable = whyUnaskable(data);
  const bases = context.bases.filter((name) => !name.endsWith("-40"));
  const nothing = { draws, users: data.users.length, answers: data.label.length };
  if (unaskable !== undefined)
    return {
      ...nothing,
      explained: 1,
      pValue: 1,
      statistic: 0,
      nullStatistics: [],
      basis: bases[0],
      parts: [],
      unaskable,
    };
  const rng = randomStream(seed).split("score test");
  const basis = nullBasis(context, bases, rng.split("basis"));
  const problem = wholeProblem(context, basis);
  const one = fitClasses(problem, { k: 1, rng: rng.split("fit") });
  const { given, draw, statistics, refit, residuals, p } = nullOf(context, {
    bases,
    basis,
    problem,
    one,
    rng,
  });
  const real = statistics.of(residuals(given, one.means));
  const labels = rng.split("labels");
  const drawn = Array.from({ length: draws }, () => {
    const answered = draw(labels);
    return statistics.of(residuals(answered, refit(answered)));
  });
  const alone = loneJudgements(data);
  const { names } = statistics;
  const scale = names.map((_, s) => {
    const values = drawn.map((each) => each[s]);
    const mean = values.reduce((a, b) => a + b, 0) / draws;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  const standard = (values: Float64Array): number[] =>
    scale.map(({ mean, deviation }, s) => (values[s] - mean) / deviation);
  const statistic = Math.max(...standard(real));
  const nullStatistics = drawn.map((each) => Math.max(...standard(each)));
  return {
    ...nothing,
    pValue: nullPValue(statistic, nullStatistics),
    statistic,
    nullStatistics,
    explained: p.filter((value, row) => value > 0.5 === problem.right[row] > 0).length / p.length,
    basis,
    parts: standard(real).map((value, s) => ({ name: names[s], value })),
    ...(alone === undefined ? {} : { alone: alone.of }),
  };
}

interface Null {
  readonly given: Answered;
  readonly statistics: Statistics;
  /** P(right) of the data's rows under one reward for all. */
  readonly p: Float64Array;
  draw(rng: RandomStream): Answered;
  /** One reward for all, fitted to other answers. */
  refit(answered: Answered): Float64Array;
  residuals(answered: Answered, means: Float64Array): Float64Array;
}

/** Answers drawn from one reward for all; where judgements leave pairs out, over all pairs of their items. */
function nullOf(context: MethodContext, { bases, basis, problem, one, rng }: NullOptions): Null {
  const { data } = context;
  const whole = wholeJudgements(data);
  const asked = whole === undefined ? context : methodContext(whole.data);
  const rows = whole === undefined ? problem : wholeProblem(asked, basis);
  const kinds = distinctRows(rows.mean);
  const merge = mergedProblem(rows.mean, kinds);
  const centre = new Float64Array(one.means.length);
  const prior = { share: () => 1, centre, precision: 1 / one.deviation ** 2 };
  const refit: Null["refit"] = (answered) => {
    const again = one.means.slice();
    const merged = merge(answered);
    for (let step = 0; step < REFIT_STEPS; step++) newtonStep(merged, again, prior);
    return again;
  };
  const representative = pickRows(rows.mean, kinds.first);
  const shared = {
    statistics: statisticsOf(asked, bases, rng.split("start")),
    p: probabilities(problem.mean, one.means),
    refit,
    residuals(answered: Answered, means: Float64Array): Float64Array {
      const fitted = probabilities(representative, means);
      return answered.right.map((value, row) =>
        answered.weight[row] > 0 ? value - fitted[kinds.kind[row]] : 0,
      );
    },
  };
  if (whole === undefined) {
    const { weight } = problem;
    const drawRight = answerDraws(data, shared.p, tieOf(data));
    return { ...shared, given: problem, draw: (labels) => ({ right: drawRight(labels), weight }) };
  }
  const drawWith = (means: Float64Array): ((labels: RandomStream) => Answered) =>
    whole.draws(probabilities(rows.mean, means));
  const means = generatingMeans(one.means, { drawWith, refit, rng: rng.split("generating") });
  return { ...shared, given: whole.given, draw: drawWith(means) };
}

interface NullOptions {
  readonly bases: readonly BasisName[];
  readonly basis: BasisName;
  readonly problem: Problem;
  readonly one: Classes;
  readonly rng: RandomStream;
}

/** Rounds in which the reward that draws is found, and data sets drawn in each. */
const ROUNDS = 5;
const DRAWS_A_ROUND = 20;

/**
 * The reward whose drawn data sets are fitted by `fitted` on average: where pairs are left out (ties between what is close), the reward that is fitted to
 * the pairs that are there is not the one that they came from.
 */
function generatingMeans(
  fitted: Float64Array,
  {
    drawWith,
    refit,
    rng,
  }: Pick<Null, "refit"> & {
    readonly rng: RandomStream;
    drawWith(means: Float64Array): (labels: RandomStream) => Answered;
  },
): Float64Array {
  const means = fitted.slice();
  for (let round = 0; round < ROUNDS; round++) {
    const draw = drawWith(means);
    const sum = new Float64Array(means.length);
    for (let i = 0; i < DRAWS_A_ROUND; i++) refit(draw(rng)).forEach((value, c) => (sum[c] += value));
    for (let c = 0; c < means.length; c++) means[c] += fitted[c] - sum[c] / DRAWS_A_ROUND;
  }
  return means;
}

const REFIT_STEPS = 2;
/** Answers a question, on average, for its column to be compared over users. */
const LEAST_REPEATED = 3;

function wholeProblem(context: MethodContext, basis: BasisName): Problem {
  const all = Int32Array.from(context.data.user.keys());
  return problemFor(context, { basis, train: all, asked: new Int32Array(0) }).problem;
}

/** The basis in which one reward for all is likeliest by Schwarz's criterion. */
function nullBasis(context: MethodContext, bases: readonly BasisName[], rng: RandomStream): BasisName {
  const measured = bases.map((name) => {
    const problem = wholeProblem(context, name);
    const fit = fitClasses(problem, { k: 1, rng });
    const p = probabilities(problem.mean, fit.means);
    let nats = 0;
    for (let row = 0; row < p.length; row++)
      nats += problem.weight[row] * Math.log(Math.max(1e-12, problem.right[row] > 0 ? p[row] : 1 - p[row]));
    return { name, criterion: -2 * nats + problem.mean.width * Math.log(p.length) };
  });
  return measured.reduce((a, b) => (b.criterion < a.criterion ? b : a)).name;
}

function probabilities(rows: Rows, means: Float64Array): Float64Array {
  return Float64Array.from({ length: rows.start.length - 1 }, (_, row) => sigmoid(dot(rows, row, means, 0)));
}

/** Two halves of a tie stay together: one is right, one is not. */
function tieOf({ weight, label, judgement }: PreferenceData): (row: number) => 0 | 1 | undefined {
  if (judgement !== undefined || weight === undefined) return () => undefined;
  return (row) => (weight[row] !== 0.5 ? undefined : label[row] > 0 ? 1 : 0);
}

interface Statistics {
  readonly names: readonly string[];
  of(residual: Float64Array): Float64Array;
}

function statisticsOf(context: MethodContext, bases: readonly BasisName[], rng: RandomStream): Statistics {
  const { data } = context;
  const parts = bases.flatMap((name): { name: string; of: (residual: Float64Array) => number }[] => {
    const { basis, own, mean } = context.basis(name);
    const score =
      basis.ownWidth === 0
        ? []
        : [
            {
              name: own === mean ? name : "readiness to agree",
              of: (residual: Float64Array) => clustering(own, data.user, data.users.length, residual),
            },
          ];
    // where hardly any question is asked twice, answers to a question say nothing of each other
    // the length of one whole ranking's scores is the same whoever gave it: only their directions tell users apart
    const isJudged = data.judgement !== undefined && basis.ownWidth > 0;
    if ((own === mean && !isJudged) || data.user.length < LEAST_REPEATED * mean.width) return score;
    const start = Float64Array.from(rng.normals(data.users.length));
    return [...score, { name: "largest singular value", of: largestSingular(mean, data.user, start) }];
  });
  return {
    names: parts.map(({ name }) => name),
    of: (residual) => Float64Array.from(parts, ({ of }) => of(residual)),
  };
}

/** Σ_u (‖Σ z r‖² − Σ ‖z‖² r²). */
function clustering(rows: Rows, user: Int32Array, users: number, residual: Float64Array): number {
  const sums = new Float64Array(users * rows.width);
  let own = 0;
  for (let row = 0; row < user.length; row++) {
    for (let e = rows.start[row]; e < rows.start[row + 1]; e++) {
      const value = rows.value[e] * residual[row];
      sums[user[row] * rows.width + rows.column[e]] += value;
      own += value * value;
    }
  }
  let total = -own;
  for (const value of sums) total += value * value;
  return total;
}
