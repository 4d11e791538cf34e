import type { RandomStream } from "../../core/index.js";
import { heldIn, trainingWithout, type Folds } from "../held-out.js";
import type { Learner, LearnerTask } from "./learner.js";

/** What is held out, and of which model. */
export interface CrossValidation {
  readonly learner: Learner;
  /** Default the data's own. */
  readonly label?: Int8Array;
  readonly folds: Folds;
  readonly k: number;
  readonly strength: number;
  readonly rng: RandomStream;
}

/** P(label = +1) of the rows asked about, shape [asked]: even odds where no answer is there to learn from. */
export function predictHeldOut(learner: Learner, task: LearnerTask): Promise<Float64Array> {
  if (task.train.length > 0) return learner.predict(task);
  return Promise.resolve(new Float64Array(task.asked.length).fill(0.5));
}

/** P(label = +1) of every row by a model that did not train on it, shape [N]; NaN for a row that no fold holds out. */
export async function crossValidate({
  learner,
  folds,
  k,
  strength,
  rng,
  ...rest
}: CrossValidation): Promise<Float64Array> {
  const label = rest.label ?? learner.data.label;
  const p = new Float64Array(label.length).fill(NaN);
  for (const fold of [...new Set(folds.first)].sort((a, b) => a - b)) {
    const asked = heldIn(folds, fold);
    const train = trainingWithout(folds, fold);
    const predicted = await predictHeldOut(learner, {
      label,
      train,
      asked,
      k,
      strength,
      rng: rng.split(fold),
    });
    asked.forEach((row, i) => (p[row] = predicted[i]));
  }
  return p;
}
