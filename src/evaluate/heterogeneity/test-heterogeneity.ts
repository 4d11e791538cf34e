import jstat from "jstat";
import {
  checkInteger,
  checkKeys,
  InputError,
  randomStream,
  type Interval,
  type RandomStream,
} from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { intervalByUser, meanByRow, sumByUser, type UserSums } from "../by-user.js";
import { drawFolds, hits, logLikelihoods } from "../held-out.js";
import { crossValidate } from "./cross-validate.js";
import { marginalLearner, type Learner } from "./learner.js";
import {
  bootstrapLabels,
  nullKindFor,
  oneRewardProbabilities,
  shuffledLabels,
  type NullKind,
} from "./null-labels.js";
import { oneByOne } from "./one-by-one.js";
import { sampleUsers } from "../sample-users.js";
import { whyUnaskable } from "../why-unaskable.js";

/** How {@link testHeterogeneity} tests. */
export interface HeterogeneityOptions {
  readonly seed: number;
  /** Data sets without persons that the real one is compared with, default 99. */
  readonly permutations?: number;
  /** Largest K that is tried, default 3. */
  readonly kMax?: number;
  /** Parts that are held out in turn, default 3. */
  readonly folds?: number;
  /** At most this many users, drawn at random, take part; default 300. */
  readonly users?: number;
  /** Default: see {@link nullKindFor}. */
  readonly null?: NullKind;
  /** How PAL is fitted to a data set; default learned items, one start, two strengths of the prior. */
  readonly learner?: (data: PreferenceData) => Learner;
  /** Runs the data sets without persons; default one after the other, here. Worker threads may run them side by side. */
  readonly runAll?: (data: PreferenceData, jobs: readonly NullJob[]) => Promise<readonly number[]>;
}

/** One data set without persons: everything that decides what is found, beside the data. */
export interface NullJob {
  readonly seed: number;
  readonly index: number;
  readonly kMax: number;
  readonly folds: number;
  /** Where answers are drawn rather than shuffled: P(label = +1) of each row under one reward for all. */
  readonly p?: Float64Array;
}

/** The statistic of one data set without persons, in nats an answer. */
export async function runNull(learner: Learner, { seed, index, kMax, folds, p }: NullJob): Promise<number> {
  const rng = streamOf(seed).split(index);
  const labels = rng.split("labels");
  const label =
    p === undefined ? shuffledLabels(learner.data, labels) : bootstrapLabels(learner.data, p, labels);
  return (await largestGain(learner, label, { kMax, folds, rng })).nats;
}

function streamOf(seed: number): RandomStream {
  return randomStream(seed).split("heterogeneity");
}

/** Means over held-out answers. */
export interface HeldOutScore {
  readonly nats: number;
  readonly accuracy: number;
}

/** Whether persons differ. */
export interface HeterogeneityTest {
  readonly null: NullKind;
  /** Answers that share a question, averaged over answers: what {@link null} was chosen on. */
  readonly answersPerQuestion: number;
  /** (1 + data sets without persons that gain as much) / (1 + their number). */
  readonly pValue: number;
  /** 95 % Clopper-Pearson interval of the probability that a data set without persons gains as much. */
  readonly pInterval: { readonly low: number; readonly high: number };
  readonly permutations: number;
  /** The K >= 2, and the strength of its prior, of the highest held-out likelihood on the real data. */
  readonly k: number;
  readonly strength: number;
  /** Held-out gain of that K over one reward for all: nats an answer, and accuracy (fraction). */
  readonly nats: Interval;
  readonly accuracy: Interval;
  /** Held-out log-likelihood an answer and accuracy of one reward for all, and of that K. */
  readonly heldOut: { readonly one: HeldOutScore; readonly many: HeldOutScore };
  /** The gains of the data sets without persons, in nats an answer. */
  readonly nullGains: readonly number[];
  readonly users: number;
  /** Users before a sample was drawn. */
  readonly usersBefore: number;
  /** Why differences between users cannot be asked of these answers, where they cannot. */
  readonly unaskable?: string;
}

const KEYS = ["seed", "permutations", "kMax", "folds", "users", "null", "learner", "runAll"];

/**
 * Tests whether one reward for all is enough. Statistic: how many nats a held-out answer the best K >= 2 gains over K = 1. The same statistic is
 * computed, **choice of K and of the prior's strength included**, on data sets in which persons have vanished: answers shuffled within each
 * question, or drawn from one reward for all where questions hardly repeat. A user who agrees with everything is a difference between persons too.
 * @throws InputError for bad options or data
 */
export async function testHeterogeneity(
  given: PreferenceData,
  options: HeterogeneityOptions,
): Promise<HeterogeneityTest> {
  checkKeys("testHeterogeneity", options, KEYS);
  const { seed, permutations = 99, kMax = 3, folds = 3 } = options;
  checkInteger("testHeterogeneity: seed", seed);
  checkInteger("testHeterogeneity: permutations", permutations, { min: 1 });
  checkInteger("testHeterogeneity: kMax", kMax, { min: 2, max: 12 });
  checkInteger("testHeterogeneity: folds", folds, { min: 2, max: 100 });
  const rng = streamOf(seed);
  const { data, of } = sampleUsers(given, options.users ?? 300, rng.split("users"));
  if (data.label.length === 0) throw new InputError("testHeterogeneity: there are no answers");
  const unaskable = whyUnaskable(data);
  const learner = (options.learner ?? quickLearner)(data);
  const { kind, answersPerQuestion } = nullKindFor(data);
  const used = options.null ?? kind;
  const p = used === "bootstrap" ? await oneRewardProbabilities(learner, rng.split("null")) : undefined;
  const real = await largestGain(learner, data.label, { kMax, folds, rng: rng.split("real") });
  const jobs = Array.from({ length: permutations }, (_, index): NullJob => ({ seed, index, kMax, folds, p }));
  const runAll = options.runAll ?? ((_, all) => oneByOne(all, (job) => runNull(learner, job)));
  const nullGains = await runAll(data, jobs);
  const above = nullGains.filter((gain) => gain >= real.nats).length;
  const difference = (values: (q: Float64Array, label: Int8Array) => Float64Array): Float64Array => {
    const one = values(real.one, data.label);
    return values(real.many, data.label).map((value, row) => value - one[row]);
  };
  const sums = (values: Float64Array): UserSums => sumByUser(values, data, data.users.length);
  const over = (values: Float64Array, name: string): Interval =>
    intervalByUser(sums(values), rng.split(name));
  const score = (q: Float64Array): HeldOutScore => ({
    nats: meanByRow(sums(logLikelihoods(q, data.label))),
    accuracy: meanByRow(sums(hits(q, data.label))),
  });
  return {
    null: used,
    answersPerQuestion,
    pValue: (1 + above) / (1 + permutations),
    pInterval: clopperPearson(above, permutations),
    permutations,
    k: real.k,
    strength: real.strength,
    nats: over(difference(logLikelihoods), "nats"),
    accuracy: over(difference(hits), "accuracy"),
    heldOut: { one: score(real.one), many: score(real.many) },
    nullGains,
    users: data.users.length,
    usersBefore: of,
    ...(unaskable === undefined ? {} : { unaskable }),
  };
}

/** Learned items, fitted as quickly as a test that fits hundreds of times needs. */
export function quickLearner(data: PreferenceData): Learner {
  return marginalLearner(data, { strengths: [0.7, 1.5], averaged: 1, iterations: 25 });
}

interface Gain {
  readonly k: number;
  readonly strength: number;
  readonly nats: number;
  /** P(label = +1) of held-out rows under K = 1 and under the chosen K. */
  readonly one: Float64Array;
  readonly many: Float64Array;
}

/** The whole procedure on one data set: folds, every K and strength, and the choice between them. */
async function largestGain(
  learner: Learner,
  label: Int8Array,
  { kMax, folds, rng }: { kMax: number; folds: number; rng: RandomStream },
): Promise<Gain> {
  const { data, strengths } = learner;
  const drawn = drawFolds(data, data.users.length, folds, rng.split("folds"));
  const measure = async (k: number, strength: number): Promise<{ p: Float64Array; nats: number }> => {
    const p = await crossValidate({
      learner,
      label,
      folds: drawn,
      k,
      strength,
      rng: rng.split("fit").split(k),
    });
    return { p, nats: meanByRow(sumByUser(logLikelihoods(p, label), data, data.users.length)) };
  };
  const one = await measure(1, strengths[0]);
  let best: Gain | undefined;
  for (let k = 2; k <= kMax; k++) {
    for (const strength of strengths) {
      const { p, nats } = await measure(k, strength);
      const gain = nats - one.nats;
      if (best === undefined || gain > best.nats) best = { k, strength, nats: gain, one: one.p, many: p };
    }
  }
  return best as Gain;
}

/** The exact 95 % interval of a binomial proportion. */
function clopperPearson(hits: number, n: number): { readonly low: number; readonly high: number } {
  return {
    low: hits === 0 ? 0 : jstat.beta.inv(0.025, hits, n - hits + 1),
    high: hits === n ? 1 : jstat.beta.inv(0.975, hits + 1, n - hits),
  };
}
