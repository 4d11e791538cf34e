/** pal-lab in a browser (in a worker: training computes without a break): the same names, less what needs Node. */
export {
  DataError,
  figureRecord,
  InputError,
  InterruptedError,
  randomStream,
  tInterval,
  VERSION,
} from "./core/index.js";
export {
  simulateIdealPoints,
  simulatePersona,
  splitByComparison,
  splitByUser,
  takePerUser,
} from "./data/index.js";
export { BradleyTerry, PalA, PalB } from "./families/index.js";
export { loadEngine } from "./engine/index.js";
export { decodeModel, fit, rewardOf } from "./train/index.js";
export { accuracySeen, accuracyUnseen, blindCeiling, explore } from "./evaluate/index.js";
export type { DataReference, FigureRecord, Interval, Json, Profile, RecordRow } from "./core/index.js";
export type {
  DataSource,
  DataSummary,
  FeatureTable,
  Pairs,
  Population,
  PreferenceData,
  Setting,
} from "./data/index.js";
export type { DataSizes, Family, InferOptions, Model, Parameters } from "./families/index.js";
export type { Engine, EngineName } from "./engine/index.js";
export type { Fitted, FitOptions, History, UserState } from "./train/index.js";
export type { Exploration, ExploreOptions } from "./evaluate/index.js";
export type { Figure } from "./figures/index.js";

export * as data from "./data/index.js";
export * as engine from "./public/engine.js";
export * as families from "./families/index.js";
export * as figures from "./public/figures.js";
export * as maps from "./project/index.js";
export * as metrics from "./public/metrics.js";
export * as trained from "./public/trained.js";
export * as stats from "./public/stats.js";
export * as study from "./public/study.js";
