/** How models are computed: engines, and their trainers for a loop of one's own. */
export { ENGINES, isBuildSupported, loadEngine } from "../engine/index.js";
export type {
  Engine,
  EngineName,
  FoundAt,
  LossAndGradients,
  StreamTrainer,
  StreamTrainerOptions,
  Trainer,
  TrainerOptions,
} from "../engine/index.js";
