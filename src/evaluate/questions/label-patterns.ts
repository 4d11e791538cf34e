import { checkInteger, InputError, log } from "../../core/index.js";
import { checkIsPairs, type Pairs, type PreferenceData } from "../../data/index.js";
import { checkIsFitted, type FittedModel } from "../../train/index.js";

/** Labels of a set of more questions have too many patterns to go through. */
const MOST_QUESTIONS = 12;

/** What the answers to each of several sets of questions would leave of what is not known of a user. */
export interface SetValues {
  /**
   * Of each set ln(2 pi times the mean over patterns of the sum of variances) less the mean over patterns of the sum of ln(2 pi variance): what the
   * authors' code takes for information. It does not look at how means move, and is no mutual information: to compare with.
   */
  readonly released: Float64Array;
  /** Of each set the least entropy of the posterior over all patterns, in nats. */
  readonly leastEntropy: Float64Array;
}

/**
 * Sets of questions, each asked together, by the posteriors after all patterns of answers.
 * @param fitted a model that is unsure of its users (`posterior`)
 * @param questions all pairs, a set's side by side
 * @param size questions of a set, 1-12
 * @throws InputError for pairs that are no whole sets, or a model whose users are certain
 * @source authors' code of VPL, experiments/active_utils.py
 */
export function valuesOfSets(fitted: FittedModel, questions: Pairs, size: number): SetValues {
  checkIsFitted("valuesOfSets: fitted", fitted);
  checkIsPairs("valuesOfSets: questions", questions);
  checkInteger("valuesOfSets: size", size, { min: 1, max: MOST_QUESTIONS });
  const count = questions.left.length;
  if (count === 0 || count % size !== 0)
    throw new InputError(
      `valuesOfSets: questions must be whole sets of ${size}, got ${count} pairs${count === 0 ? "" : `: ${count % size} are left over`}`,
    );
  const { posterior, k } = fitted;
  if (posterior === undefined)
    throw new InputError(`valuesOfSets: ${fitted.model.family.name} is certain of its users`);
  const [sets, patterns] = [count / size, 2 ** size];
  const released = new Float64Array(sets);
  const leastEntropy = new Float64Array(sets);
  for (let set = 0; set < sets; set++) {
    const { weights } = fitted.inferAll(answeredInAllWays(questions, set * size, size));
    const variances = Array.from({ length: patterns }, (_, y) => {
      const { mean, covariance } = posterior({ weights: weights.subarray(y * k, (y + 1) * k) });
      return mean.map((_, j) => covariance[j * (mean.length + 1)]);
    });
    const sums = variances.map((each) => each.reduce((a, b) => a + b));
    const logs = variances.map((each) => each.reduce((sum, v) => sum + log(2 * Math.PI * v), 0));
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / patterns;
    released[set] = log(2 * Math.PI * mean(sums)) - mean(logs);
    const d = variances[0].length;
    leastEntropy[set] = Math.min(...logs.map((value) => (d + value) / 2));
  }
  return { released, leastEntropy };
}

/** A set's questions, each pattern of labels by a user of its own: bit i of the pattern says that the left item of question i is preferred. */
function answeredInAllWays(questions: Pairs, first: number, size: number): PreferenceData {
  const patterns = 2 ** size;
  const rows = patterns * size;
  const at = (values: Int32Array): Int32Array =>
    Int32Array.from({ length: rows }, (_, row) => values[first + (row % size)]);
  const { items, contexts, context, left, right } = questions;
  return {
    users: Array.from({ length: patterns }, (_, y) => `pattern ${y}`),
    items,
    ...(contexts === undefined || context === undefined ? {} : { contexts, context: at(context) }),
    user: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / size)),
    left: at(left),
    right: at(right),
    label: Int8Array.from({ length: rows }, (_, row) =>
      (Math.floor(row / size) >> (row % size)) % 2 === 1 ? -1 : 1,
    ),
    source: { name: "all patterns of answers", license: "", sha256: "" },
  };
}
