import jstat from "jstat";
import { meanByRow, standardErrorByUser, type UserSums } from "../by-user.js";
import type { Judged } from "./judged.js";

/** A number with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What several divisions of the data say of one predictor on the same kind of answers. */
export interface Pooled {
  readonly accuracy: Estimate;
  readonly nats: Estimate;
  /** Mean over divisions; undefined where none has a finite one. */
  readonly slope?: number;
  /** Mean accuracy of the tenth of users of whom it is lowest. */
  readonly worstDecile: number;
}

const NORMAL = 1.96;

export function pool(parts: readonly Judged[]): Pooled {
  const slopes = parts.flatMap(({ slope }) => (slope === undefined ? [] : [slope]));
  const hits = parts.map((part) => part.hits);
  return {
    accuracy: estimate(parts, hits),
    nats: estimate(
      parts,
      parts.map((part) => part.nats),
    ),
    ...(slopes.length === 0 ? {} : { slope: slopes.reduce((a, b) => a + b) / slopes.length }),
    worstDecile: worst(together(parts, hits)),
  };
}

/** How much better `parts` are than `others` on the same answers, in nats an answer: with its interval, and p of its being none (two-sided). */
export function gainOver(
  parts: readonly Judged[],
  others: readonly Judged[],
): Estimate & { readonly pValue: number } {
  const differences = parts.map(({ nats }, i): UserSums => ({
    value: nats.value.map((value, u) => value - others[i].nats.value[u]),
    weight: nats.weight,
  }));
  const { mean, low, high } = estimate(parts, differences);
  const error = (high - low) / (2 * NORMAL);
  return { mean, low, high, pValue: error === 0 ? (mean === 0 ? 1 : 0) : tail(Math.abs(mean) / error) };
}

/**
 * The mean an answer over all divisions, and an interval for other users and other divisions: the variance is that over users, each with all of their
 * answers, and that of the divisions' means over their number.
 */
function estimate(parts: readonly Judged[], sums: readonly UserSums[]): Estimate {
  const all = together(parts, sums);
  const mean = meanByRow(all);
  const means = sums.map(meanByRow);
  const centre = means.reduce((a, b) => a + b) / means.length;
  const between =
    means.length < 2
      ? 0
      : means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (means.length - 1) / means.length;
  const half = NORMAL * Math.sqrt(standardErrorByUser(all) ** 2 + between);
  return { mean, low: mean - half, high: mean + half };
}

/** Sums of each user over all divisions. */
function together(parts: readonly Judged[], sums: readonly UserSums[]): UserSums {
  const place = new Map<string, number>();
  for (const { users } of parts) for (const user of users) if (!place.has(user)) place.set(user, place.size);
  const all = { value: new Float64Array(place.size), weight: new Float64Array(place.size) };
  parts.forEach(({ users }, part) => {
    users.forEach((user, u) => {
      const at = place.get(user) ?? 0;
      all.value[at] += sums[part].value[u];
      all.weight[at] += sums[part].weight[u];
    });
  });
  return all;
}

function worst({ value, weight }: UserSums): number {
  const each = Array.from(value, (sum, u) => ({ mean: sum / weight[u], weight: weight[u] })).filter(
    (user) => user.weight > 0,
  );
  const lowest = each.sort((a, b) => a.mean - b.mean).slice(0, Math.max(1, Math.ceil(each.length / 10)));
  return lowest.reduce((sum, user) => sum + user.mean, 0) / lowest.length;
}

/** P(|Z| > z) of a standard normal Z. */
function tail(z: number): number {
  return 2 * jstat.normal.cdf(-z, 0, 1);
}
