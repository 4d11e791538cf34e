/** pal-lab: everything that a notebook or a program uses, by name. */
export {
  bootstrapInterval,
  createProgress,
  DataError,
  duration,
  figureRecord,
  InputError,
  InterruptedError,
  mean,
  quantile,
  RandomStream,
  randomStream,
  sha256,
  stableJson,
  standardDeviation,
  tInterval,
  VERSION,
} from "./core/index.js";
export type {
  DataReference,
  FigureRecord,
  Interval,
  Json,
  Profile,
  Progress,
  ProgressSink,
  RecordRow,
} from "./core/index.js";

export {
  comparisonCount,
  countByUser,
  embeddedComparisons,
  featureDimension,
  keepUsers,
  personaBlindCeiling,
  personaPool,
  renderSummary,
  selectRows,
  selectUser,
  simulateIdealPoints,
  simulatePickAFilter,
  simulatePersona,
  splitByComparison,
  splitByStatement,
  splitByUser,
  takePerUser,
} from "./data/index.js";
export type {
  ChosenColumns,
  Coding,
  ColumnNames,
  DataSource,
  DataSummary,
  FeatureTable,
  HeldOut,
  LoadedTable,
  Pairs,
  PersonaData,
  PersonaPool,
  Population,
  PreferenceData,
  Setting,
  SimulationOptions,
  Split,
  Truth,
  VoteOptions,
} from "./data/index.js";
export {
  cacheFolder,
  embed,
  embedTexts,
  loadComparisons,
  loadData,
  loadPersona,
  loadPolis,
  loadStatements,
  loadVotes,
  OWN_PERSONAS,
  PERSONAS,
  POLIS_CONVERSATIONS,
  showProgress,
  UnreachableError,
  writeData,
} from "./data/files/index.js";
export type {
  EncoderName,
  LoadComparisonsOptions,
  LoadDataOptions,
  LoadedPersona,
  LoadedPolis,
  LoadedStatements,
  LoadPersonaOptions,
  LoadPolisOptions,
  TableSource,
} from "./data/files/index.js";

export * as families from "./families/index.js";
export { BradleyTerry, FAMILIES, modelFrom, PAPER_RECIPE, PalA, PalB } from "./families/index.js";
export type {
  BradleyTerryOptions,
  DataSizes,
  Family,
  InferOptions,
  LearningRate,
  Model,
  PalAOptions,
  PalBOptions,
  Parameters,
  ParameterSpec,
} from "./families/index.js";

export { ENGINES, isBuildSupported, loadEngine } from "./engine/index.js";
export type {
  Engine,
  EngineName,
  LossAndGradients,
  StreamTrainer,
  StreamTrainerOptions,
  Trainer,
  TrainerOptions,
} from "./engine/index.js";

export {
  decodeModel,
  decodeTensors,
  encodeTensors,
  fit,
  fitChunks,
  FittedModel,
  FittedPrototypeModel,
  loadAuthorsCheckpoint,
  rewardOf,
  weightPosterior,
} from "./train/index.js";
export type {
  AuthorsCheckpointOptions,
  ChunkSource,
  EpochRecord,
  FitChunksOptions,
  Fitted,
  FitOptions,
  History,
  Reward,
  RewardContext,
  Schedule,
  UserState,
} from "./train/index.js";

export {
  accuracyOf,
  accuracySeen,
  accuracyUnseen,
  adjustedRandIndex,
  alignToTruth,
  blindCeiling,
  CHANCE,
  chooseK,
  describePrototypes,
  engineLearner,
  explore,
  heaviestPrototype,
  marginalLearner,
  methodContext,
  ONE_STANDARD_ERROR_RULE,
  oracleCeiling,
  scoreTest,
  testHeterogeneity,
} from "./evaluate/index.js";
export type {
  Accuracy,
  AlignedModel,
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
} from "./evaluate/index.js";
export {
  columnWords,
  gainWords,
  kindWords,
  opinionWords,
  plainAnswers,
  pWords,
  sureWords,
  testWords,
} from "./report/words/index.js";
export type { PlainAnswer } from "./report/words/index.js";
export { threadRunner } from "./evaluate/threads/index.js";
export { INTERESTS } from "./evaluate/experiments/index.js";
export { sweep, SweepError } from "./evaluate/sweep/index.js";
export type { SweepConfig, SweepOptions, SweepResult } from "./evaluate/sweep/index.js";

export {
  alignAffine,
  applyAffine,
  pca,
  procrustes,
  trustworthiness,
  umapProjection,
} from "./project/index.js";
export type { Points } from "./project/index.js";

export {
  CHOICE_RULE,
  chooseKRecovery,
  polisHeldOut,
  chosenK,
  exploreCalibration,
  exploreItems,
  exploreLadder,
  exploreMaps,
  explorePrototypes,
  exploreTest,
  exploreUsers,
  heaviest,
  heterogeneityTestCalibration,
  methodComparison,
  personaAccuracyVsDimension,
  personaAccuracyVsK,
  personaAccuracyVsSamples,
  personaNewUsers,
  personaQuery,
  pickAFilter,
  planePoints,
  simulationAccuracyVsK,
  simulationAccuracyVsSamples,
  simulationIdealPoints,
  simulationLatentSpace,
  simulationNewUsers,
  simulationPopulations,
  statementMap,
  tableOptions,
  theme,
  trainingCurve,
  userSimplex,
} from "./figures/index.js";
export type {
  Figure,
  IdealPoints,
  LatentPanel,
  LatentSpace,
  PersonaQuery,
  PlotlyObject,
  Populations,
  StatementMap,
  TrainingCurves,
  UserSimplex,
} from "./figures/index.js";
export { figuresFolder, renderHtml, renderPng, renderSvg, saveFigure, show } from "./figures/render/index.js";
export type { SavedFigure } from "./figures/render/index.js";
