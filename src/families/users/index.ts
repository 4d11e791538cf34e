export { found, foundTable } from "./found.js";
export { gaussian, gaussianTable } from "./gaussian.js";
export { none } from "./none.js";
export { simplex, simplexParameter } from "./simplex.js";
export { PAPER_RECIPE, resolveInference } from "./inference.js";
export type { GradientRecipe, Inference, InferenceTools, InferOptions } from "./inference.js";
export { weightedPoints } from "./state-posterior.js";
export type { StatePosterior } from "./state-posterior.js";
export type { FoundStates, UserKind } from "./user-kind.js";
