import { exp, InputError, log, mean, quantile, randomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import { nextQuestion } from "../../evaluate/index.js";
import type { StatePosterior } from "../../families/index.js";
import type { FittedModel } from "../../train/index.js";

/** Who asks, and what may be asked. */
export interface Subject {
  readonly fitted: FittedModel;
  /** All pairs that may be asked. */
  readonly pool: Pairs;
  readonly source: PreferenceData["source"];
  /** Decides the draws of what is believed. */
  readonly seed: number;
}

/** A question, and what was expected of it before it was answered. */
export interface Asked {
  /** The row of the pool. */
  readonly row: number;
  /** Whether it is asked to see if the answers hang together, rather than to learn the most. */
  readonly isCheck: boolean;
  /** What its answer is expected to tell of the user, in nats; and what that of a middling question is. */
  readonly nats: number;
  readonly middling: number;
  /** P(right) as the model has it, between 0 and 1. */
  readonly right: number;
}

/** Questions and answers so far. */
export interface Interview {
  readonly subject: Subject;
  readonly asked: readonly Asked[];
  /** -1 left, 1 right; shape of {@link Interview.asked}. */
  readonly labels: readonly (-1 | 1)[];
  readonly posterior: StatePosterior;
  /** What is asked next; undefined when nothing is left. */
  readonly next?: Asked;
  /** How often the model expects to be right of what was not asked, 0-1; undefined when nothing is left. */
  readonly expected?: number;
}

/** Draws of what is believed that questions are weighed by. */
const DRAWS = 200;
/** Every third question is a check, and every one where others tell less than this, in nats. */
const CHECK_EVERY = 3;
const ENOUGH = 0.05;

/** Begins: nothing is answered. @throws InputError for a model that cannot be unsure of its users */
export function begin(subject: Subject): Interview {
  const { fitted } = subject;
  if (fitted.posteriorGiven === undefined)
    throw new InputError(
      `${fitted.model.family.title} has one reward for all, so nothing can be learned of you; choose PAL-A, PAL-B, LoRe or VPL`,
    );
  if (fitted.model.user.kind === "simplex" && fitted.k === 1)
    throw new InputError(
      "with K = 1 everybody is alike, so nothing can be learned of you; choose K of at least 2",
    );
  return asking(subject, [], []);
}

/** One answer more. @throws InputError when nothing was asked */
export function answer({ subject, asked, labels, next }: Interview, label: -1 | 1): Interview {
  if (next === undefined) throw new InputError("everything was asked already; begin again");
  return asking(subject, [...asked, next], [...labels, label]);
}

/** Logarithm of how much more probable the answers are under the model's forecasts, each made before its answer, than by a coin. */
export function evidence({ asked, labels }: Interview): number {
  return asked.reduce((sum, { right }, i) => sum + log(2 * (labels[i] === 1 ? right : 1 - right)), 0);
}

function asking(subject: Subject, asked: readonly Asked[], labels: readonly (-1 | 1)[]): Interview {
  const { fitted, pool, seed } = subject;
  const known = answersOf(subject, asked, labels);
  const posterior = fitted.posteriorGiven?.(known) as StatePosterior;
  const done = new Set(asked.map(({ row }) => row));
  const left = Int32Array.from(pool.left.keys()).filter((row) => !done.has(row));
  const so = { subject, asked, labels, posterior };
  if (left.length === 0) return so;
  const rest = rowsOf(pool, left);
  const right = forecasts(fitted, posterior, rest, seed);
  const sure = right.map((p) => Math.max(p, 1 - p));
  const found = nextQuestion(fitted, known, rest, { criterion: "bald", draws: DRAWS, seed });
  const isCheck = (asked.length + 1) % CHECK_EVERY === 0 || found.value < ENOUGH;
  const at = isCheck ? sure.indexOf(Math.max(...sure)) : found.row;
  return {
    ...so,
    next: {
      row: left[at],
      isCheck,
      nats: found.values[at],
      middling: quantile(found.values, 0.5),
      right: right[at],
    },
    expected: mean(sure),
  };
}

/** P(right) of every pair, on average over what is believed. */
function forecasts(fitted: FittedModel, posterior: StatePosterior, pairs: Pairs, seed: number): Float64Array {
  const states = posterior.states(DRAWS, randomStream(seed).split("forecast"));
  const scores = fitted.scoresUnderEach(pairs, states);
  return Float64Array.from(pairs.left, (_, row) => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += 1 / (1 + exp(-scores[row * DRAWS + i]));
    // never so sure that one answer decides everything
    return Math.min(0.999, Math.max(0.001, sum / DRAWS));
  });
}

function answersOf(
  { pool, source }: Subject,
  asked: readonly Asked[],
  labels: readonly number[],
): PreferenceData {
  const rows = Int32Array.from(asked, ({ row }) => row);
  return {
    ...rowsOf(pool, rows),
    ...{ users: ["you"], user: new Int32Array(rows.length), label: Int8Array.from(labels), source },
  };
}

/** Some of a pool's pairs. */
export function rowsOf({ items, contexts, left, right, context }: Pairs, rows: Int32Array): Pairs {
  const taken = { left: rows.map((row) => left[row]), right: rows.map((row) => right[row]) };
  return {
    ...{ items, ...taken },
    ...(contexts === undefined ? {} : { contexts }),
    ...(context === undefined ? {} : { context: rows.map((row) => context[row]) }),
  };
}
