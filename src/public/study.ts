/** How heterogeneous a data set is: tests, the choice of K, exploration, and what is said of it in words. */
export {
  adjustedRandIndex,
  CHOICE_RULE,
  chooseK,
  describePrototypes,
  engineLearner,
  explore,
  heaviestPrototype,
  kByValidation,
  marginalLearner,
  methodContext,
  ONE_STANDARD_ERROR_RULE,
  scoreTest,
  testHeterogeneity,
} from "../evaluate/index.js";
export type {
  ChoiceOfK,
  ChooseKOptions,
  Description,
  Exploration,
  ExploreOptions,
  HeterogeneityOptions,
  HeterogeneityTest,
  Learner,
  MethodContext,
  ScoreTest,
  ScoreTestOptions,
} from "../evaluate/index.js";
export {
  columnWords,
  gainWords,
  kindWords,
  nounOf,
  opinionWords,
  plainAnswers,
  pWords,
  sureWords,
  testWords,
} from "../report/words/index.js";
export type { PlainAnswer } from "../report/words/index.js";
