import type { RandomStream } from "../../../core/index.js";
import { believers, GARDEN_WEIGHTS } from "../../../data/worlds/index.js";

/** What the two kinds of people take the chance that a step slips to be. */
const BELIEVED = [0, 0.5];
/** Log odds for a difference of 1 in what moves are worth; and how far weights lie from those of the garden. */
const [SLOPE, SPREAD] = [4, 0.15];

/** So many moves of the garden, evenly among all, with what each kind of people finds them worth, in log odds. */
function moves(count: number, weights: readonly number[]) {
  const size = { users: 1, comparisonsPerUser: 1, seed: 1 };
  const { data, grid, moveOf, values } = believers({ ...size, believed: BELIEVED, weights: [weights] });
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * moveOf.length) / count));
  const { features = new Float32Array() } = data.items;
  const width = features.length / moveOf.length;
  const worth = (kind: number, item: number): number => {
    const [state, move] = moveOf[chosen[item]];
    return SLOPE * values[(kind * grid.states + state) * grid.actions + move];
  };
  return {
    worth,
    features: Float32Array.from(
      chosen.flatMap((item) => [...features.subarray(item * width, (item + 1) * width)]),
    ),
  };
}

/** Features of a pool of moves, row-major [count, 7]. */
export function gardenFeatures(count: number): Float32Array {
  return moves(count, GARDEN_WEIGHTS).features;
}

/** What moves of the pool are worth to the kinds of people, who share values drawn around those of the garden. */
export function gardenUtility(rng: RandomStream, count: number): (kind: number, item: number) => number {
  const { worth } = moves(
    count,
    GARDEN_WEIGHTS.map((weight) => weight + SPREAD * rng.normal()),
  );
  return (kind, item) => worth(kind % BELIEVED.length, item);
}
