import { InputError, messageOf } from "../../core/index.js";
import type { PreferenceData } from "../../data/index.js";
import { loadEngine, type Engine } from "../../engine/index.js";
import { dataSizes, familyOf, modelFrom, type Model } from "../../families/index.js";
import { fit, type FittedModel } from "../../train/index.js";
import { judge, type Judged } from "./judged.js";
import { firstOf, type Parts } from "./parts.js";
import { anybody, newcomers, probabilities, slopeOf } from "./predict.js";
import { recipe } from "./recipe.js";

/** One family on one division of the data. */
export interface FamilyJob {
  readonly kind: string;
  readonly seed: number;
  /** Numbers of answers that new users give. */
  readonly answers: readonly number[];
  /** Training answers that a family trained by gradients sees in all. */
  readonly visits: number;
}

/** What came of a family on one division. */
export type FamilyResult =
  | { readonly status: "refused" | "diverged"; readonly reason: string }
  | {
      readonly status: "ran";
      /** The setting that validation chose, and those that it chose from. */
      readonly chosen: string;
      readonly tried: readonly string[];
      /** Log-likelihood of the validation answers, in nats an answer. */
      readonly validation: number;
      /** What scores are multiplied by, chosen on the validation answers. */
      readonly scale: number;
      readonly seconds: number;
      /** Numbers learned for all, and for each user. */
      readonly parameters: number;
      readonly seen: Judged;
      /** For each number of answers. */
      readonly fresh: readonly Judged[];
    };

/** Fits every setting that the family tries, takes the one that predicts the validation answers best, and judges it. */
export async function runFamily(
  { kind, seed, answers, visits }: FamilyJob,
  parts: Parts,
): Promise<FamilyResult> {
  const family = familyOf(kind);
  const begin = performance.now();
  const engine = await loadEngine();
  const sizes = dataSizes(parts.train, parts.train.users.length);
  const settings = family.tried(sizes) as readonly object[];
  const reasons: Failure[] = [];
  let best: Fit | undefined;
  for (const setting of settings) {
    const found = await fitted(modelFrom({ kind, ...setting }), parts, { engine, seed, visits });
    if ("status" in found) reasons.push(found);
    else if (best === undefined || found.nats > best.nats) best = { ...found, setting };
  }
  if (best === undefined) return reasons[0];
  const { model, scale, nats, setting } = best;
  const asked = answers.map((count) => {
    const scores =
      count === 0
        ? anybody(model, parts.asked, scale)
        : newcomers(model, firstOf(parts.given, count), parts.asked, scale);
    return judge(scores, parts.asked);
  });
  const seen = judge(probabilities(model.scoresOf(parts.seen), scale), parts.seen);
  if (![seen, ...asked].every(({ nats: sums }) => sums.value.every(Number.isFinite)))
    return { status: "diverged", reason: "probabilities of held-out answers are not finite" };
  return {
    ...{ status: "ran", chosen: words(setting), tried: settings.map(words), validation: nats, scale },
    seconds: (performance.now() - begin) / 1000,
    parameters: sizeOf(model),
    seen,
    fresh: asked,
  };
}

type Failure = Extract<FamilyResult, { status: "refused" | "diverged" }>;

interface Fit {
  readonly model: FittedModel;
  readonly scale: number;
  readonly nats: number;
  readonly setting: object;
}

async function fitted(
  model: Model,
  { train, validation }: Parts,
  use: { readonly engine: Engine; readonly seed: number; readonly visits: number },
): Promise<Failure | Omit<Fit, "setting">> {
  try {
    model.parameters(dataSizes(train, train.users.length));
  } catch (thrown) {
    return failure("refused", thrown);
  }
  try {
    const found = await fit(model, train, recipe(model, train.label.length, use));
    const scores = found.scoresOf(validation);
    if (!scores.every(Number.isFinite))
      return { status: "diverged", reason: "scores of validation answers are not finite" };
    const { scale, nats } = slopeOf(scores, validation);
    return { model: found, scale, nats };
  } catch (thrown) {
    return failure(/the loss is/.test(messageOf(thrown)) ? "diverged" : "refused", thrown);
  }
}

/** What a family says of data that it cannot take; anything else is a fault of ours. */
function failure(status: Failure["status"], thrown: unknown): Failure {
  if (thrown instanceof InputError) return { status, reason: messageOf(thrown) };
  throw thrown;
}

function words(setting: object): string {
  const entries = Object.entries(setting as { readonly [name: string]: string | number });
  return entries.length === 0 ? "as it is" : entries.map(([name, value]) => `${name} ${value}`).join(", ");
}

function sizeOf({ model, sizes }: FittedModel): number {
  return model
    .parameters(sizes)
    .filter(({ per }) => per === undefined)
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

/** Whether a family knows users at all. */
export function knowsUsers(kind: string, data: PreferenceData): boolean {
  const family = familyOf(kind);
  const [first] = family.tried(dataSizes(data, data.users.length)) as readonly object[];
  return modelFrom({ kind, ...first }).user.kind !== "none";
}
