import { ones, routesOf, statesOf, summed, type Given } from "./forward.js";

/** As in the authors' code: no logarithm of 0. */
const SMALL = 1e-8;

/**
 * What keeps decisions from sending all states one way, for each item-row pair of comparisons, [B, 1]: at each node -lambda / 2 (ln a + ln(1 - a)), a
 * the mean chance of one way over the states that get there, and lambda halving with each level above the last.
 * @source Frosst and Hinton 2017; over single states as the authors of reward trees released it, where a is the state's own chance
 */
export function balanceOf<T, I>(
  given: Given<T, I>,
  items: T,
  { left, right }: { readonly left: I; readonly right: I },
): T {
  const { ops, settings } = given;
  const both = (x: T): T => ops.add(ops.rows(x, left), ops.rows(x, right));
  if (settings.balanceOver === "state")
    return ops.scale(both(summed(given, ofStates(given, items), 1)), 0.5 / settings.states);
  const { reach } = routesOf(given, statesOf(given, items));
  const levels = reach.map((ways, level) => {
    const nodes = settings.k * 2 ** level;
    const sums = both(summed(given, ways, 2 * nodes));
    const [first, second] = [ops.columns(sums, 0, nodes), ops.columns(sums, nodes, 2 * nodes)];
    const shares = ops.subtract(
      ops.add(logOf(given, first, nodes), logOf(given, second, nodes)),
      ops.scale(logOf(given, ops.add(first, second), nodes), 2),
    );
    return ops.matmul(shares, ops.constant(nodes, 1, weightsOf(given, level)));
  });
  return levels.reduce((sum, level) => ops.add(sum, level));
}

/** Of each state, [n, 1]. */
function ofStates<T, I>(given: Given<T, I>, items: T): T {
  const { ops, settings } = given;
  const nodes = settings.k * (2 ** settings.depth - 1);
  const { first, second } = routesOf(given, statesOf(given, items));
  const weights = Array.from({ length: settings.depth }, (_, level) => [...weightsOf(given, level)]).flat();
  const logs = ops.add(logOf(given, first, nodes), logOf(given, second, nodes));
  return ops.matmul(logs, ops.constant(nodes, 1, Float32Array.from(weights)));
}

function logOf<T, I>({ ops }: Given<T, I>, x: T, columns: number): T {
  const bias = ops.constant(1, columns, ones(columns).fill(SMALL));
  return ops.hidden(x, { bias, activation: "log", dropout: 0 });
}

/** -lambda / 2 for each node of a level. */
function weightsOf<T, I>({ settings }: Given<T, I>, level: number): Float32Array {
  const { k, depth, balance } = settings;
  return new Float32Array(k * 2 ** level).fill((-balance * 2 ** (level + 1 - depth)) / 2);
}
