import { checkObject, InputError, type RandomStream } from "../../core/index.js";
import { checkIsData, featureDimension, type PreferenceData, selectRows, unitsOf } from "../../data/index.js";
import type { Engine } from "../../engine/index.js";
import { PalA, type PalB } from "../../families/index.js";
import { fit } from "../../train/index.js";
import type { Learner } from "./learner.js";

export interface EngineLearnerOptions {
  readonly engine: Engine;
  /** The model with K prototypes; default Model A, linear, logistic loss, at most 16 latent dimensions. */
  readonly model?: (k: number) => PalA | PalB;
  /** Passes over the data of each training, default 60. */
  readonly epochs?: number;
  /** Weight decay of the map to try; default 1e-3 alone. */
  readonly strengths?: readonly number[];
}

/** Slopes that held-in validation scales scores by: what makes probabilities of a trained score. */
const SLOPES: readonly number[] = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];
/** Part of the training rows that chooses the slope. */
const SLOPE_PART = 0.1;
/** Fewer rows hardly tell a slope: one right and one wrong answer are then added to them. */
const FEW = 20;

/**
 * PAL trained by the engine on items with features. Scores become probabilities by a slope chosen on a tenth of the training rows: a training stopped
 * at some epoch is over- or underconfident by an amount that depends on K.
 * @throws InputError when items have no features
 */
export function engineLearner(data: PreferenceData, options: EngineLearnerOptions): Learner {
  checkIsData("engineLearner: data", data);
  checkObject(
    "engineLearner: options",
    options,
    ["engine"],
    "an object such as { engine: await loadEngine() }",
  );
  const dimension = featureDimension(data.items) + featureDimension(data.contexts);
  if (dimension === 0) throw new InputError("engineLearner: items have no features; use marginalLearner");
  const { engine, epochs = 60, strengths = [1e-3] } = options;
  const { model = (k) => new PalA({ k, latentDimension: Math.min(16, dimension), loss: "logistic" }) } =
    options;
  return {
    name: `${model(2).family.title} on features, trained by the ${engine.name} engine`,
    data,
    strengths,
    strengthName: "weight decay of the map:",
    async predict({ label, train, asked, k, strength, rng }): Promise<Float64Array> {
      const labelled = { ...data, label };
      const { held, rest } = slopePart(labelled, train, rng.split("slope"));
      const { kept, place } = withRows(selectRows(labelled, rest));
      const fitted = await fit(model(k), kept, {
        engine,
        seed: rng.split("fit").integer(2 ** 31),
        epochs,
        learningRates: { projector: { rate: 5e-3, decay: strength } },
      });
      const scores = (rows: Int32Array): Float64Array => {
        const selected = selectRows(labelled, rows);
        const weights = new Float32Array(data.users.length * k).fill(1 / k);
        place.forEach((user, index) =>
          weights.set(fitted.stateOf(data.users[user]).weights, place[index] * k),
        );
        return Float64Array.from(fitted.scoresBy(selected, { user: selected.user, weights }));
      };
      const slope = bestSlope(
        scores(held),
        Int8Array.from(held, (row) => label[row]),
      );
      return scores(asked).map((score) => 1 / (1 + Math.exp(-slope * score)));
    },
  };
}

/** A tenth of the training rows, whole judgements (see `unitsOf`), and those that learn. */
function slopePart(
  data: PreferenceData,
  train: Int32Array,
  rng: RandomStream,
): { readonly held: Int32Array; readonly rest: Int32Array } {
  const { first, second, user } = unitsOf(selectRows(data, train));
  const order = rng.permutation(user.length);
  const count = Math.min(user.length - 1, Math.max(1, Math.round(SLOPE_PART * user.length)));
  const place = new Int32Array(user.length);
  order.forEach((unit, i) => (place[unit] = i));
  const last = (row: number): number => Math.max(place[first[row]], place[second[row]]);
  const rows = Int32Array.from(train.keys()).sort((a, b) => last(a) - last(b) || a - b);
  const of = (passes: (unit: number) => boolean): Int32Array =>
    rows.filter((row) => passes(place[first[row]]) && passes(place[second[row]])).map((row) => train[row]);
  return { held: of((i) => i < count), rest: of((i) => i >= count) };
}

/** The data with only the users who have rows, and which these are. */
function withRows(data: PreferenceData): {
  readonly kept: PreferenceData;
  readonly place: readonly number[];
} {
  const place = [...new Set(data.user)].sort((a, b) => a - b);
  const index = new Map(place.map((user, i) => [user, i]));
  const kept = {
    ...data,
    users: place.map((user) => data.users[user]),
    user: data.user.map((user) => index.get(user) ?? 0),
  };
  return { kept: { ...kept, groups: undefined, truth: undefined }, place };
}

function bestSlope(scores: Float64Array, label: Int8Array): number {
  if (scores.length === 0) return 1;
  const typical = scores.reduce((sum, score) => sum + Math.abs(score), 0) / scores.length;
  const added = scores.length < FEW ? [typical, -typical] : [];
  const gains = [...scores.map((score, row) => label[row] * score), ...added];
  const loss = (slope: number): number =>
    gains.reduce((sum, gain) => sum + Math.log1p(Math.exp(-slope * gain)), 0);
  return SLOPES.reduce((best, slope) => (loss(slope) < loss(best) ? slope : best), 1);
}
