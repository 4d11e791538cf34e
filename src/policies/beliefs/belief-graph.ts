import { checkInteger, checkNumber, checkObject, InputError } from "../../core/index.js";
import { createGraphRun, type GraphRun, type GraphSources } from "../../engine/index.js";
import type { Node } from "../../graph/index.js";
import { movePlaces, softMoveValues, type SoftSweeps } from "./soft-values.js";

/** Cells of kinds, and moves that may slip, as `slipperyGrid` makes them. */
export interface BeliefGrid {
  readonly states: number;
  readonly actions: number;
  /** State after each move, row-major [S, A]; and the states it slips to, row-major [S, A, L]. */
  readonly next: Int32Array;
  readonly slips: Int32Array;
  /** The kind of each cell, [S]: arriving is worth the weight of its kind. */
  readonly kindOf: Int32Array;
  /** States that are left no more. */
  readonly ends: readonly number[];
}

/** @throws InputError naming `caller` for what is no grid */
export function checkGrid(caller: string, grid: BeliefGrid): void {
  const parts = ["states", "actions", "next", "slips", "kindOf", "ends"];
  checkObject(`${caller}: grid`, grid, parts, "a grid, as worlds.slipperyGrid makes it");
  const moves = grid.states * grid.actions;
  if (grid.next.length !== moves || grid.slips.length % moves !== 0 || grid.slips.length === 0)
    throw new InputError(
      `${caller}: grid must have a next state and as many slips for each of ${moves} moves, got ${grid.next.length} and ${grid.slips.length}`,
    );
}

/** Who shares what: for each of G groups of people the row of their weights and of their belief. */
export interface BeliefSharing {
  readonly weightsOf: Int32Array;
  /** Absent where the chance of slipping is given. */
  readonly beliefOf?: Int32Array;
  /** That chance, where it is given. */
  readonly slip?: number;
}

/** Sizes of a {@link beliefGraph}. */
export interface BeliefSizes extends SoftSweeps, BeliefSharing {
  readonly kinds: number;
  /** Draws of weights and beliefs from their posterior, for each group. */
  readonly samples: number;
}

/** What is thought of slipping before anybody rates: ln of the odds is normal with this mean and ln of this variance. */
export const SLIP_PRIOR: readonly [mean: number, logVariance: number] = [-1.5, Math.log(2.25)];

const ONE = { dropout: 0 } as const;

/**
 * The graph from posteriors to values: "weights" (m, v), [W, 2 F], and "beliefs" (m, v) of ln of the odds to slip, [B, 2], are drawn with the noise that is set,
 * a column for each draw of each group, draws of the first group first; each column's soft move values are the result, [S A, G M]. Beside it is the posteriors' KL to
 * their priors, standard normal weights and {@link SLIP_PRIOR}. A pass: `set` the posteriors and "weights noise", [G M, F], and "beliefs noise", [G M], `forward`, `read`
 * "result"; then `set` "gradient result" and "gradient beside", `backward`, and `read` "gradient weights" and "gradient beliefs".
 * @throws InputError for what is no grid, or sizes out of their range
 */
export async function beliefGraph(grid: BeliefGrid, sizes: BeliefSizes): Promise<GraphRun> {
  checkGrid("beliefGraph", grid);
  checkSizes(sizes);
  const { weightsOf, beliefOf, kinds, samples, slip } = sizes;
  const moves = grid.states * grid.actions;
  const columns = weightsOf.length * samples;
  return createGraphRun("fitBeliefs", (sources) => {
    const { ops } = sources;
    const drawn = (name: string, of: Int32Array, width: number) => {
      const posterior = sources.trained(name, 1 + of.reduce((a, b) => Math.max(a, b), 0), 2 * width);
      const rows = ops.rows(
        posterior,
        sources.place(
          `${name} of`,
          Int32Array.from({ length: columns }, (_, i) => of[Math.floor(i / samples)]),
        ),
      );
      return { posterior, sample: ops.gaussianSample(rows, sources.input(`${name} noise`, columns, width)) };
    };
    const filled = (rows: number, width: number, value: number): Node =>
      ops.constant(rows, width, new Float32Array(rows * width).fill(value));
    const total = (rows: Node): Node => ops.matmul(filled(1, Number(rows.rows), 1), rows);
    const weights = drawn("weights", weightsOf, kinds);
    const arrived = ops.constant(grid.states, kinds, oneHot(grid.kindOf, kinds));
    const reward = ops.matmul(arrived, weights.sample, "transposed");
    const kl = total(ops.gaussianKl(weights.posterior, 1));
    const result = (chance: Node): Node =>
      softMoveValues(
        ops,
        { reward, slip: chance, goesOn: goingOn(sources, grid, columns) },
        placesOf(sources, grid),
        sizes,
      );
    if (beliefOf === undefined) return { result: result(filled(moves, columns, slip ?? 0)), beside: kl };
    const beliefs = drawn("beliefs", beliefOf, 1);
    // 1 / (1 + e^-x) = 1/2 + tanh(x / 2) / 2
    const half = ops.hidden(ops.scale(beliefs.sample, 0.5), { ...ONE, activation: "tanh" });
    const chance = ops.scale(ops.bias(half, filled(1, 1, 1)), 0.5);
    const prior = ops.constant(1, 2, Float32Array.from(SLIP_PRIOR));
    return {
      result: result(ops.matmul(filled(moves, 1, 1), chance, "transposed")),
      beside: ops.add(kl, total(ops.gaussianKl(beliefs.posterior, 1, prior))),
    };
  });
}

function checkSizes(sizes: BeliefSizes): void {
  const needed = ["kinds", "samples", "sweeps", "gamma", "temperature", "weightsOf"];
  checkObject("beliefGraph: sizes", sizes, needed, `an object { ${needed.join(", ")} }`);
  for (const key of ["kinds", "samples", "sweeps"] as const)
    checkInteger(`beliefGraph: ${key}`, sizes[key], { min: 1 });
  const { gamma, temperature, weightsOf, beliefOf, slip = 0 } = sizes;
  checkNumber("beliefGraph: gamma", gamma, { min: 0, below: 1 });
  checkNumber("beliefGraph: temperature", temperature, { above: 0 });
  checkNumber("beliefGraph: slip", slip, { min: 0, max: 1 });
  if (weightsOf.length === 0 || (beliefOf !== undefined && beliefOf.length !== weightsOf.length))
    throw new InputError(
      `beliefGraph: weightsOf and beliefOf must have a row for each group (at least 1), got ${weightsOf.length} and ${beliefOf?.length ?? 0}`,
    );
}

function placesOf({ place, sets }: GraphSources, grid: BeliefGrid) {
  const { next, slips, slipsFrom, stateOf, movesFrom } = movePlaces(grid, grid.slips);
  return {
    next: place("next", next),
    slips: place("slips", slips),
    slipsFrom: sets("slips from", slipsFrom),
    stateOf: place("state of", stateOf),
    movesFrom: sets("moves from", movesFrom),
  };
}

function goingOn({ ops }: GraphSources, { states, ends }: BeliefGrid, columns: number): Node {
  const values = new Float32Array(states * columns).fill(1);
  for (const end of ends) values.fill(0, end * columns, (end + 1) * columns);
  return ops.constant(states, columns, values);
}

function oneHot(kindOf: Int32Array, kinds: number): Float32Array {
  const values = new Float32Array(kindOf.length * kinds);
  kindOf.forEach((kind, state) => (values[state * kinds + kind] = 1));
  return values;
}
