import { loadEngine, trained } from "../dist/index.js";

const STEPS = 5;
/** Of losses, relative. */
const LOSS_TOLERANCE = 1e-4;
/** Of objectives, in nats a user, at the worst user. */
const OBJECTIVE_TOLERANCE = 1e-5;

/**
 * Checks that every engine computes the same before it is timed. Training: a few steps on one batch from the same parameters; equal losses
 * after the first step need equal gradients and an equal optimizer. Placing users: the same objective for every user.
 * @returns a line that says so
 * @throws Error naming the engines and what differs
 */
export async function checkAgreement(spec, peers) {
  const data = spec.data(1);
  const start = await spec.start(data);
  const [first, ...others] = peers;
  const measure = spec.kind === "adapt" ? objectivesOf : lossesOf;
  const [expected] = await measure(first, spec, { data, start });
  const allowed = (value) => (spec.kind === "adapt" ? OBJECTIVE_TOLERANCE : LOSS_TOLERANCE * Math.abs(value));
  const differs = (values) =>
    values.findIndex((value, i) => !(Math.abs(value - expected[i]) <= allowed(expected[i])));
  for (const peer of others) {
    for (const values of await measure(peer, spec, { data, start })) {
      const at = differs(values);
      if (at < 0) continue;
      throw new Error(
        `${spec.id}: ${peer.name} gets ${values[at]} where ${first.name} gets ${expected[at]} (place ${at} of ${values.length})`,
      );
    }
  }
  const names = peers.map(({ name }) => name).join(", ");
  const [from, to] = [expected[0], expected[expected.length - 1]].map((value) => value.toPrecision(6));
  if (spec.said !== undefined) return `${spec.said} (${names}): ${from}`;
  if (spec.kind === "train") return `same losses over ${STEPS} steps (${names}): ${from} … ${to}`;
  return `same objective of every user within ${OBJECTIVE_TOLERANCE} nats (${names})`;
}

/** The losses of each way in which an engine writes the step. */
async function lossesOf(peer, spec, { data, start }) {
  const run = await peer.prepare(spec, data, start);
  const losses = await run.losses(STEPS);
  run.close();
  return losses;
}

/** The objective of each user at the weights that each way of an engine finds, computed here in double precision. */
async function objectivesOf(peer, spec, { data, start }) {
  const run = await peer.prepare(spec, data, start);
  const found = await run.weights();
  run.close();
  const { model, concentration } = spec;
  const sizes = { users: 1, items: { rows: 1, features: model.latentDimension } };
  const fitted = new trained.FittedPrototypeModel({
    model,
    sizes,
    parameters: start,
    users: [],
    engine: await loadEngine(),
  });
  return found.map((weights) => {
    const objective = new Float64Array(data.users.length);
    weights.forEach(
      (weight, i) => (objective[Math.floor(i / model.k)] -= (concentration - 1) * Math.log(weight)),
    );
    fitted.scoresBy(data, { user: data.user, weights }).forEach((score, row) => {
      objective[data.user[row]] += Math.log1p(Math.exp(-data.label[row] * score));
    });
    return objective;
  });
}
