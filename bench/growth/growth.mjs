// Time and memory of training as users, comparisons, K and d grow; each measurement in a process of its own.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { VERSION } from "../../dist/index.js";
import { describeMachine } from "../machine.mjs";
import { fitExponent } from "./exponent.mjs";

const RUN = fileURLToPath(new URL("run.mjs", import.meta.url));
const SEEDS = [1, 2, 3];
const BASE = { users: 1000, comparisons: 200_000, k: 3, d: 16, isStreamed: false };
const MILLIONS = [10_000, 100_000, 1_000_000, 10_000_000];

/** What grows, the rest as in BASE. `time` says which time is shown: of a step, or of a pass. */
export const SERIES = [
  {
    id: "users",
    variable: "users",
    sizes: [100, 1000, 10_000, 30_000, 100_000],
    time: "microsecondsPerStep",
  },
  { id: "comparisons in memory", variable: "comparisons", sizes: MILLIONS, time: "secondsPerPass" },
  {
    id: "comparisons in chunks",
    variable: "comparisons",
    sizes: MILLIONS,
    time: "secondsPerPass",
    isStreamed: true,
  },
  { id: "K", variable: "k", sizes: [1, 4, 16, 32, 64], time: "microsecondsPerStep" },
  { id: "d", variable: "d", sizes: [8, 16, 32, 64, 128], time: "microsecondsPerStep" },
];

/** @returns the record of a run: every measurement, and the exponents fitted to them */
export function measureGrowth(say) {
  const rows = [];
  for (const seed of SEEDS) {
    for (const { id, variable, sizes, isStreamed = false } of SERIES) {
      for (const size of sizes) {
        const settings = { ...BASE, isStreamed, [variable]: size, seed };
        const output = execFileSync(process.execPath, [RUN, JSON.stringify(settings)], { encoding: "utf8" });
        rows.push({ series: id, size, ...settings, ...JSON.parse(output) });
        say(`${id} = ${size}, seed ${seed}: ${output.trim()}`);
      }
    }
  }
  const exponents = SERIES.map(({ id, time }) => {
    const own = rows.filter(({ series }) => series === id);
    const fit = (value) => fitExponent(own.map((row) => ({ x: row.size, y: row[value] })));
    return { series: id, time: fit(time), memory: fit("megabytes") };
  });
  const model =
    "Model A, f linear, squared distance, hinge, 10000 items, batches of 256, chunks of 65536, engine wasm";
  return {
    machine: describeMachine(),
    node: process.version,
    versions: { "pal-lab": VERSION },
    ...{ model, base: BASE, seeds: SEEDS, exponents, rows },
  };
}

/** The exponents as a Markdown table. */
export function exponentTable({ exponents }) {
  const text = ({ exponent, low, high }) => `${exponent.toFixed(2)} (${low.toFixed(2)} … ${high.toFixed(2)})`;
  const name = (series) => SERIES.find(({ id }) => id === series);
  const lines = exponents.map(({ series, time, memory }) => {
    const of = name(series).time === "secondsPerPass" ? "a pass" : "a step";
    return `| ${series} | ${time.from} … ${time.to} | ${of} | ${text(time)} | ${text(memory)} |`;
  });
  return [
    "| grows | fitted over | time of | exponent of time | exponent of memory |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
