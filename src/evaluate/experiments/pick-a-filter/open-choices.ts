import type { ChoiceRow } from "../parts/experiment.js";

/** What the paper leaves open of this experiment. */
export const PICK_A_FILTER_CHOICES: readonly ChoiceRow[] = [
  ["users", "users, half in each group", "not known; Pick-a-Pic users split at random [paper]"],
  ["comparisonsPerUser", "training comparisons of a user", "not known (Table D.6)"],
  ["noiseSlope", "how sure the preference for content is", "real images; ours is a stand-in"],
  ["architecture", "f and g_k", "mlp2-relu-dropout5-residual on CLIP embeddings [code]"],
];
