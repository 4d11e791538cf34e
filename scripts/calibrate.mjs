// The runs that show whether the tests of heterogeneity are calibrated and whether chooseK finds K*: too long for CI. Finished runs are kept in the cache, as those of any sweep.
// node scripts/calibrate.mjs  writes figures/heterogeneity-test-calibration.* and figures/choose-k-recovery.*
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { figures as drawings, figureRecord, saveFigure, study, sweep } from "../dist/index.js";

const figures = join(dirname(fileURLToPath(import.meta.url)), "..", "figures");
const seeds = (count) => Array.from({ length: count }, (_, i) => i + 1);
const SHAPES = ["ids few", "ids many", "features", "contexts", "votes"];
const alike = {
  experiment: "score-test",
  grid: { shape: SHAPES, users: [20, 60, 200], samplesPerUser: [8, 20, 40], differ: [0] },
  seeds: seeds(100),
};
const different = {
  experiment: "score-test",
  grid: { shape: SHAPES, users: [60], samplesPerUser: [20], differ: [0.25, 0.5, 1] },
  seeds: seeds(50),
};
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
      await sweep(config, { progress: (title, total) => study.createProgress(title, total, process.stderr) }),
    );
  }
  return results.flatMap((result) => result.rows);
}
const rows = await run(sweeps);
const cells = cellsOf(await run([alike, different]));
const rejected = ({ pValues }) => pValues.filter((p) => p <= 0.05).length;
const homogeneous = cells.filter(({ differ }) => differ === 0);
const pooled = homogeneous.reduce((sum, cell) => sum + rejected(cell), 0);
const tested = homogeneous.reduce((sum, { pValues }) => sum + pValues.length, 0);
const most = Math.max(...homogeneous.map(rejected));
const record = figureRecord({
  id: "heterogeneity-test-calibration",
  claim: `The score test rejects ${((100 * pooled) / tested).toFixed(1)} % of populations that are alike at level 0.05, at most ${most} of 100 in a cell`,
  caption:
    `Score test: ${SHAPES.join(", ")} x 20, 60, 200 users x 8, 20, 40 answers, 100 populations that are alike in each of ${homogeneous.length} cells, 199 draws; power at 60 users x 20 answers, 50 populations of each shape. ` +
    "Held-out test: simulated ideal points (d = 16), 60 users x 30 shared pairs, logistic noise of slope 1; 200 homogeneous populations and 50 evenly split over two prototypes; " +
    "19 permuted data sets each, the choice of K (2 or 3) and of the prior's strength repeated in every one. Rebuild: node scripts/calibrate.mjs.",
  profile: "full",
  config: { sweeps, alike, different },
  engine: "float64",
  data: [],
  rows,
  extra: { cells },
});

/** P-values by shape, users, answers and difference. */
function cellsOf(all) {
  const byName = new Map();
  for (const { group, samplesPerUser, beta, pValue } of all) {
    const name = `${group}, ${samplesPerUser}, ${beta}`;
    const [shape, users] = group.split(", ");
    const cell = byName.get(name) ?? {
      shape,
      users: parseInt(users),
      answers: samplesPerUser,
      differ: beta,
      pValues: [],
    };
    cell.pValues.push(pValue);
    byName.set(name, cell);
  }
  return [...byName.values()];
}
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
for (const figure of [drawings.heterogeneityTestCalibration(record), drawings.chooseKRecovery(recovery)]) {
  const saved = await saveFigure(figure, figures);
  for (const path of [saved.png, saved.html]) rmSync(path); // figures/ holds what is committed alone
}
process.exit(0);
