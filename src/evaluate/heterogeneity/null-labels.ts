import type { RandomStream } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { ask } from "../../families/index.js";
import { answerDraws } from "../judged-draws.js";
import type { Learner } from "./learner.js";

/** How answers without persons are made. */
export type NullKind = "permutation" | "bootstrap";

/** Answers to one question that a shuffle needs, on average over answers. */
const FEWEST = 5;

/**
 * `permutation` where an answer shares its question with enough others, else `bootstrap`; and that number, averaged over answers. Comparisons of one
 * judgement cannot be shuffled apart: `bootstrap`.
 */
export function nullKindFor(data: PreferenceData): {
  readonly kind: NullKind;
  readonly answersPerQuestion: number;
} {
  const { question, questions } = ask(data);
  const count = new Int32Array(questions.plus.length);
  for (const q of question) count[q]++;
  let sum = 0;
  for (const q of question) sum += count[q];
  const answersPerQuestion = sum / question.length;
  const isShuffled = answersPerQuestion >= FEWEST && data.judgement === undefined;
  return { kind: isShuffled ? "permutation" : "bootstrap", answersPerQuestion };
}

/**
 * Who gave which answer shuffled within each question (and each row weight): every question keeps its answers and every user the questions they
 * answered; only persons vanish. A pair is one question whichever side its items stood on.
 */
export function shuffledLabels(data: PreferenceData, rng: RandomStream): Int8Array {
  const { question, direction } = ask(data);
  const groups = new Map<string, number[]>();
  question.forEach((q, row) => {
    const key = `${q}/${data.weight?.[row] ?? 1}`;
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  });
  const label = new Int8Array(data.label.length);
  for (const rows of groups.values()) {
    const order = rng.permutation(rows.length);
    rows.forEach((row, i) => {
      const from = rows[order[i]];
      label[row] = data.label[from] * direction[from] * direction[row];
    });
  }
  return label;
}

/** What {@link bootstrapLabels} draws from: P(label = +1) of each row under one reward for all, shape [N]. */
export async function oneRewardProbabilities(learner: Learner, rng: RandomStream): Promise<Float64Array> {
  const all = Int32Array.from(learner.data.label.keys());
  return learner.predict({
    label: learner.data.label,
    train: all,
    asked: all,
    k: 1,
    strength: learner.strengths[0],
    rng,
  });
}

/** Labels drawn from one reward for all; those of one judgement together. */
export function bootstrapLabels(data: PreferenceData, p: Float64Array, rng: RandomStream): Int8Array {
  return Int8Array.from(answerDraws(data, p)(rng), (right) => (right > 0 ? 1 : -1));
}
