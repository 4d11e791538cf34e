// Times our engines beside their peers, interleaved. See README.md for the method.
import { measureAgainst } from "./against.mjs";
import { CASES } from "./cases.mjs";
import { describeMachine } from "./machine.mjs";
import { exponentTable, measureGrowth } from "./growth/growth.mjs";
import { parseArguments, USAGE } from "./options.mjs";
import { openPeers, runCase } from "./run-cases.mjs";
import { formatTable } from "./table.mjs";
import { writeGrowth, writeResults } from "./write.mjs";

const options = parseArguments(process.argv.slice(2));
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
// with --json, stdout holds the result alone
const say = (line) => (options.json ? console.error(line) : console.log(line));

if (options.growth) {
  const record = measureGrowth(say);
  if (options.write) await writeGrowth(record);
  console.log(options.json ? JSON.stringify(record, undefined, 2) : `\n${exponentTable(record)}`);
  process.exit(0);
}
if (options.against !== undefined) {
  const rows = await measureAgainst(options.against, { ...options, say });
  if (options.json)
    console.log(JSON.stringify({ machine: describeMachine(), node: process.version, rows }, undefined, 2));
  process.exit(0);
}
const { peers, missing } = await openPeers(options);
for (const { engine, reason } of missing) say(`${engine}: not measured: ${reason}`);
for (const { note } of peers) if (note !== undefined) say(note);
try {
  const rows = [];
  for (const spec of CASES.filter(({ id }) => options.cases.length === 0 || options.cases.includes(id)))
    rows.push(...(await runCase(spec, peers, { options, say })));
  const libraries = peers.flatMap(({ library }) => library ?? []);
  const machine = [describeMachine(), ...libraries].join("; ");
  const result = { machine, node: process.version, cases: rows };
  if (options.write) await writeResults(result, missing);
  if (options.json) console.log(JSON.stringify(result, undefined, 2));
  else if (!options.check)
    console.log(`\n${result.machine}, Node ${result.node}\n\n${formatTable(rows, missing)}`);
} finally {
  for (const peer of peers) peer.close();
}
