import { checkInteger, checkKeys, checkObject, checkOneOf, InputError, list, show } from "../core/index.js";
import { checkEveryUserAnswers, checkPreferenceData, type PreferenceData } from "../data/index.js";
import type { Engine, LearningRates, Trainer } from "../engine/index.js";
import { dataSizes, type Model, type OwnMethod } from "../families/index.js";
import { checkIsEngine } from "./check-fitted.js";
import { learningRatesWith, type LearningRateOptions } from "./defaults.js";
import { fittedFrom, notFinite } from "./fitted-from.js";
import type { Fitted } from "./fitted-model.js";
import type { EpochRecord, History } from "./history.js";
import { batchFor, Plateau } from "./until-converged.js";

/** How {@link fit} trains. */
export interface FitOptions {
  readonly engine: Engine;
  /** Decides the start and the order of the comparisons. */
  readonly seed: number;
  /** Passes over the data, default 300; not with `until`. */
  readonly epochs?: number;
  /**
   * `converged`: trains with large steps, halved whenever the loss stands still, until they are small; the history says whether that was reached
   * within 60,000 steps. Batches then fit the size of the data.
   */
  readonly until?: "converged";
  /** Comparisons a step, default 256. */
  readonly batchSize?: number;
  readonly learningRates?: LearningRateOptions;
  /**
   * Step sizes from pass to pass: the given ones throughout (`constant`, default), or from the given ones in a straight line towards 0
   * (`linear`), which allows larger ones and fewer passes.
   */
  readonly schedule?: Schedule;
  /** `adam` (default): decay is added to the gradient; `adamw`: values shrink. */
  readonly optimizer?: "adam" | "adamw";
  /** Comparisons of the same users that do not train: their accuracy goes into the history. */
  readonly validation?: PreferenceData;
  /** Epochs from one measurement of `validation` to the next, default a thirtieth of all; the last epoch is always measured. */
  readonly validateEvery?: number;
  /** Called after each epoch with what it recorded. */
  readonly onEpoch?: (record: EpochRecord) => void;
  /** Ends the training after the epoch under way; what was learned until then is returned. */
  readonly signal?: AbortSignal;
}

export const SCHEDULES = ["constant", "linear"] as const;
/** How the learning rate changes over training. */
export type Schedule = (typeof SCHEDULES)[number];

const KEYS = [
  "engine",
  "seed",
  "epochs",
  "until",
  "batchSize",
  "learningRates",
  "schedule",
  "optimizer",
  "validation",
  "validateEvery",
  "onEpoch",
  "signal",
];

/** Milliseconds of computing after which others get a turn. */
const TURN_MS = 20;

/**
 * Trains a model by minibatch Adam on all of its parameters at once. Gives the event loop a turn every 20 ms, so that progress shows and
 * `signal` is heard.
 * @throws InputError for bad options or data, and when the loss is not finite (naming epoch and learning rates)
 * @example
 * const one = await fit(new families.BradleyTerry(), data, { engine: await loadEngine(), seed: 1, epochs: 5 });
 * accuracySeen(one, data).accuracy; // of one reward for all
 */
export async function fit<M extends Model>(
  model: M,
  data: PreferenceData,
  options: FitOptions,
): Promise<Fitted<M>> {
  checkObject(
    "fit: model",
    model,
    ["family", "parameters"],
    "a model such as new PalA({ k: 3, latentDimension: 8 })",
  );
  checkKeys("fit", options, KEYS);
  checkPreferenceData("fit", data);
  checkEveryUserAnswers("fit", data);
  const { engine, seed, until, optimizer = "adam" } = options;
  checkIsEngine("fit: engine", engine);
  if (until !== undefined) checkUntil(options);
  const { batchSize = until === undefined ? 256 : batchFor(data.label.length) } = options;
  const epochs = checkInteger("fit: epochs", options.epochs ?? (until === undefined ? 300 : MOST_EPOCHS), {
    min: 1,
  });
  checkInteger("fit: batchSize", batchSize, { min: 1 });
  checkInteger("fit: seed", seed);
  checkOneOf("fit: optimizer", optimizer, ["adam", "adamw"]);
  checkOneOf("fit: schedule", options.schedule ?? "constant", SCHEDULES);
  if (options.validation !== undefined) checkValidation(options.validation, data);
  const learningRates = learningRatesWith("fit", options.learningRates);
  if (model.own !== undefined) return fitByOwnMethod(model, data, { ...options, own: model.own });
  const trainer = engine.createTrainer(model, data, { seed, batchSize, learningRates, optimizer });
  const warnings = model.warnings(answersOfEach(data));
  const said = warnings.length === 0 ? {} : { warnings };
  const finish = (history: History): Fitted<M> =>
    fittedFrom(trainer, { model, population: data, engine, history: { ...history, ...said } });
  try {
    return finish(
      await train(
        trainer,
        {
          ...options,
          epochs,
          batchSize,
          learningRates,
          comparisons: data.label.length,
          penaltyTerm: model.penaltyTerm,
        },
        finish,
      ),
    );
  } finally {
    trainer.dispose();
  }
}

/** How many each user gave. */
function answersOfEach({ users, user }: PreferenceData): Int32Array {
  const answers = new Int32Array(users.length);
  for (const who of user) answers[who]++;
  return answers;
}

/** Passes after which a training that is to converge ends anyway. */
const MOST_EPOCHS = 20_000;

function checkUntil({ until, epochs, schedule }: FitOptions): void {
  checkOneOf("fit: until", until as string, ["converged"]);
  if (epochs !== undefined)
    throw new InputError(`fit: give epochs (a fixed budget, got ${epochs}) or until: "converged", not both`);
  if (schedule !== undefined && schedule !== "constant")
    throw new InputError(
      'fit: schedule is of a fixed number of epochs; leave it out with until: "converged"',
    );
}

const OF_GRADIENTS = [
  "epochs",
  "until",
  "batchSize",
  "learningRates",
  "schedule",
  "optimizer",
  "validateEvery",
] as const;

function fitByOwnMethod<M extends Model>(
  model: M,
  data: PreferenceData,
  { own, engine, seed, ...options }: FitOptions & { readonly own: OwnMethod },
): Fitted<M> {
  const stray = OF_GRADIENTS.find((key) => options[key] !== undefined);
  if (stray !== undefined) {
    throw new InputError(
      `fit: ${stray} is of training by gradients, and ${model.family.name} is fitted by its own method; leave it out`,
    );
  }
  const sizes = dataSizes(data, data.users.length);
  // says what the family cannot be built on
  model.parameters(sizes);
  const parameters = own.fit(data, sizes, seed);
  const history = { epochs: [], isStopped: false };
  return fittedFrom({ snapshot: () => parameters }, { model, population: data, engine, history });
}

function checkValidation(validation: PreferenceData, data: PreferenceData): void {
  checkPreferenceData("fit: validation", validation);
  const known = new Set(data.users);
  const unknown = validation.users.find((user) => !known.has(user));
  if (unknown !== undefined)
    throw new InputError(`fit: validation: unknown user ${show(unknown)}; known: ${list(data.users)}`);
}

type Run = Omit<FitOptions, "learningRates"> & {
  readonly epochs: number;
  readonly batchSize: number;
  readonly comparisons: number;
  readonly learningRates: LearningRates;
  readonly penaltyTerm?: string;
};

async function train<M extends Model>(
  trainer: Trainer,
  run: Run,
  finish: (history: History) => Fitted<M>,
): Promise<History> {
  const { epochs, schedule, validation, onEpoch, signal, learningRates } = run;
  const every = checkInteger(
    "fit: validateEvery",
    run.validateEvery ?? Math.max(1, Math.floor(epochs / 30)),
    { min: 1 },
  );
  const records: EpochRecord[] = [];
  const plateau =
    run.until === undefined ? undefined : new Plateau(Math.ceil(run.comparisons / run.batchSize));
  const goesOn = (epoch: number): boolean => epoch <= epochs && (plateau?.goesOn ?? true);
  let turn = performance.now();
  for (let epoch = 1; goesOn(epoch) && signal?.aborted !== true; epoch++) {
    const loss = trainer.epoch(plateau?.factor ?? (schedule === "linear" ? 1 - (epoch - 1) / epochs : 1));
    if (!Number.isFinite(loss)) {
      const term = trainer.isLostByPenalty === true ? run.penaltyTerm : undefined;
      throw new InputError(notFinite("fit", { epoch, loss, learningRates, term }));
    }
    const measures = validation !== undefined && (epoch % every === 0 || epoch === epochs);
    const record: EpochRecord = measures
      ? { epoch, loss, validation: agreement(finish({ epochs: records, isStopped: false }), validation) }
      : { epoch, loss };
    records.push(record);
    plateau?.see(loss);
    onEpoch?.(record);
    if (performance.now() - turn > TURN_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = performance.now();
    }
  }
  return {
    epochs: records,
    isStopped: signal?.aborted === true && goesOn(records.length + 1),
    ...(plateau === undefined ? {} : { convergence: plateau.convergence }),
  };
}

/** The fraction of comparisons whose label the sign of the score gives, by row weight. */
function agreement(fitted: Fitted<Model>, data: PreferenceData): number {
  const scores = fitted.scoresOf(data);
  let right = 0;
  let total = 0;
  scores.forEach((score, row) => {
    const weight = data.weight?.[row] ?? 1;
    total += weight;
    if (score > 0 === data.label[row] > 0) right += weight;
  });
  return right / total;
}
