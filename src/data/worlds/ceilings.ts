import { checkNumbers, log, exp, InputError } from "../../core/index.js";
import { checkIsData } from "../check-data.js";
import type { PreferenceData } from "../preference-data.js";
import { checkIsWorld, type World } from "./world.js";

/** Surest that the exact posterior takes a noiseless answer to be: somebody may have slipped. */
const SLIP = 1e-9;

/**
 * The exact posterior P(kind | answers) of every user of `answers`, row-major [U, M], from a uniform prior. Kinds without noise are taken to slip
 * once in 10^9 answers, so that contradictory answers have a posterior too.
 * @param answers comparisons of items of the world, for example some rows of its data
 * @throws InputError when `world` is none
 */
export function kindPosterior(world: World, answers: PreferenceData): Float64Array {
  checkIsWorld("kindPosterior: world", world);
  checkIsData("kindPosterior: answers", answers);
  checkSameItems("kindPosterior", world, answers);
  const m = world.kinds.length;
  const logs = new Float64Array(answers.users.length * m);
  for (let row = 0; row < answers.label.length; row++) {
    const { user, left, right, label } = answers;
    for (let kind = 0; kind < m; kind++) {
      const p = world.probability(kind, left[row], right[row]);
      logs[user[row] * m + kind] += log(Math.max(SLIP, label[row] > 0 ? p : 1 - p));
    }
  }
  for (let from = 0; from < logs.length; from += m) normalise(logs.subarray(from, from + m));
  return logs;
}

/** Log weights become probabilities, in place. */
function normalise(logs: Float64Array): void {
  const top = logs.reduce((a, b) => Math.max(a, b));
  let total = 0;
  for (let i = 0; i < logs.length; i++) total += logs[i] = exp(logs[i] - top);
  for (let i = 0; i < logs.length; i++) logs[i] /= total;
}

/** Expected accuracy, 0-1, of the best predictor of the answers to `targets` that knows every user's kind. */
export function oracleAccuracy(world: World, targets: PreferenceData): number {
  checkIsWorld("oracleAccuracy: world", world);
  const certain = new Float64Array(world.kindOf.length * world.kinds.length);
  world.kindOf.forEach((kind, user) => (certain[user * world.kinds.length + kind] = 1));
  return beliefAccuracy(world, targets, certain);
}

/** Expected accuracy, 0-1, of the best predictor of `targets` that knows nothing of who answers: no one reward for all can do better. */
export function blindAccuracy(world: World, targets: PreferenceData): number {
  checkIsWorld("blindAccuracy: world", world);
  const size = world.kindOf.length * world.kinds.length;
  return beliefAccuracy(world, targets, new Float64Array(size).fill(1 / world.kinds.length));
}

/** Expected accuracy, 0-1, on `targets` of exact Bayes given each user's `answers`: nobody who has no more than those answers can do better. */
export function bayesAccuracy(world: World, answers: PreferenceData, targets: PreferenceData): number {
  return beliefAccuracy(world, targets, kindPosterior(world, answers));
}

/**
 * Expected accuracy, 0-1, on `targets` of who predicts by P(kind) of each user: of the likelier answer, by the probability with which the user's
 * true kind gives it.
 * @param beliefs P(kind), row-major [U, M], of the users of `targets`, who are the world's
 * @throws InputError for beliefs of another shape, or no targets
 */
export function beliefAccuracy(world: World, targets: PreferenceData, beliefs: ArrayLike<number>): number {
  checkIsWorld("beliefAccuracy: world", world);
  checkIsData("beliefAccuracy: targets", targets);
  checkNumbers("beliefAccuracy: beliefs", beliefs);
  checkSameItems("beliefAccuracy", world, targets);
  const m = world.kinds.length;
  const rows = targets.label.length;
  if (rows === 0) throw new InputError("beliefAccuracy: targets must hold comparisons, got none");
  if (beliefs.length !== world.kindOf.length * m || targets.users.length !== world.kindOf.length)
    throw new InputError(
      `beliefAccuracy: beliefs must be [${targets.users.length}, ${m}] for the ${world.kindOf.length} users of the world, got ${beliefs.length} numbers`,
    );
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const who = targets.user[row];
    let mixed = 0;
    for (let kind = 0; kind < m; kind++)
      mixed += beliefs[who * m + kind] * world.probability(kind, targets.left[row], targets.right[row]);
    const own = world.probability(world.kindOf[who], targets.left[row], targets.right[row]);
    sum += Math.abs(mixed - 0.5) < 1e-12 ? 0.5 : mixed > 0.5 ? own : 1 - own;
  }
  return sum / rows;
}

function checkSameItems(caller: string, { data }: World, given: PreferenceData): void {
  if (given.items.ids.length !== data.items.ids.length)
    throw new InputError(
      `${caller}: comparisons must be of the world's ${data.items.ids.length} items, got ${given.items.ids.length}`,
    );
}
