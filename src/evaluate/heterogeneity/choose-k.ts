import { checkInteger, checkKeys, InputError, randomStream, type Interval } from "../../core/index.js";
import { independentAnswers, type PreferenceData } from "../../data/index.js";
import {
  averageSums,
  intervalByUser,
  meanByRow,
  standardErrorByUser,
  sumByUser,
  type UserSums,
} from "../by-user.js";
import { drawFolds, hits, logLikelihoods } from "../held-out.js";
import { crossValidate } from "./cross-validate.js";
import { marginalLearner, type Learner } from "./learner.js";
import { oneByOne } from "./one-by-one.js";
import { whyUnaskable } from "../why-unaskable.js";

/** How {@link chooseK} tries numbers of prototypes. */
export interface ChooseKOptions {
  /** Decides folds, starts and resamples. */
  readonly seed: number;
  /** Largest K that is tried. By default 5 are, and more, up to 12, while the largest tried is the best. */
  readonly kMax?: number;
  /** Parts that are held out in turn, default 4. */
  readonly folds?: number;
  /** How often all is done again with other folds and starts, default 3. */
  readonly repeats?: number;
  /** How PAL is fitted; default learned items with weights integrated out. */
  readonly learner?: Learner;
  /** Runs the trainings; default one after the other, here. Worker threads may run them side by side. */
  readonly runAll?: (jobs: readonly CandidateJob[]) => Promise<readonly Float64Array[]>;
}

/** One K with one strength in one repeat: everything that decides what is found, beside the data. */
export interface CandidateJob {
  readonly seed: number;
  readonly repeat: number;
  readonly folds: number;
  readonly k: number;
  readonly strength: number;
}

/** P(label = +1) of every row by a model that did not train on it, shape [N]. */
export function runCandidate(
  learner: Learner,
  { seed, repeat, folds, k, strength }: CandidateJob,
): Promise<Float64Array> {
  const rng = randomStream(seed).split("choose-k");
  const { data } = learner;
  const drawn = drawFolds(data, data.users.length, folds, rng.split("folds").split(repeat));
  return crossValidate({ learner, folds: drawn, k, strength, rng: rng.split("fit").split(repeat).split(k) });
}

/** One K: how well it tells answers that did not train. */
export interface CandidateK {
  readonly k: number;
  /** The strength of the prior that held-out answers prefer. */
  readonly strength: number;
  /** Log-likelihood a held-out answer, in nats; chance is -0.693. */
  readonly nats: Interval;
  /** Fraction of held-out answers told. */
  readonly accuracy: Interval;
  /** How many nats an answer the best K gains over this one, and the standard error of that over users. */
  readonly behindBest: { readonly mean: number; readonly standardError: number };
}

/** The K that held-out answers support. */
export interface ChoiceOfK {
  readonly k: number;
  /** The K of the highest held-out likelihood, which the rule may find not worth its prototypes. */
  readonly best: number;
  readonly candidates: readonly CandidateK[];
  /** The choice of each repeat alone. */
  readonly byRepeat: readonly number[];
  /** How often each K is chosen when users are drawn again, as fractions 0-1, from K = 1. */
  readonly resampled: readonly number[];
  /** Whether the largest K that was tried is the best: there may be more. */
  readonly atEdge: boolean;
  /** How sure the choice is, in a word: never sure at the edge. */
  readonly sure: "sure" | "fairly sure" | "not sure";
  /** How sure the choice is, in a sentence. */
  readonly statement: string;
  readonly warnings: readonly string[];
}

/** The rule by which K is chosen, in words. */
export const ONE_STANDARD_ERROR_RULE: string =
  "the smallest K whose held-out log-likelihood is within one standard error (over users) of the best K's";

const RESAMPLES = 400;

/**
 * Chooses K by the log-likelihood of held-out answers of known users: cross-validation within each user, the strength of the prior chosen for each K
 * alike, and the one-standard-error rule on the paired difference from the best K.
 * @throws InputError for bad options or data
 * @example
 * const { k } = await study.chooseK(data, { seed: 1, kMax: 2 });
 */
export async function chooseK(data: PreferenceData, options: ChooseKOptions): Promise<ChoiceOfK> {
  checkKeys("chooseK", options, ["seed", "kMax", "folds", "repeats", "learner", "runAll"]);
  const { seed, kMax = MOST_AT_FIRST, folds = 4, repeats = 3, learner = marginalLearner(data) } = options;
  checkInteger("chooseK: seed", seed);
  checkInteger("chooseK: kMax", kMax, { min: 1, max: 12 });
  checkInteger("chooseK: folds", folds, { min: 2, max: 100 });
  checkInteger("chooseK: repeats", repeats, { min: 1 });
  if (data.label.length === 0) throw new InputError("chooseK: there are no answers");
  const unaskable = whyUnaskable(data);
  const most = unaskable === undefined ? Math.min(kMax, new Set(data.user).size) : 1;
  const runAll = options.runAll ?? ((all) => oneByOne(all, (job) => runCandidate(learner, job)));
  const measure = async (from: number, to: number): Promise<Measured[]> => {
    const jobs = jobsFor({ seed, folds, repeats, learner }, from, to);
    return (await runAll(jobs)).map((p, i): Measured => ({
      ...jobs[i],
      nats: sumByUser(logLikelihoods(p, data.label), data, data.users.length),
      accuracy: sumByUser(hits(p, data.label), data, data.users.length),
    }));
  };
  const measured = await measure(1, most);
  const mayGrow = options.kMax === undefined && unaskable === undefined;
  const last = mayGrow ? Math.min(MOST, new Set(data.user).size) : most;
  let tried = most;
  while (tried < last && bestOf(strongest(measured)) === tried) {
    tried++;
    measured.push(...(await measure(tried, tried)));
  }
  const decided = decide(measured, randomStream(seed).split("choose-k").split("resample"));
  return {
    ...decided,
    ...(unaskable === undefined
      ? {}
      : {
          statement: `K = 1 is all that can be tried: among the answers that choose K (${data.label.length}) ${unaskable}`,
        }),
    warnings: whatLimitsK(data, Math.max(kMax, tried)),
  };
}

/** Values of K that are tried at first, and at most. */
const MOST_AT_FIRST = 5;
const MOST = 12;

function jobsFor(
  of: { readonly seed: number; readonly folds: number; readonly repeats: number; readonly learner: Learner },
  from: number,
  to: number,
): CandidateJob[] {
  const { seed, folds, repeats, learner } = of;
  const jobs: CandidateJob[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let k = from; k <= to; k++) {
      for (const strength of k === 1 ? [learner.strengths[0]] : learner.strengths)
        jobs.push({ seed, repeat, folds, k, strength });
    }
  }
  return jobs;
}

/** The K of the highest held-out likelihood. */
function bestOf(byK: ByK): number {
  return byK.reduce((best, each) => (meanByRow(each.nats) > meanByRow(best.nats) ? each : best)).k;
}

interface Measured {
  readonly k: number;
  readonly strength: number;
  readonly repeat: number;
  readonly nats: UserSums;
  readonly accuracy: UserSums;
}

type ByK = readonly Omit<Measured, "repeat">[];

function decide(
  measured: readonly Measured[],
  rng: ReturnType<typeof randomStream>,
): Omit<ChoiceOfK, "warnings"> {
  const byK = strongest(measured);
  const sums = byK.map(({ nats }) => nats);
  const { chosen, best } = oneStandardError(sums);
  const repeats = [...new Set(measured.map(({ repeat }) => repeat))];
  const byRepeat = repeats.map((repeat) => {
    return (
      oneStandardError(strongest(measured.filter((each) => each.repeat === repeat)).map(({ nats }) => nats))
        .chosen + 1
    );
  });
  const resampled = new Array<number>(byK.length).fill(0);
  const users = sums[0].value.length;
  for (let i = 0; i < RESAMPLES; i++) {
    const drawn = Int32Array.from({ length: users }, () => rng.integer(users));
    resampled[oneStandardError(sums.map((each) => pick(each, drawn))).chosen] += 1 / RESAMPLES;
  }
  const candidates = byK.map(({ k, strength, nats, accuracy }): CandidateK => {
    const difference = minus(sums[best], nats);
    return {
      k,
      strength,
      nats: intervalByUser(nats, rng.split("nats").split(k)),
      accuracy: intervalByUser(accuracy, rng.split("accuracy").split(k)),
      behindBest: { mean: meanByRow(difference), standardError: standardErrorByUser(difference) },
    };
  });
  const k = chosen + 1;
  const atEdge = byK.length > 1 && best === byK.length - 1;
  const sure = atEdge ? "not sure" : sureness(resampled[k - 1]);
  const found = { k, best: best + 1, atEdge, sure } as const;
  return { ...found, candidates, byRepeat, resampled, statement: statementOf(found, byRepeat, resampled) };
}

/** For each K the strength of the highest mean over its repeats, repeats averaged row by row. */
function strongest(measured: readonly Measured[]): ByK {
  const pooled = new Map<string, Measured[]>();
  for (const each of measured) {
    const key = `${each.k}/${each.strength}`;
    pooled.set(key, [...(pooled.get(key) ?? []), each]);
  }
  const averaged = [...pooled.values()].map((same) => ({
    ...same[0],
    nats: averageSums(same.map((m) => m.nats)),
    accuracy: averageSums(same.map((m) => m.accuracy)),
  }));
  return [...new Set(averaged.map(({ k }) => k))].map((k) => {
    return averaged
      .filter((each) => each.k === k)
      .reduce((a, b) => (meanByRow(b.nats) > meanByRow(a.nats) ? b : a));
  });
}

function minus(a: UserSums, b: UserSums): UserSums {
  return { value: a.value.map((value, u) => value - b.value[u]), weight: a.weight };
}

function pick({ value, weight }: UserSums, users: Int32Array): UserSums {
  return {
    value: Float64Array.from(users, (u) => value[u]),
    weight: Float64Array.from(users, (u) => weight[u]),
  };
}

/** Places in `sums` (from K = 1) of the best K and of the one chosen. */
function oneStandardError(sums: readonly UserSums[]): { readonly chosen: number; readonly best: number } {
  const means = sums.map(meanByRow);
  const best = means.reduce((place, value, i) => (value > means[place] ? i : place), 0);
  const chosen = sums.findIndex((each) => {
    const difference = minus(sums[best], each);
    return meanByRow(difference) <= standardErrorByUser(difference);
  });
  return { chosen: chosen < 0 ? best : chosen, best };
}

/** In a word, from the fraction of draws of users that give the same K. */
function sureness(share: number): ChoiceOfK["sure"] {
  return share >= 0.9 ? "sure" : share >= 0.6 ? "fairly sure" : "not sure";
}

function statementOf(
  { k, best, atEdge, sure }: Pick<ChoiceOfK, "k" | "best" | "atEdge" | "sure">,
  byRepeat: readonly number[],
  resampled: readonly number[],
): string {
  const share = resampled[k - 1];
  const agreeing = byRepeat.filter((each) => each === k).length;
  const others = resampled.flatMap((part, i) =>
    i + 1 !== k && part >= 0.1 ? [`K = ${i + 1} in ${percent(part)}`] : [],
  );
  const what =
    k === 1
      ? "one reward is enough for these answers (K = 1)"
      : `these answers support ${atEdge ? "at least " : ""}K = ${k} prototypes`;
  const edge = atEdge ? `; K = ${best}, the largest that was tried, predicts best: there may be more` : "";
  return (
    `${what}${edge}; this is ${sure}: users drawn again give the same K in ${percent(share)} of draws` +
    `${others.length > 0 ? ` (${others.join(", ")})` : ""}, other folds and starts in ${agreeing} of ${byRepeat.length} repeats`
  );
}

function percent(fraction: number): string {
  return `${Math.round(100 * fraction)} %`;
}

/**
 * A mixture of K types of users whose answers are yes or no is identified only from 2 K - 1 answers a user on (Blischke 1964, for binomial
 * mixtures); with fewer, other numbers of types fit as well.
 */
export function whatLimitsK(data: PreferenceData, kMax: number): string[] {
  const counts = [...independentAnswers(data, data.users.length)]
    .filter((count) => count > 0)
    .sort((a, b) => a - b);
  const middle = counts[Math.floor((counts.length - 1) / 2)];
  const unaskable = whyUnaskable(data);
  const warnings = unaskable === undefined ? [] : [unaskable];
  if (counts.length > 1 && middle < 2 * Math.min(kMax, counts.length) - 1) {
    warnings.push(
      `half of the users gave ${middle} ${middle === 1 ? "answer" : "answers or fewer"}: so few yes-or-no answers a user cannot identify more than ${middle < 3 ? "1 type" : `${Math.floor((middle + 1) / 2)} types`} of users, whatever K fits best`,
    );
  }
  return warnings;
}
