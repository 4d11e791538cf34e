import { checkInteger, checkKeys, checkObject, checkOneOf, randomStream } from "../../core/index.js";
import { valueIteration, type Moves } from "./grid.js";
import { bySign, checkSize, SIZE_KEYS, twoOf, worldOf, type World, type WorldSize } from "./world.js";

/** `#` is a wall. The large maze of D4RL's point mass, 9 rows of 12. */
const MAZE = [
  "############",
  "#    #     #",
  "# ## # # # #",
  "#      #   #",
  "# #### ### #",
  "#  # #     #",
  "## # # # ###",
  "#  #   #   #",
  "############",
];

/** A maze of cells: where one can stand, and where each move leads. */
export interface Maze extends Moves {
  /** Row and column of each free cell, shape [S]. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly rows: number;
  readonly columns: number;
  /** The free cell at a place, or -1 for a wall. */
  at(row: number, column: number): number;
}

/** Up, down, left, right, and staying where one is. */
const STEPS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [0, 0],
] as const;

/** The maze as a table: its free cells are states; the moves are up, down, left, right and staying; a move into a wall stays. */
export function largeMaze(): Maze {
  const cells = MAZE.flatMap((line, row) =>
    [...line].flatMap((mark, column) => (mark === "#" ? [] : [[row, column] as const])),
  );
  const index = new Map(cells.map(([row, column], cell) => [row * MAZE[0].length + column, cell]));
  const at = (row: number, column: number): number => index.get(row * MAZE[0].length + column) ?? -1;
  const next = cells.flatMap(([row, column], cell) =>
    STEPS.map(([down, across]) => {
      const to = at(row + down, column + across);
      return to < 0 ? cell : to;
    }),
  );
  return {
    states: cells.length,
    actions: STEPS.length,
    next: Int32Array.from(next),
    row: Int32Array.from(cells, ([row]) => row),
    column: Int32Array.from(cells, ([, column]) => column),
    rows: MAZE.length,
    columns: MAZE[0].length,
    at,
  };
}

/** Options of {@link mazeWorld}. */
export interface MazeOptions extends WorldSize {
  /** Users want to get to one of 2 goals (default) or of 10. */
  readonly goals?: 2 | 10;
  /** Positions that questions are about, default 2000: a cell and where in it. */
  readonly positions?: number;
}

/** A maze whose users each want to get to one of its goals. */
export interface MazeWorld extends World {
  readonly maze: Maze;
  /** The cell of each kind's goal, shape [M]. */
  readonly goals: readonly number[];
  /** How good each cell is for each kind, 0-1, row-major [M, S]: the value of the shortest way, 1 at the goal. */
  readonly values: Float64Array;
  /** The cell of each item. */
  readonly cellOf: Int32Array;
}

const TWO_GOALS = [
  [7, 1],
  [7, 10],
] as const;
const TEN_GOALS = [
  ...TWO_GOALS,
  ...([
    [1, 1],
    [1, 10],
    [3, 5],
    [5, 8],
    [1, 6],
    [5, 1],
    [3, 9],
    [7, 5],
  ] as const),
];

/**
 * Users are asked which of two places in a maze is better; each has a goal, and the place from which it is nearer wins. An item's features are its
 * row and column over 8 and 11, up to half a cell beside its cell's centre.
 * @source VPL, Maze-Navigation (the authors' code uses this maze and the two goals; the ten are ours); values by tabular value iteration, gamma 0.99
 * @throws InputError
 */
export function mazeWorld(options: MazeOptions): MazeWorld {
  checkKeys("mazeWorld", options, [...SIZE_KEYS, "goals", "positions"]);
  checkSize("mazeWorld", options);
  const { seed, goals: count = 2, positions = 2000 } = options;
  checkOneOf("mazeWorld: goals", String(count), ["2", "10"]);
  checkInteger("mazeWorld: positions", positions, { min: 2 });
  const maze = largeMaze();
  const goals = (count === 2 ? TWO_GOALS : TEN_GOALS).map(([row, column]) => maze.at(row, column));
  const values = Float64Array.from(goals.flatMap((goal) => [...goalValues(maze, goal)]));
  const rng = randomStream(seed).split("maze positions");
  const cellOf = Int32Array.from({ length: positions }, () => rng.integer(maze.states));
  const features = Float32Array.from({ length: 2 * positions }, (_, i) => {
    const cell = cellOf[i >> 1];
    const beside = rng.uniform() - 0.5;
    return i % 2 === 0
      ? (maze.row[cell] + beside) / (maze.rows - 1)
      : (maze.column[cell] + beside) / (maze.columns - 1);
  });
  const world = worldOf(options, {
    name: `maze, ${count} goals`,
    kinds: goals.map((goal) => `goal at row ${maze.row[goal]}, column ${maze.column[goal]}`),
    items: { ids: Array.from(cellOf, (_, i) => `place-${i}`), features },
    question: (stream) => twoOf(stream, positions),
    probability: (kind, left, right) =>
      bySign(values[kind * maze.states + cellOf[right]] - values[kind * maze.states + cellOf[left]]),
    settings: { goals: count, positions },
  });
  return { ...world, maze, goals, values, cellOf };
}

/** Features of the centre of every free cell, row-major [S, 2]: what {@link mazeWorld}'s items have. */
export function cellFeatures(maze: Maze): Float32Array {
  checkObject("cellFeatures: maze", maze, ["states", "row", "column"], "a maze, as largeMaze makes it");
  return Float32Array.from({ length: 2 * maze.states }, (_, i) =>
    i % 2 === 0 ? maze.row[i >> 1] / (maze.rows - 1) : maze.column[i >> 1] / (maze.columns - 1),
  );
}

const GAMMA = 0.99;

/** Discounted visits to a goal, where one stays, under the best policy; from 0 at the cell farthest away to 1 at the goal. */
function goalValues(maze: Maze, goal: number): Float64Array {
  const reward = Float64Array.from({ length: maze.states }, (_, cell) => (cell === goal ? 1 : 0));
  const { state } = valueIteration(maze, reward, { gamma: GAMMA });
  const visits = state.map((value, cell) => reward[cell] + GAMMA * value);
  const [least, most] = [Math.min(...visits), Math.max(...visits)];
  return visits.map((value) => (value - least) / (most - least));
}
