import { checkObject, type RandomStream } from "../../core/index.js";
import { checkIsData, type PreferenceData } from "../../data/index.js";
import { answersOf, fitMarginal, predictMarginal, selectAnswers } from "../../families/index.js";

/** What is learned from which rows, and which rows are asked about. */
export interface LearnerTask {
  /** The labels to learn from, shape [N]: the data's own, or shuffled ones. */
  readonly label: Int8Array;
  /** Row indices. */
  readonly train: Int32Array;
  readonly asked: Int32Array;
  /** Prototypes. */
  readonly k: number;
  /** One of the learner's strengths. */
  readonly strength: number;
  readonly rng: RandomStream;
}

/** A way to fit PAL with K prototypes and to ask it about answers that did not train. K = 1 is one reward for all. */
export interface Learner {
  /** For reports. */
  readonly name: string;
  readonly data: PreferenceData;
  /** Strengths of the prior to try where K > 1; what the number is, `strengthName` says. */
  readonly strengths: readonly number[];
  readonly strengthName: string;
  /** P(label = +1) of the rows asked about, shape [asked]. */
  predict(task: LearnerTask): Promise<Float64Array>;
}

/** Standard deviations, in log odds, of a prototype around an item's popularity. */
export const SPREADS: readonly number[] = [0.7, 1.5, 3];

export interface MarginalLearnerOptions {
  /** Strengths to try, default {@link SPREADS}. */
  readonly strengths?: readonly number[];
  /** Fits from different starts whose probabilities are averaged, default 3 (1 for K = 1): each is PAL, and together they err less than the likeliest. */
  readonly averaged?: number;
  /** Starts of each fit, of which the likeliest counts, default 1; and most iterations, default 30; as in `fitMarginal`. */
  readonly starts?: number;
  readonly iterations?: number;
}

/** PAL with learned items and users' weights integrated out: for votes on statements, and pairs of ids without features. */
export function marginalLearner(data: PreferenceData, options: MarginalLearnerOptions = {}): Learner {
  checkObject("marginalLearner: options", options, [], "an object such as { strengths, averaged }");
  checkIsData("marginalLearner: data", data);
  const { strengths = SPREADS, averaged = 3, starts = 1, iterations = 30 } = options;
  const answers = answersOf(data);
  const isTurned = Uint8Array.from(answers.right, (right, row) =>
    (right === 1) !== data.label[row] > 0 ? 1 : 0,
  );
  return {
    name: `PAL with learned items, weights integrated out${averaged > 1 ? `, probabilities averaged over ${averaged} starts` : ""}`,
    data,
    strengths,
    strengthName: "prototypes' spread around popularity, in log odds:",
    predict({ label, train, asked, k, strength, rng }): Promise<Float64Array> {
      const right = Uint8Array.from(label, (value, row) => (value > 0 ? 1 : 0) ^ isTurned[row]);
      const all = { ...answers, right };
      const [known, unknown] = [selectAnswers(all, train), selectAnswers(all, asked)];
      const fits = k === 1 ? 1 : averaged;
      const p = new Float64Array(asked.length);
      for (let i = 0; i < fits; i++) {
        const stream = i === 0 ? rng : rng.split(`fit ${i}`);
        const fit = fitMarginal(known, { k, rng: stream, spread: strength, starts, iterations });
        predictMarginal(fit, unknown).forEach((value, row) => (p[row] += value / fits));
      }
      return Promise.resolve(p.map((value, i) => (isTurned[asked[i]] === 1 ? 1 - value : value)));
    },
  };
}
