import { randomStream, type RandomStream } from "../../core/index.js";
import { selectRows, type PreferenceData } from "../../data/index.js";
import { sameAnswers } from "./same-answers.js";
import {
  answersOf,
  ask,
  fitClasses,
  fitMarginal,
  fitMixing,
  meanWeights,
  pickRows,
  predictClasses,
  predictMarginal,
  predictMixing,
  problemOf,
  sampleFactors,
  sampleTypes,
  type AskedRows,
  type Problem,
  type Tastes,
} from "../../families/index.js";
import type { BasisName, MethodContext } from "./context.js";

export type MethodId =
  | "chance"
  | "popularity"
  | "agreement"
  | "bradley-terry"
  | "latent-classes"
  | "types"
  | "mixed"
  | "factor"
  | "pal";

/** What a method is. */
export interface Method {
  /** In words; `onFeatures` where utilities are linear in features, `onVotes` of statements that are names alone. */
  readonly name: string;
  readonly onFeatures?: string;
  readonly onVotes?: string;
  /** Whether it has types or prototypes, whose number is chosen. */
  readonly hasTypes: boolean;
  /** What users have of their own beside their type; undefined: it is fitted in another way. */
  readonly tastes?: Tastes;
  /** Whether it is one reward for all, which others are held against. */
  readonly isOneReward?: boolean;
}

/** The ways to predict answers that `explore` compares. */
export const METHODS: { readonly [Id in MethodId]: Method } = {
  chance: { name: "chance", hasTypes: false },
  popularity: { name: "popularity: the majority of each question", hasTypes: false },
  agreement: { name: "popularity + how readily the user agrees", hasTypes: false, tastes: "own" },
  "bradley-terry": {
    name: "one reward for all (Bradley-Terry)",
    onFeatures: "one reward for all (logistic, on features)",
    ...{ hasTypes: false, tastes: "none", isOneReward: true },
  },
  "latent-classes": { name: "types (latent classes)", hasTypes: true, tastes: "none" },
  types: {
    name: "types + own tastes",
    onVotes: "types + how readily the user agrees",
    ...{ hasTypes: true, tastes: "own" },
  },
  mixed: { name: "mixed Bradley-Terry", onFeatures: "mixed logistic", hasTypes: false, tastes: "correlated" },
  factor: { name: "factor model", hasTypes: false },
  pal: { name: "PAL with learned items", onFeatures: "PAL, linear on features", hasTypes: true },
};

/** One training of one method, and what it is asked about: everything that decides what is found, beside the data. */
export interface MethodJob {
  readonly method: MethodId;
  readonly basis: BasisName;
  readonly k: number;
  /** Where the method has one: the standard deviation of prototypes around popularity. */
  readonly strength?: number;
  /** `quick` where choices are made, `full` where a method is judged and shown. */
  readonly effort: "quick" | "full";
  readonly seed: number;
  readonly stream: string;
  /** Row indices. */
  readonly train: Int32Array;
  readonly asked: Int32Array;
}

/** Factors of the factor model. */
export const RANK = 3;
/** Standard deviations of a prototype's log odds around popularity, of PAL with learned items. */
export const SPREADS: readonly number[] = [1.5, 3];

/** Answers from which fewer draws average out as much. */
const MANY = 8000;
const EFFORT = {
  quick: { starts: 3, iterations: 80, burn: 60, draws: 100 },
  full: { starts: 6, iterations: 300, burn: 200, draws: 400 },
  fullOfMany: { starts: 4, iterations: 300, burn: 100, draws: 200 },
};

function effortOf(effort: MethodJob["effort"], { user }: Problem): (typeof EFFORT)["full"] {
  if (effort === "quick") return EFFORT.quick;
  return user.length > MANY ? EFFORT.fullOfMany : EFFORT.full;
}

/** P(label = +1) of the rows asked about, shape [asked]; even odds where nothing is there to learn from. */
export function runMethod(context: MethodContext, job: MethodJob): Float64Array {
  const even = new Float64Array(job.asked.length).fill(0.5);
  if (job.train.length === 0 || job.asked.length === 0) return even;
  const rng = randomStream(job.seed).split("methods").split(job.stream);
  if (job.method === "chance") return even;
  if (job.method === "popularity") return popularity(context.data, job);
  if (job.method === "pal" && job.basis === "ids") return palItems(context.data, job, rng);
  return linear(context, job, rng);
}

/** The share of each pair's, or statement's, answers, shrunk towards one half by one answer. */
function popularity(data: PreferenceData, { train, asked }: MethodJob): Float64Array {
  const { question, questions, direction } = ask(data);
  const right = new Float64Array(questions.plus.length).fill(0.5);
  const total = new Float64Array(questions.plus.length).fill(1);
  for (const row of train) {
    const weight = data.weight?.[row] ?? 1;
    total[question[row]] += weight;
    if (data.label[row] * direction[row] > 0) right[question[row]] += weight;
  }
  return Float64Array.from(asked, (row) => {
    const p = right[question[row]] / total[question[row]];
    return direction[row] > 0 ? p : 1 - p;
  });
}

/** The problem of the rows that train, of the users that take part. */
export function problemFor(
  context: MethodContext,
  {
    basis,
    train: given,
    asked,
    merge = false,
  }: Pick<MethodJob, "basis" | "train" | "asked"> & { readonly merge?: boolean },
): { readonly problem: Problem; readonly asked: AskedRows; readonly users: readonly number[] } {
  const { data } = context;
  const rows = context.basis(basis);
  const { rows: train, weight } = merge
    ? sameAnswers(data, given, basis)
    : { rows: given, weight: data.weight && Float32Array.from(given, (row) => data.weight?.[row] ?? 1) };
  const users = [...new Set([...train, ...asked].map((row) => data.user[row]))].sort((a, b) => a - b);
  const place = new Map(users.map((user, index) => [user, index]));
  const of = (which: Int32Array): { mean: AskedRows["mean"]; own: AskedRows["own"]; user: Int32Array } => {
    const mean = pickRows(rows.mean, which);
    return {
      mean,
      own: rows.own === rows.mean ? mean : pickRows(rows.own, which),
      user: which.map((row) => place.get(data.user[row]) ?? 0),
    };
  };
  const known = of(train);
  const problem = problemOf(known, {
    users: users.length,
    user: known.user,
    label: Int8Array.from(train, (row) => data.label[row]),
    ...(weight === undefined ? {} : { weight }),
  });
  return { problem, asked: of(asked), users };
}

function linear(context: MethodContext, job: MethodJob, rng: RandomStream): Float64Array {
  const { problem, asked } = problemFor(context, { ...job, merge: true });
  const effort = effortOf(job.effort, problem);
  if (job.method === "factor") return sampleFactors(problem, { rank: RANK, rng, asked, ...effort }).p;
  return fitTypes(problem, job, { rng, asked }).p;
}

/** A fitted model with types or prototypes. */
export interface FittedTypes {
  readonly k: number;
  /** What each type or prototype likes, in log odds, row-major [K, D]. */
  readonly means: Float64Array;
  /** Users' posterior mean weights on them, row-major [U, K]. */
  readonly weights: Float64Array;
  /** Variance of own tastes, row-major [Q, Q], where there are any. */
  readonly covariance?: Float64Array;
  readonly converged: boolean;
  /** P(right) of the rows asked about. */
  readonly p: Float64Array;
}

/** Fits the methods whose utilities are linear in a design: one reward for all, latent classes, types with own tastes, PAL. */
export function fitTypes(
  problem: Problem,
  { method, k, effort: how }: Pick<MethodJob, "method" | "k" | "effort">,
  { rng, asked }: { readonly rng: RandomStream; readonly asked: AskedRows },
): FittedTypes {
  if (method === "pal") {
    const fit = fitMixing(problem, k, rng);
    const { means, posterior, grid, converged } = fit;
    const weights = Float64Array.from(meanWeights(posterior, grid, k));
    return { k, means, weights, converged, p: predictMixing(fit, asked) };
  }
  const effort = effortOf(how, problem);
  const start = fitClasses(problem, { k, rng: rng.split("classes"), ...effort });
  const { means, belief: weights, converged } = start;
  const { tastes = "none" } = METHODS[method];
  if (tastes === "none") return { k, means, weights, converged, p: predictClasses(start, asked) };
  const sampled = sampleTypes(problem, { tastes, rng: rng.split("draws"), start, asked, ...effort });
  const { covariance, p } = sampled;
  return {
    ...{ k, means: sampled.means, weights: sampled.belief, converged, p },
    ...(covariance === undefined ? {} : { covariance }),
  };
}

function palItems(data: PreferenceData, job: MethodJob, rng: RandomStream): Float64Array {
  const questions = answersOf(data);
  const turned = ask(data).direction;
  const { rows, weight } = sameAnswers(data, job.train, job.basis);
  const known = answersOf(selectRows(data, rows));
  const { k, strength: spread = SPREADS[0] } = job;
  const iterations = job.effort === "quick" ? 25 : 60;
  const fit = fitMarginal(
    {
      ...known,
      ...(weight === undefined ? {} : { weight }),
      questions: questions.questions,
      question: rows.map((row) => questions.question[row]),
    },
    { k, rng, spread, iterations, starts: job.effort === "quick" ? 1 : 3, readiness: true },
  );
  const p = predictMarginal(fit, {
    users: data.users.length,
    questions: questions.questions,
    user: job.asked.map((row) => data.user[row]),
    question: job.asked.map((row) => questions.question[row]),
  });
  return p.map((value, i) => (turned[job.asked[i]] > 0 ? value : 1 - value));
}
