import { CART_POLE_VARIABLES } from "../../../data/worlds/index.js";
import { rootVariable, treeRewards, treeSlopes, type Tree } from "../../../families/index.js";

/** What of a tree goes into a record: whose weight is largest at the root, and each variable's share of the root's weights and of the reward's slope. */
export function treeMeasures(tree: Tree, states: Float64Array): { readonly [name: string]: number } {
  const measures: Record<string, number> = { root: rootVariable(tree) };
  const shares = (name: string, values: ArrayLike<number>): void => {
    const sizes = Array.from(values, Math.abs);
    const sum = sizes.reduce((a, b) => a + b, 0);
    sizes.forEach((size, j) => (measures[`${name} ${CART_POLE_VARIABLES[j]}`] = sum === 0 ? 0 : size / sum));
  };
  shares("root", tree.nodes[0].weights);
  shares("slope", treeSlopes(tree, states));
  return measures;
}

/** Cells of a picture in each direction, and how far it goes: metres and radians. */
const [CELLS, FAR, LEANT] = [25, 3.2, 0.42];

/**
 * A tree in the plane of cart position and pole angle, where nothing moves: rewards of cells (rows are angles), where each plane cuts it (weights of
 * position and angle and the bias, in metres and radians), and where each leaf is likeliest, with its reward; NaN where it nowhere is.
 */
export function treePicture(tree: Tree, units: Float64Array): { readonly [name: string]: readonly number[] } {
  const along = (far: number): number[] =>
    Array.from({ length: CELLS }, (_, i) => round((far * (2 * i + 1 - CELLS)) / CELLS, 4));
  const [positions, angles] = [along(FAR), along(LEANT)];
  const cells = angles.flatMap((angle) => positions.flatMap((x) => [x / units[0], 0, angle / units[2], 0]));
  const hard = treeRewards(tree, cells, "hard");
  const leaves = tree.leaves.flatMap(({ reward }) => {
    const own = [...hard.keys()].filter((cell) => hard[cell] === reward);
    const middle = (of: (cell: number) => number): number =>
      own.reduce((sum, cell) => sum + of(cell) / own.length, own.length === 0 ? NaN : 0);
    return [
      reward,
      middle((cell) => positions[cell % CELLS]),
      middle((cell) => angles[Math.floor(cell / CELLS)]),
    ];
  });
  return {
    ...{ positions, angles },
    rewards: Array.from(treeRewards(tree, cells), (value) => round(value, 3)),
    planes: tree.nodes.flatMap(({ weights, bias }) =>
      [weights[0] / units[0], weights[2] / units[2], bias].map((value) => round(value, 4)),
    ),
    leaves: leaves.filter((_, i) => !Number.isNaN(leaves[i - (i % 3) + 1])).map((value) => round(value, 3)),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
