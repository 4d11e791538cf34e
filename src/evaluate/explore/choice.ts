import type { MethodComparison } from "./compare.js";
import { randomStream, type Interval } from "../../core/index.js";
import { intervalByUser, meanByRow } from "../by-user.js";
import { heaviestPrototype } from "../heaviest-prototype.js";
import {
  bestOf,
  difference,
  sureness,
  type Candidate,
  type Kind,
  type Ladder,
  type MethodId,
  type Sureness,
  type TypesAtK,
} from "../methods/index.js";
import type { ShownModel } from "./shown-model.js";

/** One K of the method that is shown, in validation. */
export interface KInValidation {
  readonly k: number;
  readonly method: MethodId;
  /** Log-likelihood an answer that did not train, in nats; chance is -0.693. */
  readonly nats: Interval;
  /** How many nats an answer the best K gains over this one, and the standard error of that over users. */
  readonly behindBest: { readonly mean: number; readonly standardError: number };
}

/** How many types, and what kind of differences there are. */
export interface ExploredK {
  /** Types of the best method that has types; 1 where users are alike or differ only in tastes of their own. */
  readonly k: number;
  readonly kind: Kind;
  readonly method: MethodId;
  /** The K of the highest held-out likelihood. */
  readonly best: number;
  readonly candidates: readonly KInValidation[];
  /** Whether the largest K that was tried is the best: there may be more. */
  readonly atEdge: boolean;
  /** The K of each random half of the users, refitted. */
  readonly halves: readonly number[];
  readonly sure: Sureness;
  /** The test shows that users differ, but one reward for all is shown, so in what way they differ is open: "outdone" where a method that knows who answers surely predicts better, else "unseen". */
  readonly open?: "outdone" | "unseen";
}

/** The candidates among which K was chosen: at each K the variant that was taken. */
export function candidatesOf({ byK, shown }: Ladder): readonly TypesAtK[] {
  if (shown.method === "pal") return byK.pal ?? [];
  const [classes, types] = [byK["latent-classes"] ?? [], byK.types ?? []];
  const most = Math.max(classes.length, types.length);
  return Array.from({ length: most }, (_, i) => {
    const own = [classes[i], types[i]].filter((each): each is TypesAtK => (each as unknown) !== undefined);
    return own.find(({ candidate }) => candidate.method === shown.method) ?? own[0];
  });
}

export function describeChoice(
  ladder: Ladder,
  halves: readonly number[],
  { seed, mayGrow }: { readonly seed: number; readonly mayGrow: boolean },
): ExploredK {
  const measured = candidatesOf(ladder);
  const { shown, kind } = ladder;
  const best = bestOf(measured);
  const rng = randomStream(seed).split("choice");
  // a plateau that ends at the largest K tried is no edge: the smallest K as good was taken
  const atEdge = measured.length > 1 && shown.k === measured.length && best.k === measured.length;
  return {
    ...{ k: shown.k, kind, method: shown.method, best: best.k, atEdge, halves },
    candidates: measured.map(({ k, candidate, nats }) => ({
      ...{ k, method: candidate.method },
      nats: intervalByUser(nats, rng.split(k)),
      behindBest: difference(best.nats, nats),
    })),
    sure: halves.length === 0 ? "not sure" : sureness(halves, shown.k, atEdge && mayGrow),
  };
}

/** The choice beside the test and what methods reach on answers that took no part in it: where users differ, that one reward for all is shown is never sure. */
export function besideMethods(
  choice: ExploredK,
  differ: boolean,
  { methods, best, oneReward }: Pick<MethodComparison, "methods" | "best" | "oneReward">,
): ExploredK {
  const gain = methods.find(({ id }) => id === best)?.overOneReward.low ?? 0;
  if (!differ || choice.kind !== "alike") return choice;
  return { ...choice, sure: "not sure", open: best !== oneReward && gain > 0 ? "outdone" : "unseen" };
}

/** A user stands at one prototype from this posterior mean weight on; where three quarters of them do, prototypes are types. */
const AT_ONE = 0.8;
const MOST_USERS = 0.75;

/** Standard deviation of users' own tastes, in log odds, below which they change no prediction that a reader would notice. */
const LEAST_TASTES = 0.25;

/**
 * The kind of differences, once the shown model has placed the users: prototypes that nobody stands between are types, and own tastes that
 * are next to nothing are none.
 */
export function kindAsPlaced(
  kind: Kind,
  { allWeights, k, ownTastes = Infinity }: Pick<ShownModel, "allWeights" | "k" | "ownTastes">,
): Kind {
  if (ownTastes < LEAST_TASTES && kind === "types and own tastes") return "types";
  if (ownTastes < LEAST_TASTES && kind === "own tastes") return "alike";
  if (kind !== "continuum") return kind;
  const heaviest = heaviestPrototype(allWeights, allWeights.length / k);
  const atOne = heaviest.filter((j, u) => allWeights[u * k + j] >= AT_ONE).length;
  return atOne >= MOST_USERS * heaviest.length ? "types" : "continuum";
}

/** Mean nats an answer of a rung in validation. */
export function validationNats(ladder: Ladder, { method }: Pick<Candidate, "method">): number {
  const rung = ladder.rungs.find(({ candidate }) => candidate.method === method);
  return rung === undefined ? NaN : meanByRow(rung.nats);
}
