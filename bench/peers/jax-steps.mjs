// A training step as one pure function of values, moments and rows, for `jit`. Arrays are owned by whom they are passed to: `.ref` keeps one.
import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** @returns a function of [values, first, second] and the rows of a batch; gives the loss, and the three anew */
export function trainingStep(spec, rates, once) {
  const { model } = spec;
  const scores = SCORES[model.kind];
  const loss = valueAndGrad((values, rows, tables) => {
    const score = scores(values, rows, { tables, once, k: model.k });
    const agreement = score.mul(rows.label.ref);
    const losses =
      model.loss === "hinge"
        ? np.maximum(agreement.mul(-1).add(model.margin), 0)
        : nn.softplus(agreement.mul(-1));
    tree.dispose([values, rows, tables]);
    return losses.mean();
  });
  return ([values, first, second], rows, tables, corrections) => {
    const [value, gradients] = loss(tree.ref(values), rows, tables);
    const moved = Object.keys(rates).map((name) => {
      const state = [values[name], gradients[name], first[name], second[name]];
      return [name, adam(state, rates[name], corrections)];
    });
    corrections.dispose();
    const part = (place) => Object.fromEntries(moved.map(([name, arrays]) => [name, arrays[place]]));
    return [value, [part(0), part(1), part(2)]];
  };
}

function adam([value, gradient, first, second], { rate, decay = 0 }, corrections) {
  const g = decay === 0 ? gradient : gradient.add(value.ref.mul(decay));
  const m = first.mul(BETA1).add(g.ref.mul(1 - BETA1));
  const v = second.mul(BETA2).add(np.square(g).mul(1 - BETA2));
  const root = np.sqrt(v.ref.mul(corrections.ref.slice(1))).add(EPSILON);
  return [value.sub(m.ref.mul(corrections.ref.slice(0)).mul(rate).div(root)), m, v];
}

/** |f(left) - f(Pw)|^2 - |f(right) - f(Pw)|^2, as the product of its factors; the points of all users, then those of the batch. */
function scoresOfA(values, { user, left, right }, { tables }) {
  const f = projector(values, "item_learner.projector");
  const weights = nn.softmax(values["user_learner.W"].ref, 1);
  const points = f(np.matmul(weights, values["user_learner.P"].ref));
  const point = rowsOf(points, user.ref);
  const [z, other] = [left, right].map((index) => f(np.take(tables.items.ref, index.ref, 0)));
  return z.ref
    .sub(other.ref)
    .mul(z.add(other).sub(point.mul(2)))
    .sum(1);
}

/** <f(right) - f(left), sum_k w_k g_k(context)>. `once`: whole tables through f and g, then the rows of the batch. */
function scoresOfB(values, { user, left, right, context }, { tables, once, k }) {
  const f = projector(values, "item_learner.projector");
  const encode = (map, table, index) =>
    once ? rowsOf(map(table.ref), index.ref) : map(np.take(table.ref, index.ref, 0));
  const weights = rowsOf(nn.softmax(values["user_learner.W"].ref, 1), user.ref);
  const directions = Array.from({ length: k }, (_, j) => {
    const g = projector(values, `user_learner.projectors.${j}`);
    const weight = weights.ref.slice([], [j, j + 1]);
    return encode(g, tables.contexts, context).mul(weight);
  });
  weights.dispose();
  const difference = encode(f, tables.items, right).sub(encode(f, tables.items, left));
  return difference.mul(directions.reduce((sum, part) => sum.add(part))).sum(1);
}

/** <w, V (right - left)>. */
function scoresOfLoRe(values, { user, left, right }, { tables }) {
  const basis = projector(values, "item_learner.projector");
  const [r, l] = [right, left].map((index) => np.take(tables.items.ref, index.ref, 0));
  const weights = rowsOf(nn.softmax(values["user_learner.W"].ref, 1), user.ref);
  return basis(r.sub(l)).mul(weights).sum(1);
}

const SCORES = { "pal-a": scoresOfA, "pal-b": scoresOfB, lore: scoresOfLoRe };

/** The linear layers under `prefix`, with relu between them. */
function projector(values, prefix) {
  const weights = Object.keys(values).filter(
    (name) => name.startsWith(`${prefix}.`) && name.endsWith(".weight"),
  );
  return (x) =>
    weights.reduce((input, name, layer) => {
      const linear = np.matmul(layer === 0 ? input : nn.relu(input), np.transpose(values[name].ref));
      const bias = values[name.replace(/weight$/, "bias")];
      return bias === undefined ? linear : linear.add(bias.ref);
    }, x);
}

/** Rows of what learns: as a product, because the gradient of `take` cannot be jitted (0.1.25). */
function rowsOf(table, index) {
  return np.matmul(nn.oneHot(index, table.shape[0]), table);
}
