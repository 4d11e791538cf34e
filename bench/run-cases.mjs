import { checkAgreement } from "./agreement.mjs";
import { runExplorerCase } from "./explorer-case.mjs";
import { interleave, summarize } from "./measure.mjs";
import { openEngine } from "./peers/engine.mjs";
import { openJax } from "./peers/jax.mjs";
import { openTorch } from "./peers/torch.mjs";
import { runQueueCase } from "./queue-case.mjs";
import { runSweepCase } from "./sweep-case.mjs";

const ENGINES = ["wasm", "wasm-relaxed", "tfjs-node", "tfjs-wasm", "tfjs-cpu"];

/** Every engine that this machine has, and for the others the reason. */
export async function openPeers({ torchLibraries }) {
  // one after the other: backends of TensorFlow.js share one global state
  const opened = [];
  for (const name of ENGINES) opened.push(await openEngine(name));
  opened.push(await openJax(), await openTorch({ libraries: torchLibraries }));
  return {
    peers: opened.filter(({ missing }) => missing === undefined),
    missing: opened
      .filter(({ missing }) => missing !== undefined)
      .map(({ name, missing }) => ({ engine: name, reason: missing })),
  };
}

/** Checks that the engines agree on a case, then times them in turn unless `check` asks for no more. @returns rows of the result */
export async function runCase(spec, all, { options, say }) {
  if (spec.kind === "queue") return runQueueCase({ options, say });
  if (spec.kind === "explorer") return runExplorerCase({ options, say });
  const peers = all.filter(({ name }) => spec.without?.includes(name) !== true);
  if (spec.kind === "sweep") return runSweepCase(peers, { options, say });
  say(`${spec.id}: ${await checkAgreement(spec, peers)}`);
  if (options.check) return [];
  const data = spec.data(spec.batches);
  const start = await spec.start(data);
  const runs = [];
  for (const peer of peers) runs.push(await peer.prepare(spec, data, start));
  const { samples, share } = await interleave(runs, options);
  if (share < 0.9)
    say(
      `${spec.id}: the machine was busy, a round had as little as ${Math.round(100 * share)} % of a processor`,
    );
  const torch = peers.findIndex(({ name }) => name === "torch");
  const torchMedian = torch < 0 ? undefined : summarize(samples[torch]).median;
  const rows = [];
  for (const [i, { name }] of peers.entries()) {
    const { median, low, high } = summarize(samples[i]);
    rows.push({
      id: spec.id,
      engine: name,
      threads: 1,
      medianMicroseconds: round(median),
      spread: [round(low), round(high)],
      floorMicroseconds: round(spec.operations / (await runs[i].operationRate())),
      ratioToTorch: torchMedian === undefined ? null : Number((median / torchMedian).toPrecision(3)),
    });
  }
  for (const run of runs) run.close();
  return rows;
}

function round(microseconds) {
  return Number(microseconds.toPrecision(4));
}
