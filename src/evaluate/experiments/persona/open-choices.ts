import type { ChoiceRow } from "../parts/experiment.js";

/** What the paper leaves open of this experiment. */
export const PERSONA_CHOICES: readonly ChoiceRow[] = [
  ["personas", "pool that personas are drawn from", "not known; six interests exist [inferred]"],
  ["encoder", "sentence embedding", "not known"],
  [
    "prompts",
    "prompts uniform over the pool, or half from the user's own set",
    "not known; it decides where K = 1 stands",
  ],
  ["usersPerGroup", "users of each persona", "not known"],
  ["comparisonsPerUser", "training comparisons of a user", "not known"],
  [
    "testPerUser",
    "test comparisons of a user (0: 50, or as many as there are statements)",
    "not known; ours are on statements that never train",
  ],
  ["latentDimension", "dimension of the latent space", "not known"],
  ["architecture", "f and g_k", "mlp2 in the code's text experiments [code]"],
  ["epochs", "passes over the data", "not known"],
  ["mapRate", "step size of f and g_k", "1e-4 in the code's text experiments [code]"],
];
