import { hasPrototypes } from "../dist/index.js";

const STEPS = 5;
const TOLERANCE = 1e-4;

/**
 * Trains every engine on one batch for a few steps from the same parameters and compares the losses: equal losses after the first
 * step need equal gradients and an equal optimizer.
 * @returns a line that says so
 * @throws Error naming the engines and the losses that differ
 */
export async function checkAgreement(spec, peers) {
  if (!hasPrototypes(spec.model)) throw new Error(`internal: ${spec.id} has no prototypes`);
  const data = spec.data(1);
  const [first, ...others] = peers;
  const start = first.start(spec, data);
  const [expected] = await lossesOf(first, spec, { data, start });
  const differs = (losses) =>
    losses.some((loss, i) => !(Math.abs(loss - expected[i]) <= TOLERANCE * Math.abs(expected[i])));
  for (const peer of others) {
    const stray = (await lossesOf(peer, spec, { data, start })).find(differs);
    if (stray !== undefined) {
      throw new Error(
        `${spec.id}: losses of ${peer.name} ${stray.join(", ")} differ from ${first.name} ${expected.join(", ")}`,
      );
    }
  }
  const names = peers.map(({ name }) => name).join(", ");
  return `same losses over ${STEPS} steps (${names}): ${expected[0].toPrecision(6)} … ${expected[STEPS - 1].toPrecision(6)}`;
}

/** The losses of each way in which an engine writes the step. */
async function lossesOf(peer, spec, { data, start }) {
  const run = await peer.prepare(spec, data, start);
  const losses = await run.losses(STEPS);
  run.close();
  return losses;
}
