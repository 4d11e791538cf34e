// Floating point operations of a training step, in the cheapest way that we know: the floor of the table.

/** Of Adam for each parameter. */
const ADAM = 12;

/**
 * Floating point operations of a step of Model A on as many features as latent dimensions, in the cheapest way that we know: as a
 * quadratic form on features, Adam included. `users`: distinct ones of a batch, on average.
 */
export function palAOperations({ batch, d, k, users, parameters }) {
  const form = 6 * d ** 3;
  const points = 6 * users * d * k;
  const comparisons = batch * (4 * d * d + 9 * d);
  return form + points + comparisons + ADAM * parameters;
}

/** How many of `users` a batch has, on average. */
export function usersOfBatch(users, batch) {
  return users * (1 - (1 - 1 / users) ** batch);
}

/**
 * The same of Model B with one hidden layer on x responses and c prompts: the last layer of f sees one row a comparison or a
 * response, whichever are fewer.
 */
export function palBOperations({ batch, d, k, x, c, users }) {
  const product = 2 * d * d;
  const [lower, upper] = [2, 3]; // products a row: the lower layer needs no gradient of its inputs
  const responses = product * (lower * x + upper * Math.min(x, batch));
  const prompts = k * product * (lower + upper) * c;
  const mixture = batch * d * k * 6;
  const rewards = batch * d * 12;
  return responses + prompts + mixture + rewards + ADAM * ((k + 1) * 2 * (d * d + d) + users * k);
}

/** The same of LoRe: the basis sees the differences of features, a row a comparison, and needs no gradient of them. */
export function loreOperations({ batch, d, k, users }) {
  return batch * (d + 2 * 2 * d * k + 6 * k) + ADAM * (d * k + users * k);
}

/**
 * The same of VPL: the context's answers and both items of each target go through `depth` layers. The first layer needs no gradient of its inputs; the
 * decoder's last layer sees differences, a row a target.
 */
export function vplOperations({ sets, context, targets, width, depth, latent }) {
  const [answers, items] = [sets * context, 2 * sets * targets];
  const hidden = (rows) => 3 * (depth - 1) * 2 * width * width * rows;
  const encoder = 2 * 2 * 2 * width * answers + hidden(answers);
  const ofSets = 3 * 2 * sets * (width * width + width * 2 * latent);
  const decoder = 2 * 2 * width * items + 3 * 2 * latent * width * sets + hidden(items);
  const last = 3 * 2 * width * sets * targets;
  const parameters = (2 * depth - 1) * width * width + width * (2 * depth + 4 + 3 * latent) + 4 * latent;
  return encoder + ofSets + decoder + last + ADAM * parameters;
}

/** The same of reward trees with IL leaves: states need no gradient, and chances of leaves are summed over a snippet before they are multiplied by rewards. */
export function treeOperations({ snippets, states, d, k, depth, users, weights }) {
  const [nodes, leaves] = [k * (2 ** depth - 1), k * 2 ** depth];
  const decisions = snippets * states * nodes * (2 * 2 * d + 8);
  const routes = snippets * states * (6 * nodes + 2 * leaves);
  const rewards = snippets * 6 * leaves;
  return decisions + routes + rewards + 10 * users * k + ADAM * (nodes * (d + 2) + leaves + weights);
}
