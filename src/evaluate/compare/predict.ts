import { selectRows, type PreferenceData } from "../../data/index.js";
import type { FittedModel } from "../../train/index.js";
import { natsAnAnswer } from "./judged.js";

/** What scores are multiplied by: overconfidence of a training that ends at some pass is nobody's merit or fault. */
export const SCALES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2, 3, 5];
/** Trained users whose answers stand for those of somebody of whom nothing is known. */
export const ANYBODY = 60;

/** P(right preferred) of scores. */
export function probabilities(scores: ArrayLike<number>, scale: number): Float64Array {
  return Float64Array.from(scores, (score) => 1 / (1 + Math.exp(-scale * score)));
}

/** The scale under which validation answers are likeliest, and their log-likelihood, in nats an answer. */
export function slopeOf(
  scores: ArrayLike<number>,
  validation: PreferenceData,
): { readonly scale: number; readonly nats: number } {
  const measured = SCALES.map((scale) => ({
    scale,
    nats: natsAnAnswer(probabilities(scores, scale), validation),
  }));
  return measured.reduce((a, b) => (b.nats > a.nats ? b : a));
}

/** P(right) of new users who gave some answers. */
export function newcomers(
  model: FittedModel,
  given: PreferenceData,
  asked: PreferenceData,
  scale: number,
): Float64Array {
  const { weights } = model.inferAll(given);
  return probabilities(model.scoresBy(asked, { user: asked.user, weights }), scale);
}

/** P(right) of users of whom nothing is known: as a family says that has a belief before any answer; else the mean over users who trained. */
export function anybody(model: FittedModel, asked: PreferenceData, scale: number): Float64Array {
  const { k, users, allWeights } = model;
  if (model.model.user.found !== undefined && model.posterior !== undefined)
    return newcomers(model, selectRows(asked, new Int32Array(0)), asked, scale);
  const count = Math.min(ANYBODY, users.length);
  const mean = new Float64Array(asked.label.length);
  for (let i = 0; i < count; i++) {
    const at = Math.floor((i * users.length) / count);
    const weights = allWeights.subarray(at * k, (at + 1) * k);
    const p = probabilities(model.scoresBy(asked, { user: new Int32Array(mean.length), weights }), scale);
    p.forEach((value, row) => (mean[row] += value / count));
  }
  return mean;
}
