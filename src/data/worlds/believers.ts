import {
  checkArray,
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumbers,
  checkObject,
  exp,
  InputError,
  list,
  randomStream,
} from "../../core/index.js";
import { valueIteration } from "./grid.js";
import { CELL_KINDS, slipperyGrid, type SlipperyGrid } from "./slippery.js";
import { checkSize, SIZE_KEYS, twoOf, worldOf, type World, type WorldSize } from "./world.js";

/** Options of {@link believers}. */
export interface BelieversOptions extends WorldSize {
  /** Lines of marks, as {@link slipperyGrid} takes them. */
  readonly lines?: readonly string[];
  /** What each kind of people takes the chance to slip to be, 0-1; default [0, 0.5]. */
  readonly believed?: readonly number[];
  /** What arriving in a cell of each kind is worth, in the order of {@link CELL_KINDS}: one row for all kinds of people (default {@link GARDEN_WEIGHTS}), or one for each. */
  readonly weights?: readonly (readonly number[])[];
  /** Log odds of an answer for a difference of 1 in what moves are worth, default 4. */
  readonly slope?: number;
}

/** Ratings of moves on a scale, as `policies.fitBeliefs` takes them. */
export interface RatedMoves {
  readonly users: readonly string[];
  readonly user: Int32Array;
  readonly state: Int32Array;
  readonly move: Int32Array;
  readonly rating: Float64Array;
  readonly scale: readonly [low: number, high: number];
}

/** People who judge moves in a grid by what they believe of it. */
export interface BelieversWorld extends World {
  readonly grid: SlipperyGrid;
  /** What each move is worth to each kind, row-major [M, S, A]. */
  readonly values: Float64Array;
  /** The state and the move of each item. */
  readonly moveOf: readonly (readonly [state: number, move: number])[];
  /** Whole ratings from 1 to 10 of moves drawn at random, so many of each user. */
  ratings(each: number, seed: number): RatedMoves;
}

/** What people of {@link believers} value by default: grass, flowers, mud, pit, goal. */
export const GARDEN_WEIGHTS: readonly number[] = [-0.3, 0.2, -0.6, -1, 1];

const GAMMA = 0.9;
const [SCALE, MIDDLE, STEPS_OF_WORTH, NOISE] = [[1, 10] as const, 5.5, 2.25, 1];

/**
 * People who see a robot move in a grid, and say which of two moves is better: a move is worth what it leads to if the robot goes on well, in the world that they
 * *believe* it moves in, where steps slip aside with a chance. Kinds of people differ in that belief, in what they value, or in both. An item is a move in a
 * state; its features are the kind of the cell that it means to reach, how many pits are beside that cell, and how many steps the goal is away from it, over 10.
 * @source after Gong and Zhang 2020 (GeReL), of which we had the abstract: the grid is ours
 * @throws InputError for a chance outside 0-1, weights of another number of kinds, or a grid without a goal
 */
export function believers(options: BelieversOptions): BelieversWorld {
  checkKeys("believers", options, [...SIZE_KEYS, "lines", "believed", "weights", "slope"]);
  checkSize("believers", options);
  const { lines, believed = [0, 0.5], weights = [GARDEN_WEIGHTS], slope = 4 } = options;
  checkNumber("believers: slope", slope, { above: 0 });
  const grid = slipperyGrid(lines);
  const kinds = kindsOf(believed, weights);
  const values = Float64Array.from(kinds.flatMap(({ slip, worth }) => [...moveValues(grid, worth, slip)]));
  const moves = grid.states * grid.actions;
  const moveOf = Array.from(
    { length: moves },
    (_, i) => [Math.floor(i / grid.actions), i % grid.actions] as const,
  ).filter(([state]) => !grid.ends.includes(state));
  const worthOf = (kind: number, item: number): number => {
    const [state, move] = moveOf[item];
    return values[kind * moves + state * grid.actions + move];
  };
  const world = worldOf(options, {
    name: "believers",
    kinds: kinds.map(({ name }) => name),
    items: {
      ids: moveOf.map(
        ([state, move]) => `${NAMES[move]} from row ${grid.row[state] + 1}, column ${grid.column[state] + 1}`,
      ),
      features: moveFeatures(grid, moveOf),
    },
    question: (rng) => twoOf(rng, moveOf.length),
    probability: (kind, left, right) => 1 / (1 + exp(slope * (worthOf(kind, left) - worthOf(kind, right)))),
    settings: {
      lines: [...(lines ?? [])],
      believed: [...believed],
      weights: weights.map((row) => [...row]),
      slope,
    },
  });
  const ratings = (each: number, drawn: number): RatedMoves => {
    checkInteger("believers: ratings", each, { min: 1 });
    checkInteger("believers: seed of ratings", drawn);
    const rng = randomStream(drawn).split("ratings");
    const count = each * world.kindOf.length;
    const items = Int32Array.from({ length: count }, () => rng.integer(moveOf.length));
    const user = items.map((_, i) => Math.floor(i / each));
    return {
      ...{ users: world.data.users, user, scale: SCALE },
      state: items.map((item) => moveOf[item][0]),
      move: items.map((item) => moveOf[item][1]),
      rating: Float64Array.from(items, (item, i) => {
        const felt = MIDDLE + STEPS_OF_WORTH * worthOf(world.kindOf[user[i]], item) + NOISE * rng.normal();
        return Math.min(SCALE[1], Math.max(SCALE[0], Math.round(felt)));
      }),
    };
  };
  return { ...world, grid, values, moveOf, ratings };
}

const NAMES = ["up", "down", "left", "right"];

/**
 * What each move is worth, row-major [S, A], where arriving is worth the weight of the cell's kind and steps slip with a chance, 0-1.
 * @throws InputError for what is no grid, weights of another number of kinds, or a chance outside 0-1
 */
export function moveValues(grid: SlipperyGrid, weights: ArrayLike<number>, slip: number): Float64Array {
  const parts = ["states", "actions", "next", "slips", "kindOf", "ends"];
  checkObject("moveValues: grid", grid, parts, "a grid, as slipperyGrid makes it");
  checkNumbers("moveValues: weights", weights);
  if (weights.length !== CELL_KINDS.length)
    throw new InputError(
      `moveValues: weights must be ${CELL_KINDS.length} numbers, for ${list(CELL_KINDS)}, got ${weights.length}`,
    );
  checkNumber("moveValues: slip", slip, { min: 0, max: 1 });
  const reward = Float64Array.from(grid.kindOf, (kind) => weights[kind]);
  return valueIteration(grid, reward, {
    ...{ gamma: GAMMA, ends: grid.ends, slips: { chance: slip, to: grid.slips } },
  }).move;
}

interface Kind {
  readonly name: string;
  readonly slip: number;
  readonly worth: readonly number[];
}

function kindsOf(believed: readonly number[], weights: readonly (readonly number[])[]): Kind[] {
  checkArray("believers: believed", believed, "an array of chances, one for each kind of people");
  checkArray("believers: weights", weights, "an array of rows of weights");
  believed.forEach((slip, kind) =>
    checkNumber(`believers: what kind ${kind + 1} takes the chance to slip to be`, slip, { min: 0, max: 1 }),
  );
  if (believed.length === 0 || (weights.length !== 1 && weights.length !== believed.length))
    throw new InputError(
      `believers: weights must be one row, or one for each of ${believed.length} kinds of people (at least 1), got ${weights.length}`,
    );
  for (const row of weights)
    if (row.length !== CELL_KINDS.length || !row.every(Number.isFinite))
      throw new InputError(
        `believers: each row of weights must have a number for ${list(CELL_KINDS)}, got ${list(row.map(String))}`,
      );
  return believed.map((slip, kind) => ({
    name: `believes ${slip}${weights.length > 1 ? `, taste ${kind + 1}` : ""}`,
    ...{ slip, worth: weights[weights.length === 1 ? 0 : kind] },
  }));
}

/** Features of moves by the cell that they mean to reach. */
function moveFeatures(
  grid: SlipperyGrid,
  moveOf: readonly (readonly [state: number, move: number])[],
): Float32Array {
  const { states, actions, next, kindOf, ends } = grid;
  const isGoal = (cell: number): boolean => CELL_KINDS[kindOf[cell]] === "goal";
  const isPit = (cell: number): boolean => CELL_KINDS[kindOf[cell]] === "pit";
  const away = Float64Array.from({ length: states }, (_, cell) => (isGoal(cell) ? 0 : Infinity));
  for (let round = 0; round < states; round++)
    for (let cell = 0; cell < states; cell++)
      if (!ends.includes(cell))
        for (let a = 0; a < actions; a++)
          away[cell] = Math.min(away[cell], 1 + away[next[cell * actions + a]]);
  return Float32Array.from(
    moveOf.flatMap(([state, move]) => {
      const cell = next[state * actions + move];
      const beside = new Set(next.subarray(cell * actions, (cell + 1) * actions));
      beside.delete(cell);
      return [
        ...CELL_KINDS.map((_, kind) => (kindOf[cell] === kind ? 1 : 0)),
        [...beside].filter(isPit).length,
        Math.min(away[cell], states) / 10,
      ];
    }),
  );
}
