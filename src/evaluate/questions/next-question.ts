import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkObject,
  checkOneOf,
  InputError,
  show,
} from "../../core/index.js";
import { checkIsData, checkIsPairs, checkPairs, type Pairs, type PreferenceData } from "../../data/index.js";
import type { StatePosterior } from "../../families/index.js";
import { checkIsFitted, type FittedModel, type UserState } from "../../train/index.js";
import { beliefsOf } from "./beliefs.js";
import { CRITERIA, IN_NATS, valuesOf, type Criterion } from "./criteria.js";

/** How the next question is chosen. */
export interface QuestionOptions {
  /** Default "mutual information". */
  readonly criterion?: Criterion;
  /** Draws of the user's state, default 200. */
  readonly draws?: number;
  /** Of the draws, default 0. */
  readonly seed?: number;
}

/** A question, and what it is worth. */
export interface NextQuestion {
  /** The row of the pool. */
  readonly row: number;
  /** What the criterion gives it: the largest of `values`; of equal ones the first. */
  readonly value: number;
  /** What the criterion gives every question of the pool, shape [N]. */
  readonly values: Float64Array;
}

/**
 * The question of a pool that is worth most asking a user, given what is known of them. Criteria: `random`; `mutual information` by moment matching of the
 * posteriors after either answer, answers as probable as the model predicts them, or `…, uniform answers`; `bald` by draws; `d-optimal` (PReF);
 * `volume removal` (APReL: the answer that is the surest to be right removes least); `least entropy`; `released`, the formula of VPL's released code, which
 * does not look at how means move. Where a network finds states, it reads each answer in turn; else the draws of the posterior are weighed by the answer.
 * @param known comparisons of one user, none included; or a state, for families whose states say how sure they are
 * @param pool pairs that may be asked: none of which was
 * @param options a criterion, or options
 * @throws InputError for a family without a posterior, an empty pool, or one that holds what was asked already
 * @example
 * const asked = study.nextQuestion(fitted, known, pool, "bald");
 * pool.left[asked.row]; // the item on the left of that question
 */
export function nextQuestion(
  fitted: FittedModel,
  known: PreferenceData | UserState,
  pool: Pairs,
  options: Criterion | QuestionOptions = {},
): NextQuestion {
  return ask("nextQuestion", { fitted, known, pool }, options);
}

/** Options of {@link isEnough}. */
export interface EnoughOptions extends QuestionOptions {
  /** Nats below which an answer is not worth asking for, default 0.02. */
  readonly threshold?: number;
}

/**
 * Whether no question of a pool is expected to tell much more of the user: the largest expected gain, in nats, is below a threshold.
 * @param options criteria in nats alone: `bald` (default) and both kinds of `mutual information`
 * @throws InputError as {@link nextQuestion}, and for a criterion in another unit
 * @example
 * study.isEnough(fitted, known, pool, { threshold: 0.02 }); // true: ask no more
 */
export function isEnough(
  fitted: FittedModel,
  known: PreferenceData | UserState,
  pool: Pairs,
  options: EnoughOptions = {},
): boolean {
  checkKeys("isEnough", options, ["criterion", "draws", "seed", "threshold"]);
  const { threshold = 0.02, criterion = "bald", ...rest } = options;
  checkNumber("isEnough: threshold", threshold, { above: 0 });
  checkOneOf("isEnough: criterion", criterion, IN_NATS);
  return ask("isEnough", { fitted, known, pool }, { ...rest, criterion }).value < threshold;
}

interface Situation {
  readonly fitted: FittedModel;
  readonly known: PreferenceData | UserState;
  readonly pool: Pairs;
}

function ask(caller: string, situation: Situation, given: Criterion | QuestionOptions): NextQuestion {
  const { fitted, known, pool } = situation;
  const options = typeof given === "string" ? { criterion: given } : given;
  checkKeys(caller, options, ["criterion", "draws", "seed"]);
  const { criterion = "mutual information", draws = 200, seed = 0 } = options;
  checkOneOf(`${caller}: criterion`, criterion, CRITERIA);
  checkInteger(`${caller}: draws`, draws, { min: 2 });
  checkInteger(`${caller}: seed`, seed);
  checkIsFitted(`${caller}: fitted`, fitted);
  checkIsPairs(`${caller}: pool`, pool);
  checkPairs(`${caller}: pool`, pool);
  if (pool.left.length === 0)
    throw new InputError(`${caller}: pool must hold at least one question, got none`);
  checkObject(`${caller}: known`, known, [], "comparisons of one user, or a state of theirs");
  const isState = "weights" in known;
  if (!isState) {
    checkIsData(`${caller}: known`, known);
    checkNotAsked(caller, known, pool);
  }
  const posterior = isState ? fromState(caller, fitted, known) : fromAnswers(caller, fitted, known);
  const questions = {
    ...pool,
    users: ["asked"],
    user: new Int32Array(pool.left.length),
  } as unknown as PreferenceData;
  const parts = { pool: questions, posterior, ...(isState ? {} : { known }) };
  const values = valuesOf(criterion, beliefsOf(fitted, parts, { draws, seed }), seed);
  const row = values.reduce((best, value, n) => (value > values[best] ? n : best), 0);
  return { row, value: values[row], values };
}

function fromState(caller: string, { posterior, model }: FittedModel, state: UserState): StatePosterior {
  if (posterior !== undefined) return posterior(state);
  throw new InputError(
    `${caller}: a state of ${model.family.name} does not say how sure it is; give the user's comparisons instead`,
  );
}

function fromAnswers(
  caller: string,
  { posteriorGiven, model }: FittedModel,
  known: PreferenceData,
): StatePosterior {
  if (posteriorGiven !== undefined) return posteriorGiven(known);
  throw new InputError(
    `${caller}: ${model.family.name} has no posterior of a user; families that have one: Vpl, PalA, PalB, PalLinear, LoRe, PalItems`,
  );
}

/** @throws InputError when the user answered one of the questions already, whichever side its items were on */
function checkNotAsked(caller: string, known: PreferenceData, pool: Pairs): void {
  const asked = new Set(Array.from(known.left, (_, row) => nameOf(known, row)));
  const again = [...pool.left.keys()].filter((row) => asked.has(nameOf(pool, row)));
  if (again.length === 0) return;
  const { items, left, right } = pool;
  const pair = `${show(items.ids[left[again[0]]])} and ${show(items.ids[right[again[0]]])}`;
  throw new InputError(
    `${caller}: pool must not hold what was asked already, got ${pair} at row ${again[0]}${again.length > 1 ? ` and ${again.length - 1} more` : ""}; leave them out`,
  );
}

function nameOf({ items, contexts, left, right, context }: Pairs, row: number): string {
  const pair = [items.ids[left[row]], items.ids[right[row]]].sort();
  return JSON.stringify([...pair, contexts === undefined ? "" : contexts.ids[context?.[row] ?? 0]]);
}
