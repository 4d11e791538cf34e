import { checkArray, checkObject } from "../../core/index.js";
import { checkIsData, type PreferenceData } from "../../data/index.js";
import { ask, type Questions } from "../../families/index.js";

/** What a description needs of a model: how much each prototype likes what, and whose prototypes they are. */
export interface PrototypeView {
  readonly k: number;
  readonly kind: Questions["kind"];
  /** Ids of statements, items or pairs, J of them. */
  readonly subjects: readonly string[];
  /** Log odds, row-major [J, K]; of items only differences count. */
  readonly theta: ArrayLike<number>;
  /** Users' weights, row-major [U, K]. */
  readonly allWeights: Float32Array;
}

/** One statement or item, as the prototypes see it. */
export interface DescribedSubject {
  readonly id: string;
  /** Its text, or its id where there is none. */
  readonly text: string;
  readonly answers: number;
  /** Fraction (0-1) of the answers that agree with it or prefer it. */
  readonly share: number;
  /** P(agree) of each prototype; of items, P(preferred to a typical item); shape [K]. */
  readonly byPrototype: readonly number[];
}

/** Who differs on what. */
export interface Description {
  readonly kind: Questions["kind"];
  /** Users at each prototype: sums of weights as fractions (0-1), shape [K]. */
  readonly sizes: readonly number[];
  /** What each prototype likes most, and least, against the mean of the others. */
  readonly prototypes: readonly {
    readonly likes: readonly DescribedSubject[];
    readonly dislikes: readonly DescribedSubject[];
  }[];
  /** Where prototypes differ most. */
  readonly divisive: readonly DescribedSubject[];
  /** On the same side for every prototype, the least sure of them surest. */
  readonly bridging: readonly DescribedSubject[];
  /** Answers that a statement or item must have to be named. */
  readonly leastAnswers: number;
}

const SHOWN = 6;

/** Describes prototypes by statements or items. Those with few answers are not named: their numbers are mostly the prior's. */
export function describePrototypes(model: PrototypeView, data: PreferenceData): Description {
  checkObject("describePrototypes: model", model, ["k"], "prototypes, as explore and fit find them");
  checkIsData("describePrototypes: data", data);
  const { k } = model;
  const all = describeSubjects(model, data);
  const counts = all.map(({ answers }) => answers).sort((a, b) => a - b);
  const leastAnswers = Math.min(10, counts[Math.floor(counts.length / 2)] ?? 0);
  const known = all.filter(({ answers }) => answers >= leastAnswers);
  const logit = (p: number): number => Math.log(p / (1 - p));
  const against = (subject: DescribedSubject, prototype: number): number => {
    const others = subject.byPrototype.filter((_, other) => other !== prototype);
    return (
      logit(subject.byPrototype[prototype]) -
      others.reduce((sum, p) => sum + logit(p), 0) / Math.max(1, others.length)
    );
  };
  const top = (score: (subject: DescribedSubject) => number): DescribedSubject[] =>
    [...known].sort((a, b) => score(b) - score(a)).slice(0, SHOWN);
  const spread = ({ byPrototype }: DescribedSubject): number =>
    Math.max(...byPrototype) - Math.min(...byPrototype);
  const agreed = ({ byPrototype }: DescribedSubject): number =>
    Math.max(Math.min(...byPrototype), Math.min(...byPrototype.map((p) => 1 - p)));
  const users = model.allWeights.length / k;
  const sizes = Array.from({ length: k }, (_, j) => {
    let sum = 0;
    for (let u = 0; u < users; u++) sum += model.allWeights[u * k + j];
    return sum / users;
  });
  const prototypes = Array.from({ length: k }, (_, j) => ({
    likes: k === 1 ? top(({ byPrototype }) => byPrototype[0]) : top((subject) => against(subject, j)),
    dislikes: k === 1 ? top(({ byPrototype }) => -byPrototype[0]) : top((subject) => -against(subject, j)),
  }));
  return {
    kind: model.kind,
    sizes,
    prototypes,
    divisive: k === 1 ? [] : top(spread),
    bridging: top(agreed).filter((subject) => agreed(subject) > 0.5),
    leastAnswers,
  };
}

/** Every statement, item or pair, as answers and prototypes see it. */
export function describeSubjects(model: PrototypeView, data: PreferenceData): DescribedSubject[] {
  const { k, theta } = model;
  const count = model.subjects.length;
  const answers = new Float64Array(count);
  const rights = new Float64Array(count);
  const { question, direction } = ask(data);
  const tally = (subject: number, isRight: boolean, row: number): void => {
    const weight = data.weight?.[row] ?? 1;
    answers[subject] += weight;
    if (isRight) rights[subject] += weight;
  };
  question.forEach((q, row) => {
    const isRight = data.label[row] * direction[row] > 0;
    if (model.kind !== "items") return tally(q, isRight, row);
    tally(data.right[row], data.label[row] > 0, row);
    tally(data.left[row], data.label[row] < 0, row);
  });
  // of items only differences count: a prototype's typical item is its mean
  const centre = Array.from({ length: k }, (_, j) => {
    if (model.kind !== "items") return 0;
    let sum = 0;
    for (let i = j; i < theta.length; i += k) sum += theta[i];
    return sum / count;
  });
  const texts =
    model.kind === "statements" ? data.contexts?.text : model.kind === "items" ? data.items.text : undefined;
  return model.subjects.map((id, j) => ({
    id,
    text: texts?.[j] ?? id,
    answers: answers[j],
    share: answers[j] === 0 ? 0.5 : rights[j] / answers[j],
    byPrototype: centre.map((mean, prototype) => 1 / (1 + Math.exp(mean - theta[j * k + prototype]))),
  }));
}

/**
 * Agreement of two ways to part the same things: 1 when they are the same, around 0 when they have nothing to do with each other (Hubert and Arabie
 * 1985). 0 where both put all into one part.
 */
export function adjustedRandIndex(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  checkArray("adjustedRandIndex: a", a, "an array of labels");
  checkArray("adjustedRandIndex: b", b, "an array of labels");
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const count = (keys: readonly string[]): number[] => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()];
  };
  const sum = (keys: readonly string[]): number => count(keys).reduce((total, n) => total + pairs(n), 0);
  const both = sum(a.map((value, i) => JSON.stringify([value, b[i]])));
  const [rows, columns] = [sum(a.map(String)), sum(b.map(String))];
  const expected = (rows * columns) / Math.max(1, pairs(a.length));
  const most = (rows + columns) / 2;
  return most === expected ? 0 : (both - expected) / (most - expected);
}
