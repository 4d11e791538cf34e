import type { PreferenceData } from "../../data/index.js";
import { meanByRow, sumByUser, type UserSums } from "../by-user.js";
import { calibrationSlope } from "../calibration-slope.js";
import { hits, logLikelihoods } from "../held-out.js";

/** How well answers were predicted, user by user. */
export interface Judged {
  /** Ids of the users, in the order of the sums. */
  readonly users: readonly string[];
  readonly hits: UserSums;
  /** Log-likelihood, in nats. */
  readonly nats: UserSums;
  /** Of a logistic regression of answers on predicted log odds: 1 where probabilities mean what they say; undefined where none is finite. */
  readonly slope?: number;
}

/** Log-likelihood of answers in nats an answer. @param p P(right preferred) of each row */
export function natsAnAnswer(p: Float64Array, data: PreferenceData): number {
  return meanByRow(sumByUser(logLikelihoods(p, data.label), data, data.users.length));
}

/** @param p P(right preferred) of each row of `asked` */
export function judge(p: Float64Array, asked: PreferenceData): Judged {
  const { users, label, weight } = asked;
  const sums = (values: Float64Array): UserSums => sumByUser(values, asked, users.length);
  const slope = calibrationSlope(p, label, weight);
  return {
    users,
    hits: sums(hits(p, label)),
    nats: sums(logLikelihoods(p, label)),
    ...(slope === undefined ? {} : { slope }),
  };
}
