export { answersOf, ask, selectAnswers } from "./answers.js";
export type { Answers, Asked, Questions } from "./answers.js";
export { fitFactors, predictFactors } from "./fit-factors.js";
export type { FactorFit, FactorOptions } from "./fit-factors.js";
export { fitLearnedItems, LearnedItemsModel } from "./learned-items-model.js";
export type { Belief, LearnedItemsOptions } from "./learned-items-model.js";
export { fitMarginal, predictMarginal } from "./fit-marginal.js";
export type { MarginalFit, MarginalOptions } from "./fit-marginal.js";
