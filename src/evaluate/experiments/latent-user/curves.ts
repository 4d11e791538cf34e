import type { Pairs } from "../../../data/index.js";
import type { DidacticWorld, World } from "../../../data/worlds/index.js";
import type { FittedModel } from "../../../train/index.js";

/** Places at which rewards of a world of numbers are drawn: 0 to 1. */
export const CURVE_STEPS = 41;
const PLACES = Array.from({ length: CURVE_STEPS }, (_, i) => i / (CURVE_STEPS - 1));

/** Each of those places against the first. */
export const ALONG_LINE: Pairs = {
  items: { ids: PLACES.map((place) => `place ${place}`), features: Float32Array.from(PLACES) },
  left: new Int32Array(CURVE_STEPS),
  right: Int32Array.from(PLACES.keys()),
};

/** Learned rewards of each kind of users beside the true ones. */
export interface LearnedCurves {
  /** Pearson correlation of learned and true reward over the places, averaged over kinds. */
  readonly correlation: number;
  /** Of kind m the learned reward `learned m` at each place, shape [41], from 0 at the left end. */
  readonly series: { readonly [name: string]: readonly number[] };
}

/** The reward of the mean state of each kind's users, along numbers from 0 to 1; undefined in worlds that are about something else. */
export function curvesOf(fitted: FittedModel, world: World, states: Float32Array): LearnedCurves | undefined {
  if (!("reward" in world)) return undefined;
  const { reward } = world as DidacticWorld;
  const { k } = fitted;
  const learned = world.kinds.map((_, kind) => {
    const users = [...world.kindOf.keys()].filter((user) => world.kindOf[user] === kind);
    const mean = Float32Array.from({ length: k }, (__, j) =>
      users.reduce((sum, user) => sum + states[user * k + j] / users.length, 0),
    );
    return [...fitted.scores(ALONG_LINE, { weights: mean })];
  });
  const correlations = learned.map((curve, kind) =>
    pearson(
      curve,
      PLACES.map((place) => reward(kind, place)),
    ),
  );
  return {
    correlation: correlations.reduce((sum, value) => sum + value / correlations.length, 0),
    series: Object.fromEntries(
      learned.map((curve, kind) => [`learned ${kind}`, curve.map((x) => Number(x.toPrecision(5)))]),
    ),
  };
}

/** The correlation of two lists of numbers. */
export function pearson(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value / n, 0));
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
