import { checkInteger, log, logSigmoid, randomStream, type RandomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import {
  columnsOf,
  designRows,
  scalingOf,
  scalingSpecs,
  scalingValues,
  trainedScaling,
  type Design,
} from "../design/linear-design.js";
import { problemOf, type Problem } from "../design/problem.js";
import { dot } from "../design/rows.js";
import type { OwnMethod } from "../own-method.js";
import { valuesOf, type DataSizes, type Parameters, type ParameterSpec } from "../parameters.js";
import { normalise, sigmoid } from "./logistic.js";

/** Where the belief of trained users is kept. */
export const BELIEF = "belief";
const NAMES = { means: "means", shares: "shares", belief: BELIEF };
/** Keeps log odds finite. */
const LEAST_PROBABILITY = 1e-12;

/** A family whose users are a belief over points of the simplex of K types or prototypes, with utilities linear in a design. */
export interface BeliefFamily extends Design {
  readonly k: number;
  /** Points, row-major [G, K]. */
  readonly grid: Float64Array;
  /** Utilities, row-major [K, D]; shares of the points, [G]; belief of each user, row-major [U, G]. */
  fit(
    problem: Problem,
    rng: RandomStream,
  ): { readonly means: Float64Array; readonly shares: Float64Array; readonly belief: Float64Array };
}

/** The corners of the simplex of K, row-major [K, K]: of users who are wholly of one type. */
export function corners(k: number): Float64Array {
  return Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
}

/** What such a family learns. @throws InputError for too many columns */
export function beliefParameters(family: BeliefFamily, sizes: DataSizes): ParameterSpec[] {
  const { k, grid } = family;
  const init = { kind: "constant", value: 0 } as const;
  const points = grid.length / k;
  return [
    { name: NAMES.means, shape: [k, columnsOf(sizes, family)], group: "tables", init },
    { name: NAMES.shares, shape: [points], group: "weights", init },
    ...scalingSpecs(sizes),
    { name: NAMES.belief, shape: [sizes.users, points], group: "weights", init, per: "user" },
  ];
}

/** How such a family is fitted, scored and asked about new users. */
export function beliefMethod(family: BeliefFamily, stream: string): OwnMethod {
  const { name, k, grid } = family;
  const points = grid.length / k;
  return {
    fit(data: PreferenceData, _: DataSizes, seed: number): Parameters {
      checkInteger("fit: seed", seed);
      const scaling = scalingOf(data);
      const mean = designRows(data, scaling, family);
      const problem = problemOf({ mean, own: mean }, { ...data, users: data.users.length });
      const { means, shares, belief } = family.fit(problem, randomStream(seed).split(stream));
      return new Map([
        [NAMES.means, Float32Array.from(means)],
        [NAMES.shares, Float32Array.from(shares)],
        ...scalingValues(scaling),
        [NAMES.belief, Float32Array.from(belief)],
      ]);
    },
    scores(trained: Parameters, pairs: Pairs, { user, states }): Float32Array {
      const odds = oddsOf(trained, pairs);
      return Float32Array.from(user, (who, row) => {
        let [right, left] = [LEAST_PROBABILITY, LEAST_PROBABILITY];
        for (let g = 0; g < points; g++) {
          const s = oddsAt(odds, row, g);
          right += states[who * points + g] * sigmoid(s);
          left += states[who * points + g] * sigmoid(-s);
        }
        return log(right / left);
      });
    },
    infer(trained: Parameters, data: PreferenceData): Float32Array {
      const odds = oddsOf(trained, data);
      const shares = valuesOf(trained, NAMES.shares, name);
      const logs = Float64Array.from({ length: data.users.length * points }, (_, i) =>
        log(shares[i % points]),
      );
      data.user.forEach((who, row) => {
        const weight = data.weight?.[row] ?? 1;
        for (let g = 0; g < points; g++)
          logs[who * points + g] += weight * logSigmoid(data.label[row] * oddsAt(odds, row, g));
      });
      const states = new Float64Array(logs.length);
      for (let at = 0; at < logs.length; at += points) normalise(logs.subarray(at, at + points), states, at);
      return Float32Array.from(states);
    },
  };

  /** Log odds of "right" under each type, row-major [N, K]. */
  function oddsOf(trained: Parameters, pairs: Pairs): Float64Array {
    const rows = designRows(pairs, trainedScaling(trained, name), family);
    const means = valuesOf(trained, NAMES.means, name);
    return Float64Array.from({ length: pairs.left.length * k }, (_, i) =>
      dot(rows, Math.floor(i / k), means, (i % k) * rows.width),
    );
  }

  /** Log odds of "right" at a point. */
  function oddsAt(odds: Float64Array, row: number, g: number): number {
    let s = 0;
    for (let j = 0; j < k; j++) s += grid[g * k + j] * odds[row * k + j];
    return s;
  }
}
