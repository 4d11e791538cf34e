// The runs that show whether the test of heterogeneity is calibrated and whether chooseK finds K*: too long for CI. Finished runs are kept in the cache, as those of any sweep.
// node scripts/calibrate.mjs  writes figures/heterogeneity-test-calibration.* and figures/choose-k-recovery.*
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  chooseKRecovery,
  createProgress,
  figureRecord,
  heterogeneityTestCalibration,
  saveFigure,
  sweep,
} from "../dist/index.js";

const figures = join(dirname(fileURLToPath(import.meta.url)), "..", "figures");
const seeds = (count) => Array.from({ length: count }, (_, i) => i + 1);
const sweeps = [
  { experiment: "heterogeneity", grid: { kStar: [1] }, seeds: seeds(200) },
  { experiment: "heterogeneity", grid: { kStar: [2] }, seeds: seeds(50) },
];
const populations = [
  { experiment: "choose-k", grid: { setting: ["mixture"], kStar: [2, 3, 4] }, seeds: seeds(16) },
  { experiment: "choose-k", grid: { setting: ["partition"], kStar: [1, 2, 3, 4] }, seeds: seeds(16) },
];
async function run(configs) {
  const results = [];
  for (const config of configs) {
    results.push(
      await sweep(config, { progress: (title, total) => createProgress(title, total, process.stderr) }),
    );
  }
  return results.flatMap((result) => result.rows);
}
const rows = await run(sweeps);
const share = (kStar) => {
  const mine = rows.filter((row) => row.kStar === kStar);
  return mine.filter((row) => row.pValue <= 0.05).length / mine.length;
};
const record = figureRecord({
  id: "heterogeneity-test-calibration",
  claim: `The test rejects ${(100 * share(1)).toFixed(0)} % of homogeneous populations at level 0.05, and ${(100 * share(2)).toFixed(0)} % of those of two groups`,
  caption:
    "Simulated ideal points (d = 16), 60 users x 30 shared pairs, logistic noise of slope 1; 200 homogeneous populations and 50 evenly split over two prototypes; " +
    "19 shuffles each, the choice of K (2 or 3) and of the prior's strength repeated in every one. Rebuild: node scripts/calibrate.mjs.",
  profile: "full",
  config: { sweeps },
  engine: "float64",
  data: [],
  rows,
});
const found = await run(populations);
const exact = found.filter((row) => row.k === row.kStar).length;
const recovery = figureRecord({
  id: "choose-k-recovery",
  claim: `chooseK finds K = K* in ${exact} of ${found.length} populations`,
  caption:
    "Simulated ideal points (d = 16), 50 users for each of K* prototypes, 100 noiseless comparisons of fresh items each; PAL-A, logistic loss, 60 passes; 4 folds, one repeat, " +
    "K up to 5; 16 populations a row; one-standard-error rule. Rebuild: node scripts/calibrate.mjs.",
  profile: "full",
  config: { sweeps: populations },
  engine: "wasm simd",
  data: [],
  rows: found,
});
for (const figure of [heterogeneityTestCalibration(record), chooseKRecovery(recovery)]) {
  const saved = await saveFigure(figure, figures);
  for (const path of [saved.png, saved.html]) rmSync(path); // figures/ holds what is committed alone
}
process.exit(0);
