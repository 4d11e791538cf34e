import { randomStream } from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";

/** Answers of which a part, 0-1, is turned round, each with that probability. */
export function flipped(answers: PreferenceData, part: number, seed: number): PreferenceData {
  if (part === 0) return answers;
  const rng = randomStream(seed).split("flipped answers");
  return { ...answers, label: answers.label.map((label) => (rng.uniform() < part ? -label : label)) };
}
