// New users of a frozen PAL-A on jax-js, all at once: Newton's method on the simplex, two jitted functions driven by a loop here.
import { jit, nn, numpy as np, tree } from "@jax-js/jax";

const MOST_STEPS = 60;
const MOST_HALVINGS = 30;

/** @returns a function that gives the weights [U, K] from the features */
export function createAdaptation({ concentration, tolerance }, data, parameters) {
  const prior = concentration - 1;
  const users = data.users.length;
  const k = parameters.get("user_learner.P").length / (data.items.features.length / data.items.ids.length);
  const items = np.array(data.items.features.slice()).reshape([data.items.ids.length, -1]);
  const map = np
    .array(parameters.get("item_learner.projector.mlp.layers.0.weight").slice())
    .reshape([-1, items.shape[1]]);
  const prototypes = np.array(parameters.get("user_learner.P").slice()).reshape([k, -1]);
  const given = {
    items,
    map,
    prototypes,
    left: np.array(data.left.slice()),
    right: np.array(data.right.slice()),
    label: np.array(Float32Array.from(data.label)).reshape([users, -1, 1]),
  };
  const agreementOf = jit((table) => agreement(table, users, k));
  const step = jit((a, w) => newtonStep(a, w, { prior, k, tolerance }));
  const search = jit((a, state) => tryLength(a, state, prior));
  return {
    weights: () => {
      const a = agreementOf(tree.ref(given));
      let w = np.full([users, k], 1 / k);
      let value = objective(a.ref, w.ref, prior);
      for (let i = 0; i < MOST_STEPS; i++) {
        let [direction, slope, length, moving] = step(a.ref, w.ref);
        if (moving.item() === 0) {
          tree.dispose([direction, slope, length]);
          break;
        }
        for (let halving = 0; ; halving++) {
          const [trial, after, shorter, worse] = search(
            a.ref,
            tree.ref({ w, direction, slope, length, value }),
          );
          length.dispose();
          length = shorter;
          if (worse.item() === 0 || halving === MOST_HALVINGS) {
            tree.dispose([w, value, direction, slope, length]);
            [w, value] = [trial, after];
            break;
          }
          tree.dispose([trial, after]);
        }
      }
      tree.dispose([a, value]);
      return w.dataSync();
    },
    dispose: () => tree.dispose(given),
  };
}

/** label · score of each comparison under each prototype alone, [users, comparisons, K]. */
function agreement({ items, map, prototypes, left, right, label }, users, k) {
  const f = (x) => np.matmul(x, np.transpose(map.ref));
  const [l, r] = [left, right].map((index) => f(np.take(items.ref, index, 0)));
  const points = np.transpose(f(prototypes));
  const difference = l.ref.sub(r.ref);
  const own = difference.ref.mul(l.add(r)).sum(1, { keepdims: true });
  tree.dispose([items, map]);
  return label.mul(own.sub(np.matmul(difference, points).mul(2)).reshape([users, -1, k]));
}

function scoresOf(a, w) {
  return a.mul(np.expandDims(w, 1)).sum(2);
}

function objective(a, w, prior) {
  return nn.softplus(scoresOf(a, w.ref).mul(-1)).sum(1).sub(np.log(w).sum(1).mul(prior));
}

/** @returns direction, slope, the longest step inside the simplex, and whether anybody moves */
function newtonStep(a, w, { prior, k, tolerance }) {
  const miss = nn.sigmoid(scoresOf(a.ref, w.ref).mul(-1));
  const gradient = np.divide(-prior, w.ref).sub(a.ref.mul(np.expandDims(miss.ref, 2)).sum(1));
  const curvature = np.expandDims(miss.ref.mul(np.subtract(1, miss)), 2);
  const column = (x, j) => x.ref.slice([], [], j);
  const hessian = Array.from({ length: k }, (_, i) =>
    Array.from({ length: k }, (_, j) => {
      const shared = column(a, i)
        .mul(column(a, j))
        .mul(curvature.ref.slice([], [], 0))
        .sum(1);
      return i === j ? shared.add(np.divide(prior, np.square(w.ref.slice([], i)))) : shared;
    }),
  );
  tree.dispose([a, curvature]);
  const g = Array.from({ length: k }, (_, i) => gradient.ref.slice([], i));
  const [x, y] = solve(hessian, [g, g.map((part) => np.onesLike(part.ref))]);
  const total = (parts) => parts.map((part) => part.ref).reduce((sum, part) => sum.add(part));
  const multiplier = total(x).div(total(y));
  const direction = np.stack(
    x.map((part, i) => multiplier.ref.mul(y[i]).sub(part)),
    1,
  );
  multiplier.dispose();
  const slope = direction.ref.mul(gradient).sum(1);
  const moves = np.less(slope.ref, -2 * tolerance);
  const room = np.where(np.less(direction.ref, 0), w.mul(-0.99).div(direction.ref), 1);
  const length = np.where(moves.ref, np.minimum(np.min(room, 1), 1), 0);
  return [direction, slope, length, moves.astype(np.float32).sum()];
}

/** Gaussian elimination, unrolled: `matrix` is K x K and every right side K arrays of one number a user. */
function solve(matrix, sides) {
  const k = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...sides.map((side) => side[i])]);
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const factor = rows[j][i].div(rows[i][i].ref);
      for (let c = i + 1; c < rows[j].length; c++)
        rows[j][c] = rows[j][c].sub(factor.ref.mul(rows[i][c].ref));
      factor.dispose();
    }
  }
  return sides.map((_, side) => {
    const found = [];
    for (let i = k - 1; i >= 0; i--) {
      let rest = rows[i][k + side];
      for (let j = i + 1; j < k; j++) rest = rest.sub(rows[i][j].ref.mul(found[j].ref));
      found[i] = rest.div(rows[i][i].ref);
    }
    return found;
  });
}

/** One length of the line search: those for whom it is too long get half of it. */
function tryLength(a, { w, direction, slope, length, value }, prior) {
  const trial = w.add(direction.mul(np.expandDims(length.ref, 1)));
  const after = objective(a, trial.ref, prior);
  const worse = np.greater(after.ref, value.add(slope.mul(length.ref).mul(1e-4)));
  const shorter = np.where(worse.ref, length.ref.mul(0.5), length);
  return [trial, after, shorter, worse.astype(np.float32).sum()];
}
