import { randomStream, type Interval } from "../../core/index.js";
import { selectRows, type PreferenceData } from "../../data/index.js";
import { answersOf, selectAnswers } from "../../families/index.js";
import { fitFactors, predictFactors, type FactorOptions } from "./factors.js";
import { intervalByUser, meanByRow, sumByUser, type UserSums } from "../by-user.js";
import { drawFolds, heldIn, hits, logLikelihoods, trainingWithout } from "../held-out.js";
import { predictHeldOut } from "./cross-validate.js";
import { marginalLearner, type Learner } from "./learner.js";

/** How well one way of telling answers does, on answers that took no part in any choice. */
export interface HeldOutMethod {
  readonly name: string;
  /** Prototypes, where it is PAL (1: one reward for all). */
  readonly k?: number;
  /** What was chosen on training answers: rank, strength. */
  readonly chosen: string;
  readonly nats: Interval;
  readonly accuracy: Interval;
  /** Nats an answer more than majority for each item; the interval is over users. */
  readonly overMajority: Interval;
}

/** The comparison, and PAL's probabilities for the calibration. */
export interface HeldOutComparison {
  readonly methods: readonly HeldOutMethod[];
  /** Nats an answer that PAL with the K likeliest in validation gains over the factor model, where there is one. */
  readonly overFactors?: Interval;
  /** The rows that were held out, and P(label = +1) that PAL gives them. */
  readonly rows: Int32Array;
  readonly p: Float64Array;
}

const FACTOR_CHOICES: readonly Omit<FactorOptions, "rng">[] = [1, 2, 3].flatMap((rank) =>
  [0.25, 0.5, 1].map((spread) => ({ rank, spread, intercept: 1 })),
);
const INTERCEPT_CHOICES: readonly Omit<FactorOptions, "rng">[] = [0.5, 1].map((intercept) => ({
  rank: 0,
  intercept,
}));

/** Part of the answers that is held out of everything, and of the rest the part that chooses the factor model. */
const PARTS = 5;

/** A fifth of each user's answers (of their judgements, where pairs were made of them), drawn at random: the rows that train and those that are kept for the end. */
export function holdOut(
  data: PreferenceData,
  seed: number,
): { readonly train: Int32Array; readonly test: Int32Array } {
  const folds = drawFolds(data, data.users.length, PARTS, randomStream(seed).split("held-out"));
  const whole = folds.first.filter((fold, row) => fold === folds.second[row]);
  const held = whole.includes(0) ? 0 : whole[0];
  return { train: trainingWithout(folds, held), test: heldIn(folds, held) };
}

/**
 * PAL beside chance, majority for each item (one reward for all: items' shrunken popularity), popularity with each user's readiness to agree, and a
 * low-rank logistic factor model with user intercepts. Every choice was made on `train`; the numbers are of `test`.
 */
export async function compareHeldOut(
  data: PreferenceData,
  { train, test }: { readonly train: Int32Array; readonly test: Int32Array },
  { chosen, best, seed, learner = marginalLearner(data), factors = true }: ComparisonOptions,
): Promise<HeldOutComparison> {
  const rng = randomStream(seed).split("compare");
  const asked = selectRows(data, test);
  const predict = ({ k, strength }: PalChoice): Promise<Float64Array> =>
    predictHeldOut(learner, { label: data.label, train, asked: test, k, strength, rng: rng.split(k) });
  const majority = await predict({ k: 1, strength: chosen.strength });
  const pal = chosen.k === 1 ? majority : await predict(chosen);
  const likeliest = best.k === chosen.k ? pal : await predict(best);
  const found: { name: string; k?: number; chosen: string; p: Float64Array }[] = [
    { name: "chance", chosen: "", p: new Float64Array(test.length).fill(0.5) },
    {
      name: learner.name.includes("features")
        ? "one reward for all"
        : "majority for each item (one reward for all)",
      k: 1,
      chosen: "",
      p: majority,
    },
  ];
  if (factors) {
    const intercept = factorModel(data, { train, test }, { choices: INTERCEPT_CHOICES, seed });
    found.push({ name: "popularity + how readily the user agrees", ...intercept });
    found.push({
      name: "factor model with user intercepts",
      ...factorModel(data, { train, test }, { choices: FACTOR_CHOICES, seed }),
    });
  }
  found.push({
    name: `PAL, K = ${chosen.k} (one-standard-error rule)`,
    k: chosen.k,
    chosen: `${learner.strengthName} ${chosen.strength}`,
    p: pal,
  });
  if (best.k !== chosen.k) {
    found.push({
      name: `PAL, K = ${best.k} (likeliest in validation)`,
      k: best.k,
      chosen: `${learner.strengthName} ${best.strength}`,
      p: likeliest,
    });
  }
  const sums = (values: Float64Array): UserSums => sumByUser(values, asked, data.users.length);
  const likelihood = (p: Float64Array): Float64Array => logLikelihoods(p, asked.label);
  const gain = (p: Float64Array, over: Float64Array, name: string): Interval => {
    const base = likelihood(over);
    return intervalByUser(sums(likelihood(p).map((value, i) => value - base[i])), rng.split(`gain ${name}`));
  };
  const methods = found.map(({ name, k, chosen, p }) => ({
    name,
    ...(k === undefined ? {} : { k }),
    chosen,
    nats: intervalByUser(sums(likelihood(p)), rng.split(`nats ${name}`)),
    accuracy: intervalByUser(sums(hits(p, asked.label)), rng.split(`accuracy ${name}`)),
    overMajority: gain(p, majority, name),
  }));
  const peer = found.find(({ name }) => name.startsWith("factor"));
  return {
    methods,
    ...(peer === undefined ? {} : { overFactors: gain(likeliest, peer.p, "over factors") }),
    rows: test,
    p: pal,
  };
}

/** A number of prototypes and the strength of its prior. */
export interface PalChoice {
  readonly k: number;
  readonly strength: number;
}

export interface ComparisonOptions {
  /** What the one-standard-error rule chose. */
  readonly chosen: PalChoice;
  /** What validation finds likeliest; the same, or larger. */
  readonly best: PalChoice;
  readonly seed: number;
  readonly learner?: Learner;
  /** Whether the factor models take part; default true. */
  readonly factors?: boolean;
}

/** The factor model whose rank and priors tell a fifth of the training answers best, trained again on all of them. */
function factorModel(
  data: PreferenceData,
  { train, test }: { readonly train: Int32Array; readonly test: Int32Array },
  { choices, seed }: { readonly choices: readonly Omit<FactorOptions, "rng">[]; readonly seed: number },
): { readonly chosen: string; readonly p: Float64Array } {
  const answers = answersOf(data);
  const rng = randomStream(seed).split("factors");
  const folds = drawFolds(selectRows(data, train), data.users.length, PARTS, rng.split("validation"));
  const [learns, tells] = [trainingWithout(folds, 0), heldIn(folds, 0)];
  const isEnough = learns.length > 0 && tells.length > 0;
  const fit = isEnough ? learns.map((i) => train[i]) : train;
  const validate = isEnough ? tells.map((i) => train[i]) : train;
  const held = selectAnswers(answers, validate);
  const label = Int8Array.from(held.right, (right) => (right === 1 ? 1 : -1));
  const scores = choices.map((choice) => {
    const p = predictFactors(
      fitFactors(selectAnswers(answers, fit), { ...choice, rng: rng.split("fit") }),
      held,
    );
    return meanByRow(sumByUser(logLikelihoods(p, label), held, data.users.length));
  });
  const best = choices[scores.indexOf(Math.max(...scores))];
  const asked = selectAnswers(answers, test);
  const p = predictFactors(
    fitFactors(selectAnswers(answers, train), { ...best, rng: rng.split("fit") }),
    asked,
  );
  const isTurned = asked.right.map((right, i) => ((right === 1) === data.label[test[i]] > 0 ? 0 : 1));
  const chosen =
    best.rank === 0 ? `intercepts ${best.intercept ?? 1}` : `rank ${best.rank}, loadings ${best.spread ?? 1}`;
  return { chosen, p: p.map((value, i) => (isTurned[i] === 1 ? 1 - value : value)) };
}
