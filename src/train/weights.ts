import { hasPrototypes, NAMES, type Model, type Parameters } from "../model/index.js";

/** Users' weights on the simplex, shape [U, K], from their free vectors v: softmax(v), or the heaviest prototype alone in a partition. */
export function simplexWeights(model: Model, free: Float32Array): Float32Array {
  const k = hasPrototypes(model) ? model.k : 1;
  const weights = new Float32Array(free.length);
  for (let row = 0; row < free.length; row += k) {
    const top = free.subarray(row, row + k).reduce((a, b) => Math.max(a, b));
    let total = 0;
    for (let j = row; j < row + k; j++) total += Math.exp(free[j] - top);
    for (let j = row; j < row + k; j++) weights[j] = Math.exp(free[j] - top) / total;
  }
  if (hasPrototypes(model) && model.assignment === "partition") hardenRows(weights, k);
  return weights;
}

/** The weights of all users that a model was trained on; one weight of 1 each where the model has no prototypes. */
export function trainedWeights(model: Model, parameters: Parameters, users: number): Float32Array {
  const free = parameters.get(NAMES.weights);
  return free === undefined ? new Float32Array(users).fill(1) : simplexWeights(model, free);
}

function hardenRows(weights: Float32Array, k: number): void {
  for (let row = 0; row < weights.length; row += k) {
    const values = weights.subarray(row, row + k);
    const heaviest = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
    values.fill(0);
    values[heaviest] = 1;
  }
}
