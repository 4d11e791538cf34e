export type { AnswerCoding } from "./answer-coding.js";
export { checkIsData, checkIsFeatureTable, checkIsPairs, checkIsStream, checkIsTable } from "./check-data.js";
export {
  checkComparisons,
  checkEveryUserAnswers,
  checkPairs,
  checkPopulation,
  checkPreferenceData,
  comparisonCount,
  countByUser,
  featureDimension,
  selectRows,
  selectUser,
} from "./preference-data.js";
export type {
  Comparisons,
  DataSource,
  FeatureTable,
  Pairs,
  Population,
  PreferenceData,
  Truth,
  UserColumn,
} from "./preference-data.js";
export { imagesUnder, SETTINGS, simulateIdealPoints } from "./simulate.js";
export type { Setting, SimulationOptions } from "./simulate.js";
export {
  answersByUser,
  keepUsers,
  rowsByUser,
  splitByComparison,
  splitByStatement,
  splitByUser,
  takePerUser,
} from "./split.js";
export type { AnswersByUser, HeldOut, Split } from "./split.js";
export {
  comparisonsWorth,
  countJudged,
  independentAnswers,
  rowsByJudgement,
  unitsOf,
  weighedByWorth,
} from "./units.js";
export type { Judged, Units } from "./units.js";
export { personaBlindCeiling, personaPool } from "./persona-pool.js";
export type { PersonaPool, PersonaPrompts, PersonaSet, PersonaStatement } from "./persona-pool.js";
export { checkPersonaOptions, simulatePersona } from "./persona.js";
export type { PersonaData, SimulatePersonaOptions, StatementSplit } from "./persona.js";
export { FILTER_GROUPS, simulatePickAFilter } from "./pick-a-filter.js";
export type { PickAFilter, PickAFilterOptions } from "./pick-a-filter.js";
export { embeddedComparisons } from "./embedded-comparisons.js";
export * from "./tables/index.js";
