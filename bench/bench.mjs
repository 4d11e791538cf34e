// Times training steps of our engine beside its peers, interleaved. See README.md for the method.
import { CASES } from "./cases.mjs";
import { checkAgreement } from "./agreement.mjs";
import { describeMachine } from "./machine.mjs";
import { interleave, summarize } from "./measure.mjs";
import { parseArguments, USAGE } from "./options.mjs";
import { openTorch } from "./peers/torch.mjs";
import { openWasm } from "./peers/wasm.mjs";
import { formatTable } from "./table.mjs";

const options = parseArguments(process.argv.slice(2));
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
// with --json, stdout holds the result alone
const say = (line) => (options.json ? console.error(line) : console.log(line));

const opened = await Promise.all([
  openWasm("wasm"),
  openWasm("wasm-relaxed"),
  openTorch({ libraries: options.torchLibraries }),
]);
for (const peer of opened) if (peer.missing !== undefined) say(`${peer.name}: skipped, ${peer.missing}`);
const peers = opened.filter(({ missing }) => missing === undefined);
for (const { note } of peers) if (note !== undefined) say(note);

try {
  const rows = [];
  for (const spec of CASES.filter(({ id }) => options.cases.length === 0 || options.cases.includes(id))) {
    say(`${spec.id}: ${await checkAgreement(spec, peers)}`);
    if (options.check) continue;
    rows.push(...(await measureCase(spec)));
  }
  const libraries = peers.flatMap(({ library }) => library ?? []);
  const machine = [describeMachine(), ...libraries].join("; ");
  const result = { machine, node: process.version, cases: rows };
  if (options.json) console.log(JSON.stringify(result, undefined, 2));
  else if (!options.check) console.log(`\n${result.machine}, Node ${result.node}\n\n${formatTable(rows)}`);
} finally {
  for (const peer of peers) peer.close();
}

async function measureCase(spec) {
  const data = spec.data(spec.batches);
  const start = peers[0].start(spec, data);
  const runs = [];
  for (const peer of peers) runs.push(await peer.prepare(spec, data, start));
  const { samples, share } = await interleave(runs, options);
  if (share < 0.9)
    say(`${spec.id}: the machine was busy, a round had as little as ${percent(share)} of a processor`);
  const torch = peers.findIndex(({ name }) => name === "torch");
  const torchMedian = torch < 0 ? undefined : summarize(samples[torch]).median;
  const rows = peers.map(({ name }, i) => {
    const { median, low, high } = summarize(samples[i]);
    return {
      id: spec.id,
      engine: name,
      threads: 1,
      medianMicroseconds: round(median),
      spread: [round(low), round(high)],
      floorMicroseconds: round(spec.operations / runs[i].operationsPerMicrosecond),
      ratioToTorch: torchMedian === undefined ? null : Number((median / torchMedian).toPrecision(3)),
    };
  });
  for (const run of runs) run.close();
  return rows;
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

function round(microseconds) {
  return Number(microseconds.toPrecision(4));
}
