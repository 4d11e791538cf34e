export type { Family, Guide, LossKind, Model, ScoreInputs } from "./family.js";
export { decodedReward } from "./amortized/index.js";
export type { ModelSpace, LatentTools, RowMap, UtilityDistributions } from "./latent.js";
export type { OwnMethod } from "./own-method.js";
export { resolve } from "./options.js";
export type { Caller, Option, OptionsOf, OptionTable, Resolved } from "./options.js";
export * from "./models.js";
export {
  leafChances,
  readTrees,
  rootVariable,
  TREE_OUTPUTS,
  treeRewards,
  treeSlopes,
} from "./reward-tree/tree.js";
export type { Tree, TreeNode, TreeOutput } from "./reward-tree/tree.js";
export { USER_POINTS } from "./pal-a/options.js";
export { LARGEST_LOGIT_SCALE } from "./pal-b/pal-b.js";
export { DEFAULT_LEARNING_RATES } from "./parameters.js";
export type { DataSizes, Init, LearningRate, ParameterSpec, Parameters } from "./parameters.js";
export { dataSizes, layerName, NAMES, parseArchitecture } from "./parts/index.js";
export type { Projector } from "./parts/index.js";
export { answersOf, ask, selectAnswers } from "./design/answers.js";
export type { Answers, Asked, Questions } from "./design/answers.js";
export { weightedPoints } from "./users/index.js";
export type { FoundStates, StatePosterior } from "./users/index.js";
export { meanWeights } from "./users/belief.js";
export { fitMarginal, predictMarginal } from "./pal-items/fit-marginal.js";
export type { MarginalFit, MarginalOptions } from "./pal-items/fit-marginal.js";
export { usesOf } from "./pal-items/maximisation.js";
export * from "./types/index.js";
export { MOST_CORRELATED } from "./types/tastes-family.js";
export { COMPARED, FAMILIES, familyOf, KINDS, modelFrom } from "./registry.js";
export { PAPER_RECIPE } from "./users/index.js";
export type { GradientRecipe, Inference, InferenceTools, InferOptions, UserKind } from "./users/index.js";
