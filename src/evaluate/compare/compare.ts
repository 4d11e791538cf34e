import { checkInteger, checkKeys, checkObject, InputError, list, show } from "../../core/index.js";
import { checkPreferenceData, type PreferenceData } from "../../data/index.js";
import { COMPARED, KINDS } from "../../families/index.js";
import { baselinesOf } from "./baselines.js";
import type { Comparison } from "./comparison.js";
import { runFamily, type FamilyJob, type FamilyResult } from "./family-job.js";
import { givable, partsOf, type Parts } from "./parts.js";
import { FEWEST_ANSWERS, prepare, type Limits } from "./prepare.js";
import { VISITS } from "./recipe.js";
import { summarise, type Division } from "./summarise.js";
import { ceilingsOf, type KnownTruth } from "./truth.js";

/** Runs families on divisions of one data set. */
export interface CompareRunner {
  run(
    data: PreferenceData,
    jobs: readonly FamilyJob[],
    onJob: (job: FamilyJob) => void,
  ): Promise<FamilyResult[]>;
}

/** How {@link compare} compares. */
export interface CompareOptions {
  /** Kinds of families, default all that there are, save those that are made for snippets of states. */
  readonly families?: readonly string[];
  /** Divisions of the data, each with users and answers drawn anew, default 3. */
  readonly seeds?: number;
  /** The first seed, default 1. */
  readonly seed?: number;
  /** Numbers of answers that new users give, default 0, 1, 2, 5, 10, 20, 50, as far as half of them can. */
  readonly given?: readonly number[];
  /** Most users (default 150), answers of a user (50) and features of a table (16): of more, some are drawn, or principal components taken. */
  readonly limits?: Partial<Limits>;
  /** Training answers that a family trained by gradients sees in all, passes over the same ones counted each time; default 120 000. */
  readonly visits?: number;
  /** What is true, of simulated data: then ceilings are known. */
  readonly truth?: KnownTruth;
  /** Default: one after the other, here. */
  readonly runner?: CompareRunner;
  /** Told before each family and division. */
  readonly onStage?: (name: string) => void;
}

const KEYS = ["families", "seeds", "seed", "given", "limits", "visits", "truth", "runner", "onStage"];
const GIVEN = [0, 1, 2, 5, 10, 20, 50];
const LIMITS: Limits = { users: 150, answers: 50, features: 16 };
const FEWEST_USERS = 8;

/**
 * Trains families side by side on the same answers, with as many settings to choose from by validation and as many passes each, and judges them on
 * users who trained and on new users by how many answers these gave, beside baselines that know no users and, where the truth is known, ceilings.
 * @throws InputError for bad data or options, a family that is not known, or too few users with answers enough
 * @example
 * const { rows } = await study.compare(data, { families: ["bradley-terry", "latent-classes"], seeds: 1, given: [0, 5] });
 * rows.map(({ name, answers, nats }) => [name, answers, nats?.mean]); // answers: of new users; nats an answer
 */
export async function compare(data: PreferenceData, options: CompareOptions = {}): Promise<Comparison> {
  checkKeys("compare", options, KEYS);
  checkPreferenceData("compare", data);
  const { seed = 1, seeds: count = 3, visits = VISITS, truth, onStage, runner = HERE } = options;
  checkInteger("compare: seed", seed);
  checkInteger("compare: visits", visits, { min: 1 });
  checkInteger("compare: seeds", count, { min: 1 });
  const kinds = familiesOf(options.families);
  const limits = limitsOf(options.limits);
  const { data: used, notes: prepared } = prepare(data, limits, seed);
  const notes = [...prepared];
  if (used.users.length < FEWEST_USERS)
    throw new InputError(
      `compare: needs at least ${FEWEST_USERS} users with ${FEWEST_ANSWERS} answers or more each, got ${used.users.length}`,
    );
  const seeds = Array.from({ length: count }, (_, i) => seed + i);
  const divided = seeds.map((each) => partsOf(used, each));
  notes.push(...leftOut(used, divided));
  const given = givenOf(options.given).filter((n) =>
    divided.every((parts) => givable(parts.given, [n]).length > 0),
  );
  const jobs = kinds.flatMap((kind) =>
    seeds.map((each): FamilyJob => ({ kind, seed: each, answers: given, visits })),
  );
  const results = await runner.run(used, jobs, (job) => onStage?.(`${job.kind}, division ${job.seed}`));
  const divisions = seeds.map((each, i): Division => {
    const ceilings = truth === undefined ? {} : { ceilings: ceilingsOf(truth, divided[i], given) };
    return {
      seed: each,
      parts: divided[i],
      baselines: baselinesOf(divided[i]),
      ...ceilings,
      results: new Map(kinds.map((kind, k) => [kind, results[k * seeds.length + i]])),
    };
  });
  return summarise(used, divisions, { kinds, given, notes, limits, visits });
}

/** In this thread. */
const HERE: CompareRunner = {
  async run(data, jobs, onJob) {
    const results: FamilyResult[] = [];
    for (const job of jobs) {
      onJob(job);
      results.push(await runFamily(job, partsOf(data, job.seed)));
    }
    return results;
  },
};

/** What is said of users who are in no part of a division. @throws InputError where a part has no answer */
function leftOut(used: PreferenceData, divided: readonly Parts[]): string[] {
  for (const parts of divided)
    for (const [name, { label }] of Object.entries(parts) as [keyof Parts, PreferenceData][])
      if (label.length === 0)
        throw new InputError(
          `compare: no comparison is left ${PART_WORDS[name]}, as none may be made of items on two sides: it needs users with ${FEWEST_ANSWERS} answers or more`,
        );
  const counts = divided.map(
    ({ train, given }) => used.users.length - train.users.length - given.users.length,
  );
  const most = Math.max(...counts);
  return most === 0
    ? []
    : [`up to ${most} users are in no part of a division, as a part of theirs has no comparison`];
}

const PART_WORDS: { readonly [part in keyof Parts]: string } = {
  train: "to train",
  validation: "to choose settings",
  seen: "to ask of users who train",
  given: "that new users give",
  asked: "to ask of new users",
};

function familiesOf(given: readonly string[] = COMPARED): readonly string[] {
  if (!Array.isArray(given) || given.length === 0)
    throw new InputError(
      `compare: families must be a list of at least one of ${list(KINDS)}, got ${show(given)}`,
    );
  const unknown = given.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined)
    throw new InputError(`compare: no family ${show(unknown)}; there are ${KINDS.join(", ")}`);
  return [...new Set(given)];
}

function givenOf(given: readonly number[] = GIVEN): number[] {
  if (!Array.isArray(given))
    throw new InputError(`compare: given must be a list of numbers of answers, got ${show(given)}`);
  for (const count of given) checkInteger("compare: given", count, { min: 0 });
  return [...new Set(given)].sort((a, b) => a - b);
}

function limitsOf(given: Partial<Limits> = {}): Limits {
  checkObject("compare: limits", given, [], "an object such as { users: 200, answers: 60, features: 16 }");
  checkKeys("compare: limits", given, Object.keys(LIMITS));
  const limits = { ...LIMITS, ...given };
  checkInteger("compare: limits.users", limits.users, { min: FEWEST_USERS });
  checkInteger("compare: limits.answers", limits.answers, { min: FEWEST_ANSWERS });
  checkInteger("compare: limits.features", limits.features, { min: 1 });
  return limits;
}
