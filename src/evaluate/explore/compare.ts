import { randomStream, type Interval } from "../../core/index.js";
import { selectRows, type PreferenceData } from "../../data/index.js";
import { isVotes } from "../../families/index.js";
import { intervalByUser, meanByRow, sumByUser, type UserSums } from "../by-user.js";
import { hits, logLikelihoods } from "../held-out.js";
import { METHODS, RANK, type Candidate, type Ladder, type MethodId, type RunJobs } from "../methods/index.js";
import { calibrationSlope } from "../calibration-slope.js";

/** How well one method predicts answers that took part in no choice. */
export interface ComparedMethod {
  readonly id: MethodId;
  readonly name: string;
  /** Types or prototypes, where it has them. */
  readonly k?: number;
  /** What was chosen for it in validation. */
  readonly chosen: string;
  /** Nats an answer in validation, by which the best was chosen. */
  readonly validation: number;
  readonly nats: Interval;
  readonly accuracy: Interval;
  /** Nats an answer more than one reward for all; the interval is over users. */
  readonly overOneReward: Interval;
  /** Slope of the logistic regression of answers on the predicted log odds: 1 is calibrated, below 1 too sure; undefined where answers do not tell. */
  readonly slope?: number;
}

/** The ladder on held-out answers. */
export interface MethodComparison {
  readonly methods: readonly ComparedMethod[];
  /** The best in validation. */
  readonly best: MethodId;
  /** One reward for all, which others are held against. */
  readonly oneReward: MethodId;
  /** The model that is shown. */
  readonly shown: MethodId;
  /** Nats an answer that the best in validation gains over the next best there. */
  readonly overNext?: { readonly id: MethodId; readonly gain: Interval };
  /** P(label = +1) of the held-out rows by the shown model. */
  readonly p: Float64Array;
}

export async function compareMethods(
  data: PreferenceData,
  ladder: Ladder,
  {
    train,
    test,
    seed,
    run,
  }: { readonly train: Int32Array; readonly test: Int32Array; readonly seed: number; readonly run: RunJobs },
): Promise<MethodComparison> {
  const shared = { effort: "full", seed, stream: "held-out", train, asked: test } as const;
  const rungs = ladder.rungs.map((rung) =>
    rung.candidate.method === ladder.shown.method ? { ...rung, candidate: ladder.shown } : rung,
  );
  const results = await run(rungs.map(({ candidate }) => ({ ...candidate, ...shared })));
  const asked = selectRows(data, test);
  const hasVotes = isVotes(data) && data.subject !== "pairs";
  const rng = randomStream(seed).split("compare");
  const sums = (values: Float64Array): UserSums => sumByUser(values, asked, data.users.length);
  const likelihood = (p: Float64Array): Float64Array => logLikelihoods(p, asked.label);
  const find = (id: MethodId): number => rungs.findIndex(({ candidate }) => candidate.method === id);
  const oneReward = rungs.findIndex(({ candidate }) => METHODS[candidate.method].isOneReward === true);
  const one = Math.max(oneReward, find("popularity"), 0);
  const gain = (p: Float64Array, over: Float64Array, name: string): Interval => {
    const base = likelihood(over);
    return intervalByUser(sums(likelihood(p).map((value, i) => value - base[i])), rng.split(name));
  };
  const methods = rungs.map(({ candidate, nats }, i): ComparedMethod => {
    const id = candidate.method;
    const slope = calibrationSlope(results[i], asked.label, asked.weight);
    return {
      ...{
        id,
        name: nameOf(id, ladder.basis !== "ids", hasVotes),
        chosen: chosenOf(candidate),
        validation: meanByRow(nats),
      },
      ...(METHODS[id].hasTypes ? { k: candidate.k } : {}),
      nats: intervalByUser(sums(likelihood(results[i])), rng.split(`nats ${id}`)),
      accuracy: intervalByUser(sums(hits(results[i], asked.label)), rng.split(`accuracy ${id}`)),
      overOneReward: gain(results[i], results[one], `gain ${id}`),
      ...(slope === undefined ? {} : { slope }),
    };
  });
  const best = ladder.best.method;
  const others = methods.filter(({ id }) => id !== best);
  const next = others.reduce<ComparedMethod | undefined>(
    (a, b) => (a === undefined || b.validation > a.validation ? b : a),
    undefined,
  );
  return {
    ...{ methods, best, oneReward: rungs[one].candidate.method, shown: ladder.shown.method },
    ...(next === undefined
      ? {}
      : {
          overNext: { id: next.id, gain: gain(results[find(best)], results[find(next.id)], "over the next") },
        }),
    p: results[find(ladder.shown.method)],
  };
}

function chosenOf({ method, k, strength }: Candidate): string {
  if (!METHODS[method].hasTypes) return method === "factor" ? `rank ${RANK}` : "";
  return `K = ${k}${strength === undefined || k === 1 ? "" : `, spread around popularity ${strength}`}`;
}

function nameOf(id: MethodId, isOnFeatures: boolean, isVotes: boolean): string {
  const { name, onFeatures = name, onVotes = name } = METHODS[id];
  if (isOnFeatures) return onFeatures;
  return isVotes ? onVotes : name;
}
