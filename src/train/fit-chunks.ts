import { checkInteger, checkKeys, checkOneOf, InputError, list } from "../core/index.js";
import type { Comparisons, Population } from "../data/index.js";
import type { Engine, LearningRates, StreamTrainer } from "../engine/index.js";
import type { Model } from "../families/index.js";
import { checkIsEngine } from "./check-fitted.js";
import { learningRatesWith, type LearningRateOptions } from "./defaults.js";
import { fittedFrom, notFinite } from "./fitted-from.js";
import type { Fitted } from "./fitted-model.js";
import type { EpochRecord, History } from "./history.js";

/** All comparisons, chunk by chunk, from the first: called once an epoch. */
export type ChunkSource = () => Iterable<Comparisons> | AsyncIterable<Comparisons>;

/** How {@link fitChunks} trains. */
export interface FitChunksOptions {
  readonly engine: Engine;
  /** Decides the start, and the order of the comparisons within each chunk. */
  readonly seed: number;
  /** Passes over the chunks, default 1. */
  readonly epochs?: number;
  /** Comparisons a step, default 256. */
  readonly batchSize?: number;
  /** Most comparisons of a chunk, default 65536; memory is kept for so many. */
  readonly chunkSize?: number;
  readonly learningRates?: LearningRateOptions;
  /** `adam` (default): decay is added to the gradient; `adamw`: values shrink. */
  readonly optimizer?: "adam" | "adamw";
  /** Called after each epoch with what it recorded. */
  readonly onEpoch?: (record: EpochRecord) => void;
  /** Ends the training after the chunk under way; what was learned until then is returned. */
  readonly signal?: AbortSignal;
}

const KEYS = [
  "engine",
  "seed",
  "epochs",
  "batchSize",
  "chunkSize",
  "learningRates",
  "optimizer",
  "onEpoch",
  "signal",
];

/**
 * Trains a model like {@link fit} on more comparisons than memory holds: items, contexts and users stay, comparisons come in chunks. They are
 * shuffled within a chunk only, so chunks should be mixtures (not one user each). The same chunks and seed give the same bits; one chunk
 * with everything gives those of `fit`.
 * @param chunks gives all comparisons each time that it is called
 * @throws InputError for bad options, population or chunks, for users without comparisons after the first pass, and when the loss is not finite
 */
export async function fitChunks<M extends Model>(
  model: M,
  population: Population,
  chunks: ChunkSource,
  options: FitChunksOptions,
): Promise<Fitted<M>> {
  checkKeys("fitChunks", options, KEYS);
  const { engine, seed, batchSize = 256, chunkSize = 65536, optimizer = "adam" } = options;
  checkIsEngine("fitChunks: engine", engine);
  const epochs = checkInteger("fitChunks: epochs", options.epochs ?? 1, { min: 1 });
  checkInteger("fitChunks: batchSize", batchSize, { min: 1 });
  checkInteger("fitChunks: seed", seed);
  checkOneOf("fitChunks: optimizer", optimizer, ["adam", "adamw"]);
  const learningRates = learningRatesWith("fitChunks", options.learningRates);
  const trainer = engine.createStreamTrainer(model, population, {
    ...{ seed, batchSize, chunkSize, optimizer, learningRates },
  });
  try {
    const history = await passes(trainer, { population, chunks }, { ...options, epochs, learningRates });
    return fittedFrom(trainer, { model, population, engine, history });
  } finally {
    trainer.dispose();
  }
}

type Run = Omit<FitChunksOptions, "learningRates"> & {
  readonly epochs: number;
  readonly learningRates: LearningRates;
};

async function passes(
  trainer: StreamTrainer,
  given: { readonly population: Population; readonly chunks: ChunkSource },
  { epochs, learningRates, onEpoch, signal }: Run,
): Promise<History> {
  const { users } = given.population;
  const answers = new Uint8Array(users.length);
  const records: EpochRecord[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let [loss, weight] = [0, 0];
    for await (const chunk of given.chunks()) {
      if (signal?.aborted === true) return { epochs: records, isStopped: true };
      const mean = trainer.feed(chunk);
      if (!Number.isFinite(mean))
        throw new InputError(notFinite("fitChunks", { epoch, loss: mean, learningRates }));
      const chunkWeight = chunk.weight?.reduce((sum, value) => sum + value, 0) ?? chunk.user.length;
      loss += mean * chunkWeight;
      weight += chunkWeight;
      if (epoch === 1) for (const user of chunk.user) answers[user] = 1;
      // others get a turn, so that progress shows and `signal` is heard
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (weight === 0) {
      throw new InputError(
        `fitChunks: chunks() gave no comparisons at epoch ${epoch}; it must begin anew each time it is called`,
      );
    }
    const silent = users.filter((_, index) => answers[index] === 0);
    if (silent.length > 0) {
      throw new InputError(
        `fitChunks: ${silent.length} of ${users.length} users have no comparisons: ${list(silent)}`,
      );
    }
    const record = { epoch, loss: loss / weight };
    records.push(record);
    onEpoch?.(record);
  }
  return { epochs: records, isStopped: false };
}
