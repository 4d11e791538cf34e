/** What a program and a browser have alike: a first lesson's names, and the namespaces that need nothing of Node. */
export {
  DataError,
  figureRecord,
  InputError,
  InterruptedError,
  randomStream,
  tInterval,
  VERSION,
} from "../core/index.js";
export {
  simulateIdealPoints,
  simulatePersona,
  splitByComparison,
  splitByUser,
  takePerUser,
} from "../data/index.js";
export { BradleyTerry, PalA, PalB } from "../families/index.js";
export { loadEngine } from "../engine/index.js";
export { decodeModel, fit, rewardOf } from "../train/index.js";
export { accuracySeen, accuracyUnseen, blindCeiling, explore } from "../evaluate/index.js";
export type { DataReference, FigureRecord, Interval, Json, Profile, RecordRow } from "../core/index.js";
export type {
  DataSource,
  DataSummary,
  FeatureTable,
  Pairs,
  Population,
  PreferenceData,
  Setting,
} from "../data/index.js";
export type { DataSizes, Family, InferOptions, Model, Parameters } from "../families/index.js";
export type { Engine, EngineName } from "../engine/index.js";
export type { Fitted, FitOptions, History, UserState } from "../train/index.js";
export type { Exploration, ExploreOptions } from "../evaluate/index.js";
export type { Figure } from "../figures/index.js";

export * as families from "./families.js";
export * as maps from "../project/index.js";
export * as engine from "./engine.js";
export * as metrics from "./metrics.js";
export * as policies from "./policies.js";
export * as stats from "./stats.js";
export * as trained from "./trained.js";
