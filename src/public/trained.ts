/** Everything about fitted models beside fitting them: files, checkpoints, posteriors, one's own loop of training. */
export {
  decodeModel,
  decodeTensors,
  encodeTensors,
  fitChunks,
  FittedModel,
  FittedPrototypeModel,
  loadAuthorsCheckpoint,
  rewardOf,
  weightPosterior,
} from "../train/index.js";
export type {
  AuthorsCheckpointOptions,
  ChunkSource,
  Convergence,
  EpochRecord,
  FitChunksOptions,
  Fitted,
  FitOptions,
  History,
  Reward,
  RewardContext,
  Schedule,
  Tensor,
  TensorFile,
  UserState,
} from "../train/index.js";
