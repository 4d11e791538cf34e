// One measurement in a process of its own, so that its memory is its own: settings as JSON in, result as JSON out.
import { loadEngine, PalA } from "../../dist/index.js";
import { trainerOptions } from "../cases.mjs";
import { createWorld } from "./world.mjs";

const CHUNK = 65_536;
const BATCH = 256;
/** Processor seconds that short passes are repeated for; the fastest counts. */
const LEAST_SECONDS = 0.4;

const settings = JSON.parse(process.argv[2]);
const { comparisons, k, d, isStreamed } = settings;
const engine = await loadEngine();
const before = process.memoryUsage().rss;
const { population, chunk } = createWorld(settings, isStreamed ? CHUNK : comparisons);
const model = new PalA({ k, latentDimension: d });
const options = { ...trainerOptions({ batch: BATCH }), seed: settings.seed };
const pass = isStreamed ? streamed() : inMemory();
let fastest = Infinity;
let spent = 0;
do {
  const seconds = pass();
  fastest = Math.min(fastest, seconds);
  spent += seconds;
} while (spent < LEAST_SECONDS);
const peak = 1024 * process.resourceUsage().maxRSS;
console.log(
  JSON.stringify({
    secondsPerPass: Number(fastest.toPrecision(4)),
    microsecondsPerStep: Number(((1e6 * fastest) / Math.ceil(comparisons / BATCH)).toPrecision(4)),
    megabytes: Number(((peak - before) / 2 ** 20).toPrecision(4)),
  }),
);

function inMemory() {
  const data = {
    ...population,
    ...chunk(0, comparisons),
    source: { name: "growth", license: "CC0-1.0", sha256: "" },
  };
  const trainer = engine.createTrainer(model, data, options);
  return () => processorSeconds(() => trainer.epoch());
}

/** Drawing the comparisons is not counted; checking and copying them is. */
function streamed() {
  const trainer = engine.createStreamTrainer(model, population, { ...options, chunkSize: CHUNK });
  return () => {
    let seconds = 0;
    for (let from = 0; from < comparisons; from += CHUNK) {
      const rows = chunk(from, Math.min(CHUNK, comparisons - from));
      seconds += processorSeconds(() => trainer.feed(rows));
    }
    return seconds;
  };
}

function processorSeconds(work) {
  const used = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1e6;
}
