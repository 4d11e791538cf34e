import { randomStream } from "../../core/index.js";
import { MOST_CORRELATED } from "../../families/index.js";
import { meanByRow, type UserSums } from "../by-user.js";
import { bestOf, difference, FLOOR, isBetter, smallestGoodK, type MeasuredK } from "./choose.js";
import type { BasisName, MethodContext } from "./context.js";
import { METHODS, SPREADS, type MethodId } from "./methods.js";
import { planOf, validate, type Candidate, type RunJobs, type Validation } from "./validate.js";

/** A method, what was chosen for it, and how it does in validation. */
export interface Rung {
  readonly candidate: Candidate;
  readonly nats: UserSums;
}

/** One K of a method that has types. */
export interface TypesAtK extends MeasuredK {
  readonly candidate: Candidate;
}

/** What validation chose, method by method. */
export interface Ladder {
  readonly basis: BasisName;
  /** Every basis that was tried, with its best mean, in nats an answer. */
  readonly bases: readonly { readonly name: BasisName; readonly nats: number }[];
  readonly rungs: readonly Rung[];
  /** Every K of each method that has types. */
  readonly byK: { readonly [method in "latent-classes" | "types" | "pal"]?: readonly TypesAtK[] };
  /** The best method. */
  readonly best: Candidate;
  /** The best method that has types, K by the one-standard-error rule. */
  readonly shown: Candidate;
  readonly kind: Kind;
}

/** What differences between users are like. */
export type Kind = "alike" | "types" | "types and own tastes" | "own tastes" | "continuum";

export interface ClimbOptions {
  readonly seed: number;
  /** Rows that choices may see. */
  readonly rows: Int32Array;
  /** Largest K; default: grown until the largest tried is not the best, to 12. */
  readonly kMax?: number;
  /** Whether a test has shown that users differ: where none has, a further type must gain three standard errors, not one. */
  readonly differ: boolean;
  readonly run: RunJobs;
}

type Measured = Validation & { readonly run: RunJobs };

const FOLDS = 3;
/** Answers below which cross-validation is done twice. */
const FEW_ANSWERS = 1500;
/** Answers, and answers for each column of the design, from which halves of the users need fewer folds. */
const MANY_ANSWERS = 4000;
const MANY_A_COLUMN = 100;
const MOST_AT_FIRST = 3;
/** Prototypes of PAL, at most. */
const MOST_MIXED = 6;
const MOST = 12;
const MOST_DENSE = 300;

/** Chooses, for each method that the data allow, what it leaves open, by cross-validation within each user on `rows`. */
export async function climb(context: MethodContext, options: ClimbOptions): Promise<Ladder> {
  const { rows, run, seed } = options;
  const validation: Measured = {
    ...{ data: context.data, seed, rows, run, folds: FOLDS },
    ...{ repeats: rows.length < FEW_ANSWERS ? 2 : 1, stream: "ladder" },
  };
  const users = new Set(Array.from(rows, (row) => context.data.user[row])).size;
  const { basis, bases } = await chooseBasis(context, validation, Math.min(users, options.kMax ?? 3));
  const { about, width, ownWidth } = context.basis(basis).basis;
  const isDense = about === "items" || about === "features";
  const canHaveTypes = !isDense || width <= MOST_DENSE;
  const most = Math.min(options.kMax ?? MOST, users);
  const first = Math.min(most, MOST_AT_FIRST);
  const growing: Growing = { validation, first, most, isOpen: options.kMax === undefined };
  const only = (method: MethodId): Candidate => ({ method, basis, k: 1 });
  const single: Candidate[] = [
    only("chance"),
    ...(about === "features" ? [] : [only("popularity")]),
    ...(isDense ? [only("bradley-terry")] : []),
    ...(about === "statements" ? [{ ...only("types"), method: "agreement" as const }] : []),
    ...(isDense && ownWidth <= MOST_CORRELATED ? [only("mixed")] : []),
    ...(about === "features" ? [] : [only("factor")]),
  ];
  const byK: { [method in "latent-classes" | "types" | "pal"]?: readonly TypesAtK[] } = {};
  if (canHaveTypes) {
    byK["latent-classes"] = await growK(growing, (k) => [{ method: "latent-classes", basis, k }]);
    if (ownWidth > 0) byK.types = await growK(growing, (k) => [{ method: "types", basis, k }]);
  }
  const differ = byK.types === undefined || isAnyBetter(byK);
  const strengths = basis === "ids" ? SPREADS : [undefined];
  const mixing = { ...growing, first: Math.min(first, differ ? 3 : 2), most: Math.min(most, MOST_MIXED) };
  byK.pal = await growK(mixing, (k) =>
    strengths
      .slice(0, k === 1 ? 1 : undefined)
      .map((strength) => ({ method: "pal", basis, k, ...(strength === undefined ? {} : { strength }) })),
  );
  const standardErrors = options.differ ? 1 : UNSHOWN;
  const singles = await validate(single, validation);
  const chosenK = Object.values(byK).map((all): Rung => {
    const chosen = smallestGoodK(all, standardErrors) as TypesAtK;
    return { candidate: chosen.candidate, nats: chosen.nats };
  });
  const rungs = [...single.map((candidate, i) => ({ candidate, nats: singles[i] })), ...chosenK];
  const best = rungs.reduce((a, b) => (meanByRow(b.nats) > meanByRow(a.nats) ? b : a));
  return { basis, bases, rungs, byK, best: best.candidate, ...verdict(byK, options.differ) };
}

function isAnyBetter(byK: Ladder["byK"]): boolean {
  const all = [...(byK["latent-classes"] ?? []), ...(byK.types ?? [])];
  const one = byK["latent-classes"]?.find(({ k }) => k === 1);
  return one === undefined || all.some((each) => isBetter(each.nats, one.nats));
}

async function chooseBasis(
  { bases }: MethodContext,
  validation: Measured,
  most: number,
): Promise<Pick<Ladder, "basis" | "bases">> {
  if (bases.length === 1) return { basis: bases[0], bases: [] };
  const ks = Array.from({ length: most }, (_, i) => i + 1);
  const candidates = bases.flatMap((basis) =>
    ks.map((k): Candidate => ({ method: "latent-classes", basis, k })),
  );
  const nats = (
    await validate(candidates, {
      ...validation,
      stream: "basis",
      repeats: 1,
    })
  ).map(meanByRow);
  const best = bases.map((name, b) => ({
    name,
    nats: Math.max(...ks.map((_, i) => nats[b * ks.length + i])),
  }));
  const top = Math.max(...best.map((each) => each.nats));
  const found = best.find((each) => each.nats >= top - FLOOR) ?? best[0];
  return { basis: found.name, bases: best };
}

interface Growing {
  readonly validation: Measured;
  readonly first: number;
  readonly most: number;
  /** Whether K may grow beyond `first`. */
  readonly isOpen: boolean;
}

/** K = 1 … first, and on while the largest is the best and no smaller one is as good. Of several candidates of one K the best counts. */
async function growK(
  { validation, first, most, isOpen }: Growing,
  candidatesOf: (k: number) => readonly Candidate[],
): Promise<TypesAtK[]> {
  const measured: TypesAtK[] = [];
  const measure = async (ks: readonly number[]): Promise<void> => {
    const candidates = ks.flatMap(candidatesOf);
    const nats = await validate(candidates, validation);
    for (const k of ks) {
      const own = candidates.flatMap((candidate, i) =>
        candidate.k === k ? [{ k, candidate, nats: nats[i] }] : [],
      );
      measured.push(own.reduce((a, b) => (meanByRow(b.nats) > meanByRow(a.nats) ? b : a)));
    }
  };
  const start = isOpen ? first : most;
  await measure(Array.from({ length: start }, (_, i) => i + 1));
  while (isOpen && measured.length < most && isRising(measured)) {
    const next = measured.length + 1;
    await measure(next + 1 <= most ? [next, next + 1] : [next]);
  }
  return measured;
}

/** Whether the largest K, or one that hardly differs from it, is still the best. */
function isRising(measured: readonly TypesAtK[]): boolean {
  const best = bestOf(measured);
  return best.k === measured.length && smallestGoodK(measured).k >= measured.length - 1;
}

/** Standard errors by which own tastes must gain: they are one more thing to say. */
const SURE = 2;

/** The same, and by which types must, where no test has shown that users differ. */
const UNSHOWN = 3;

function verdict(byK: Ladder["byK"], differ: boolean): Pick<Ladder, "shown" | "kind"> {
  const classes = byK["latent-classes"];
  const { types, pal } = byK;
  const standardErrors = differ ? 1 : UNSHOWN;
  if (classes === undefined) {
    const shown = smallestGoodK(pal ?? [], standardErrors) as TypesAtK;
    return { shown: shown.candidate, kind: shown.k === 1 ? "alike" : "continuum" };
  }
  // at each K the variant without own tastes, unless they are worth it
  const joint = classes.map((each): TypesAtK => {
    const own = types?.find(({ k }) => k === each.k);
    return own !== undefined && isBetter(own.nats, each.nats, differ ? SURE : UNSHOWN) ? own : each;
  });
  for (const own of types ?? []) if (!joint.some(({ k }) => k === own.k)) joint.push(own);
  const chosen = smallestGoodK(joint, standardErrors) as TypesAtK;
  const mixture = pal === undefined ? undefined : (smallestGoodK(pal, standardErrors) as TypesAtK);
  const isMixture = mixture !== undefined && mixture.k > 1 && isContinuum(mixture, chosen, classes);
  if (isMixture) return { shown: mixture.candidate, kind: "continuum" };
  const hasTastes = chosen.candidate.method === "types";
  const kind =
    chosen.k === 1 ? (hasTastes ? "own tastes" : "alike") : hasTastes ? "types and own tastes" : "types";
  return { shown: chosen.candidate, kind };
}

/** Nats an answer by which mixing must beat as many types to be more than another shape of the same types. */
const LEAST_MIXING = 0.01;

/** Mixing beats the same number of types, and neither own tastes nor more types do as well. */
function isContinuum(mixture: TypesAtK, chosen: TypesAtK, classes: readonly TypesAtK[]): boolean {
  const same = classes.find(({ k }) => k === mixture.k);
  if (same === undefined || !isBetter(mixture.nats, same.nats, SURE)) return false;
  if (difference(mixture.nats, same.nats).mean < LEAST_MIXING) return false;
  const { mean, standardError } = difference(chosen.nats, mixture.nats);
  return mean <= Math.max(FLOOR, standardError) && isBetterThanFewTypes(mixture, chosen);
}

function isBetterThanFewTypes(mixture: TypesAtK, chosen: TypesAtK): boolean {
  if (METHODS[chosen.candidate.method].tastes !== "none") return true;
  return isBetter(mixture.nats, chosen.nats);
}

/** How sure a choice of K is. */
export type Sureness = "sure" | "fairly sure" | "not sure";

export const HALVES = 10;

/** The K that each of ten random halves of the users would have had, by the same rule and the method that is shown. */
export async function chooseFromHalves(
  ladder: Ladder,
  context: MethodContext,
  { seed, rows, run }: Pick<ClimbOptions, "seed" | "rows" | "run">,
): Promise<number[]> {
  const { shown, byK } = ladder;
  const tried = Math.max(...Object.values(byK).map((all) => all.length));
  const [low, high] = [Math.max(1, shown.k - 2), Math.min(tried, shown.k + 2)];
  const users = [...new Set(Array.from(rows, (row) => context.data.user[row]))].sort((a, b) => a - b);
  const rng = randomStream(seed).split("halves");
  const { width } = context.basis(shown.basis).basis;
  const hasMany = rows.length >= Math.max(MANY_ANSWERS, MANY_A_COLUMN * width);
  const ks = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const plans = Array.from({ length: HALVES }, (_, half) => {
    const order = rng.split(half).permutation(users.length);
    const kept = new Set(Array.from(order.subarray(0, Math.ceil(users.length / 2)), (place) => users[place]));
    return planOf(
      ks.map((k) => ({ ...shown, k })),
      {
        ...{ data: context.data, seed, repeats: 1, stream: `half ${half}` },
        folds: hasMany ? 2 : FOLDS,
        rows: rows.filter((row) => kept.has(context.data.user[row])),
      },
    );
  });
  const results = await run(plans.flatMap(({ jobs }) => jobs));
  let from = 0;
  return plans.map(({ jobs, collect }) => {
    const nats = collect(results.slice(from, (from += jobs.length)));
    return smallestGoodK(ks.map((k, i) => ({ k, nats: nats[i] }))).k;
  });
}

export function sureness(chosen: readonly number[], k: number, atEdge: boolean): Sureness {
  const agreeing = chosen.filter((each) => each === k).length / chosen.length;
  if (atEdge) return "not sure";
  return agreeing >= 0.9 ? "sure" : agreeing >= 0.7 ? "fairly sure" : "not sure";
}
