import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import type { SweepConfig } from "../../evaluate/sweep/index.js";
import { chooseKRecovery, heterogeneityTestCalibration } from "../../figures/index.js";
import { seedsTo, type Study, type StudyResult } from "./study.js";

const SHAPES = ["ids few", "ids many", "features", "contexts", "votes"];
const ALIKE = {
  experiment: "score-test",
  grid: { shape: SHAPES, users: [20, 60, 200], comparisonsPerUser: [8, 20, 40], differ: [0] },
  seeds: seedsTo(100),
} satisfies SweepConfig;
const DIFFERENT = {
  experiment: "score-test",
  grid: { shape: SHAPES, users: [60], comparisonsPerUser: [20], differ: [0.25, 0.5, 1] },
  seeds: seedsTo(50),
} satisfies SweepConfig;
const HELD_OUT = [
  { experiment: "heterogeneity", grid: { kStar: [1] }, seeds: seedsTo(200) },
  { experiment: "heterogeneity", grid: { kStar: [2] }, seeds: seedsTo(50) },
] satisfies SweepConfig[];
const POPULATIONS = [
  { experiment: "choose-k", grid: { setting: ["mixture"], kStar: [2, 3, 4] }, seeds: seedsTo(16) },
  { experiment: "choose-k", grid: { setting: ["partition"], kStar: [1, 2, 3, 4] }, seeds: seedsTo(16) },
] satisfies SweepConfig[];

/** Whether the tests of heterogeneity hold their level, and whether `chooseK` finds K*. */
export const calibrations: Study = {
  name: "calibrations",
  figures: ["heterogeneity-test-calibration", "choose-k-recovery"],
  sweeps: { scoreTest: [ALIKE, DIFFERENT], heldOut: HELD_OUT, populations: POPULATIONS },
  draw: ({ scoreTest, heldOut, populations }) => [
    heterogeneityTestCalibration(calibrationRecord(scoreTest, heldOut)),
    chooseKRecovery(recoveryRecord(populations)),
  ],
};

/** P-values of the score test in one cell of its grid. */
interface Cell {
  readonly shape: string;
  readonly users: number;
  readonly answers: number;
  readonly differ: number;
  readonly pValues: readonly number[];
}

function calibrationRecord(
  scoreTest: StudyResult,
  heldOut: StudyResult,
): FigureRecord<{ cells: readonly Cell[] }> {
  const cells = cellsOf(scoreTest.rows);
  const homogeneous = cells.filter(({ differ }) => differ === 0);
  return figureRecord({
    id: "heterogeneity-test-calibration",
    claim: "P-values of populations that are alike, and of some that differ",
    caption:
      `Score test: ${SHAPES.join(", ")} x 20, 60, 200 users x 8, 20, 40 answers, 100 populations that are alike in each of ${homogeneous.length} cells, 199 draws; power at 60 users x 20 answers, 50 populations of each shape. ` +
      "Held-out test: simulated ideal points (d = 16), 60 users x 30 shared pairs, logistic noise of slope 1; 200 homogeneous populations and 50 evenly split over two prototypes; " +
      "19 permuted data sets each, the choice of K (2 or 3) and of the prior's strength repeated in every one. Rebuild: npx pal-lab reproduce calibrations",
    profile: "full",
    config: { sweeps: HELD_OUT, alike: ALIKE, different: DIFFERENT },
    engine: "float64",
    data: [],
    rows: heldOut.rows,
    extra: { cells },
  });
}

/** P-values by shape, users, answers and difference. */
function cellsOf(rows: readonly RecordRow[]): Cell[] {
  const byName = new Map<string, Cell & { pValues: number[] }>();
  for (const { group = "", comparisonsPerUser = NaN, beta = NaN, pValue = NaN } of rows) {
    const name = `${group}, ${comparisonsPerUser}, ${beta}`;
    const [shape, users] = group.split(", ");
    const cell = byName.get(name) ?? {
      shape,
      users: parseInt(users, 10),
      answers: comparisonsPerUser,
      differ: beta,
      pValues: [],
    };
    cell.pValues.push(pValue);
    byName.set(name, cell);
  }
  return [...byName.values()];
}

function recoveryRecord({ rows }: StudyResult): FigureRecord {
  return figureRecord({
    id: "choose-k-recovery",
    claim: "How often each K is chosen",
    caption:
      "Simulated ideal points (d = 16), 50 users for each of K* prototypes, 100 noiseless comparisons of fresh items each; PAL-A, logistic loss, 60 passes; 4 folds, one repeat, " +
      "K up to 5; 16 populations a row; one-standard-error rule. Rebuild: npx pal-lab reproduce calibrations",
    profile: "full",
    config: { sweeps: POPULATIONS },
    engine: "wasm simd",
    data: [],
    rows,
  });
}
