export type {
  Engine,
  FeatureMatrix,
  FoundAt,
  Judges,
  LearningRates,
  LossAndGradients,
  StreamTrainer,
  StreamTrainerOptions,
  Trainer,
  TrainerOptions,
  Values,
} from "./engine.js";
export type { SimplexOptima, SimplexProblem } from "./simplex-problem.js";
export { ENGINES, loadEngine } from "./load.js";
export type { EngineName } from "./load.js";
export { isSupported as isBuildSupported } from "./wasm/runtime.js";
export { createGraphRun } from "./wasm/graph-run.js";
export type { GraphResults, GraphRun, GraphSources } from "./wasm/graph-run.js";
