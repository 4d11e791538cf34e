import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FigureRecord, RecordRow } from "../core/index.js";
import * as explored from "../report/figures/index.js";
import * as figures from "./index.js";

const FOLDER = new URL("../../figures/", import.meta.url);
const committed = <Extra>(id: string): FigureRecord<Extra> =>
  JSON.parse(readFileSync(new URL(`${id}.record.json`, FOLDER), "utf8")) as FigureRecord<Extra>;

type Draw = (record: FigureRecord<never>) => figures.Figure;
type Turn = (record: FigureRecord) => Partial<FigureRecord>;

const rows =
  (change: (row: RecordRow) => Partial<RecordRow>): Turn =>
  (record) => ({
    rows: record.rows.map((row) => ({ ...row, ...change(row) })),
  });
const extra =
  <Extra>(change: (extra: Extra) => Partial<Extra>): Turn =>
  (record) => ({
    extra: { ...(record.extra as Extra), ...change(record.extra as Extra) },
  });
const turned = rows((row) => ({ accuracy: 1.5 - row.accuracy }));
/** What one method has, the other gets. */
const swapped = (a: string, b: string): Turn => rows(({ method }) => ({ method: method === a ? b : method === b ? a : method })); // prettier-ignore
const measured = (change: (value: number) => number, ...names: string[]): Turn => rows(({ measures = {} }) => ({ measures: Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, names.includes(name) ? change(value) : value])) })); // prettier-ignore
const few = (most: number): Turn => rows((row) => ({ accuracy: row.split === "unseen" && (row.newComparisonsPerUser ?? 0) < most ? 0.6 : row.accuracy })); // prettier-ignore
const lowered = rows(({ intervals = {} }) => ({
  intervals: Object.fromEntries(
    Object.entries(intervals).map(([name, { mean, low, high, ...rest }]) => [
      name,
      { ...rest, mean: mean - 1, low: low - 1, high: high - 1 },
    ]),
  ),
}));

/** Every figure that states something, and a record of which that is not true. */
const STATEMENTS: [id: string, draw: Draw, turn: Turn][] = [
  ["aggregation-costs", figures.aggregationCosts, swapped("borda", "max-min")],
  ["belief-or-taste", figures.beliefOrTaste, swapped("beliefs differ", "tastes differ")],
  ["believed-cosine", figures.believedCosine, swapped("belief inferred", "belief taken for right")],
  [
    "believed-garden",
    figures.believedGarden,
    rows(({ series }) =>
      series === undefined ? {} : { series: { ...series, best: series.best.map(() => 0) } },
    ),
  ],
  [
    "breakfast-map",
    figures.breakfastMap,
    rows(({ series = {} }) =>
      series.items === undefined ? {} : { series: { ...series, items: series.items.map(() => 0) } },
    ),
  ],
  [
    "breakfast-new-occasion",
    figures.breakfastNewOccasion,
    swapped("types by occasion + own tastes", "the two averages, weighted"),
  ],
  ["choose-k-recovery", figures.chooseKRecovery, rows(({ kStar = 1 }) => ({ k: kStar + 1 }))],
  ["dil-likelihood", figures.imitationLikelihood, swapped("LSIF", "UKL")],
  ["dpl-toys", figures.dplToys, measured((value) => 1 - value, "borda")],
  [
    "families-matrix",
    figures.familiesMatrix,
    rows(({ measures = {} }) => ({ measures: { ...measures, nats: -0.5 } })),
  ],
  [
    "families-few-shot",
    figures.familiesFewShot,
    rows(({ measures = {} }) => ({ measures: { ...measures, bayesNats: -0.9 } })),
  ],
  ["gdpo-beliefs", figures.beliefShares, swapped("GDPO", "DPO, beta 0.1")],
  [
    "heterogeneity-test-calibration",
    figures.heterogeneityTestCalibration,
    extra<figures.HeterogeneityCalibration>(({ cells }) => ({
      cells: cells.map((cell) => ({ ...cell, pValues: cell.pValues.map(() => 0.05) })),
    })),
  ],
  ["mpo-mixtures", figures.mixedPolicies, swapped("MPO, exact weights", "linear mixture")],
  ["own-data-test", explored.exploreTest as Draw, extra<{ statistic: number }>(() => ({ statistic: -1 }))],
  [
    "persona-accuracy-vs-dimension",
    figures.personaAccuracyVsDimension,
    rows(({ accuracy, latentDimension = 1 }) => ({ accuracy: accuracy - 0.1 / latentDimension })),
  ],
  ["persona-accuracy-vs-k", figures.personaAccuracyVsK as Draw, turned],
  ["persona-accuracy-vs-samples", figures.personaAccuracyVsSamples, turned],
  ["persona-new-users", figures.personaNewUsers, few(15)],
  [
    "persona-query",
    figures.personaQuery,
    extra<figures.PersonaQuery>(({ users }) => ({ users: users.map((user) => ({ ...user, label: 1 })) })),
  ],
  [
    "persona-statements",
    figures.statementMap,
    extra<figures.StatementMap>(({ points }) => ({
      points: points.map((_, i) => [(i * 7919) % 1009, (i * 104729) % 997]),
    })),
  ],
  ["pick-a-filter", figures.pickAFilter, turned],
  ["polis-held-out", figures.polisHeldOut, lowered],
  ["simulation-accuracy-vs-k", figures.simulationAccuracyVsK as Draw, turned],
  ["simulation-accuracy-vs-samples", figures.simulationAccuracyVsSamples, turned],
  [
    "simulation-latent-space",
    figures.simulationLatentSpace,
    extra<figures.LatentSpace>(({ panels }) => ({
      panels: panels.map((panel) => ({
        ...panel,
        prototypes: panel.prototypes.map(([x, y]) => [-x, -y] as const),
      })),
    })),
  ],
  ["simulation-new-users", figures.simulationNewUsers, few(50)],
  [
    "simulation-simplex",
    figures.userSimplex,
    extra<figures.UserSimplex>(({ learned }) => ({
      learned: learned.map((_, i, all) => all[(i * 31) % all.length]),
    })),
  ],
  ["tour-one-reward", figures.methodComparison, turned],
  [
    "training-curve",
    figures.trainingCurve,
    extra<figures.TrainingCurves>(({ curves }) => ({ curves: curves.toReversed() })),
  ],
  ["tree-planes", figures.treePlanes, swapped("tree, soft", "track alone, soft")],
  ["tree-prototypes", figures.treePrototypes, measured(() => 1, "wanted")],
  ["tree-returns", figures.treeReturns, measured((value) => value - 0.5, "share")],
  ["vpl-active", figures.vplActive, swapped("bald", "random")],
  ["vpl-collapse", figures.vplCollapse, turned],
  ["vpl-context-size", figures.vplContextSize, turned],
  ["vpl-didactic", figures.vplDidactic, swapped("VPL", "Bradley-Terry")],
  ["vpl-label-noise", figures.vplLabelNoise, turned],
  ["vpl-maze-control", figures.vplMazeControl, swapped("VPL", "Bradley-Terry")],
  ["vpl-maze-reward", figures.vplMazeReward, swapped("VPL", "Bradley-Terry")],
  ["vpl-pets", figures.vplPets, turned],
  ["vpl-reward-scale", figures.vplRewardScale, measured((value) => -value, "success")],
];

/** Figures that say what is drawn, and state nothing. */
const NO_STATEMENT = [
  "own-data-statements",
  "own-data-users",
  "simulation-ideal-points",
  "simulation-populations",
];
/** Committed ones whose statement does not hold: a record of which it is true. */
const MISSED: [id: string, draw: Draw, turn: Turn][] = [
  ["vpl-calibration", figures.vplCalibration, measured(() => 0.9, "coverage")],
];

test("every committed figure is here", () => {
  const ids = readdirSync(FOLDER).flatMap((name) => /^(.*)\.record\.json$/.exec(name)?.[1] ?? []);
  const known = [...STATEMENTS, ...MISSED].map(([id]) => id);
  expect([...known, ...NO_STATEMENT].sort()).toEqual(ids.sort());
});

const said = ({ layout, alt }: figures.Figure): string => {
  return [figures.theme.titleParts(String((layout.title as { text?: string }).text)).title, alt].join("\n");
};

describe.each(STATEMENTS)("%s", (id, draw, turn) => {
  test("what it states is said of no rows of which it is not true, in title or description", () => {
    const record = committed<unknown>(id);
    const other = draw({ ...record, ...turn(record) } as FigureRecord<never>);
    const own = draw(record as FigureRecord<never>);
    expect(own.record.checked?.holds ?? true).toBe(true);
    expect(said(other)).not.toContain(own.record.claim);
    expect(said(other)).not.toBe(said(own));
    expect(other.record.claim).not.toBe(own.record.claim);
    expect(other.record.claim).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test.each(MISSED)("%s: what did not come true is said where it is", (id, draw, turn) => {
  const record = committed<unknown>(id);
  const other = draw({ ...record, ...turn(record) } as FigureRecord<never>).record;
  expect(draw(record as FigureRecord<never>).record.checked?.holds).toBe(false);
  expect(other.checked).toEqual({ says: other.claim, holds: true });
});
