import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FigureRecord, RecordRow } from "../core/index.js";
import * as figures from "./index.js";
import type { LatentSpace } from "./index.js";

const committed = <Extra>(id: string): FigureRecord<Extra> =>
  JSON.parse(
    readFileSync(new URL(`../../figures/${id}.record.json`, import.meta.url), "utf8"),
  ) as FigureRecord<Extra>;
const turned = (row: RecordRow): RecordRow => ({ ...row, accuracy: 1.5 - row.accuracy });

/** What a figure says of its rows, and rows of which that is not true. */
describe.each<[string, (record: FigureRecord) => figures.Figure, (row: RecordRow) => RecordRow]>([
  ["simulation-accuracy-vs-k", (record) => figures.simulationAccuracyVsK(record), turned],
  ["persona-accuracy-vs-k", (record) => figures.personaAccuracyVsK(record), turned],
  ["simulation-accuracy-vs-samples", figures.simulationAccuracyVsSamples, turned],
  ["persona-accuracy-vs-samples", figures.personaAccuracyVsSamples, turned],
  [
    "persona-accuracy-vs-dimension",
    figures.personaAccuracyVsDimension,
    (row) => ({ ...row, accuracy: row.accuracy - 0.1 / (row.latentDimension ?? 1) }),
  ],
  [
    "simulation-new-users",
    figures.simulationNewUsers,
    (row) => ({
      ...row,
      accuracy: row.split === "unseen" && (row.newComparisonsPerUser ?? 0) < 50 ? 0.6 : row.accuracy,
    }),
  ],
  [
    "persona-new-users",
    figures.personaNewUsers,
    (row) => ({
      ...row,
      accuracy: row.split === "unseen" && (row.newComparisonsPerUser ?? 0) < 15 ? 0.6 : row.accuracy,
    }),
  ],
  ["pick-a-filter", figures.pickAFilter, turned],
])("%s", (id, draw, change) => {
  test("says what its rows show, and nothing else", () => {
    const record = committed<unknown>(id);
    const said = titleOf(draw(record));
    const other = titleOf(draw({ ...record, rows: record.rows.map(change) }));
    expect(said.toLowerCase()).not.toMatch(/accuracy of|accuracy against|held-out accuracy/);
    expect(other).not.toBe(said);
    expect(other.toLowerCase()).toMatch(/accuracy|against/);
    expect(draw({ ...record, rows: record.rows.map(change) }).alt).not.toBe(draw(record).alt);
  });
});

type Draw = (record: FigureRecord<never>) => figures.Figure;

/** Figures whose statement is about what they show beside their rows: what is drawn, and something else of which it is not true. */
describe.each<[string, Draw, (record: FigureRecord) => unknown]>([
  ["tour-one-reward", figures.methodComparison, (record) => ({ rows: record.rows.map(turned) })],
  [
    "training-curve",
    figures.trainingCurve,
    ({ extra }) => ({ extra: { curves: (extra as figures.TrainingCurves).curves.toReversed() } }),
  ],
  [
    "persona-statements",
    figures.statementMap,
    ({ extra }) => ({
      extra: {
        ...(extra as figures.StatementMap),
        points: (extra as figures.StatementMap).points.map((_, i) => [(i * 7919) % 1009, (i * 104729) % 997]),
      },
    }),
  ],
  [
    "simulation-simplex",
    figures.userSimplex,
    ({ extra }) => ({
      extra: {
        ...(extra as figures.UserSimplex),
        learned: (extra as figures.UserSimplex).learned.map((_, i, all) => all[(i * 31) % all.length]),
      },
    }),
  ],
  [
    "persona-query",
    figures.personaQuery,
    ({ extra }) => ({
      extra: {
        ...(extra as figures.PersonaQuery),
        users: (extra as figures.PersonaQuery).users.map((user) => ({ ...user, label: 1 })),
      },
    }),
  ],
])("%s", (id, draw, change) => {
  test("says what it shows, and nothing else", () => {
    const record = committed<never>(id);
    const said = draw(record).record;
    expect(said.checked).toEqual({ says: said.claim, holds: true });
    const other = draw({ ...record, ...(change(record) as object) }).record;
    expect(other.checked).toEqual({ says: expect.any(String) as string, holds: false });
    expect(other.claim).not.toBe(other.checked?.says);
  });
});

/** Figures whose titles count, and rows of which the count is another. */
describe.each<[string, Draw, string, (record: FigureRecord) => unknown]>([
  [
    "choose-k-recovery",
    figures.chooseKRecovery,
    "chooseK finds K = K* in 0 of",
    ({ rows }) => ({ rows: rows.map((row) => ({ ...row, k: (row.kStar ?? 1) + 1 })) }),
  ],
  [
    "heterogeneity-test-calibration",
    figures.heterogeneityTestCalibration,
    "The score test rejects 100.0 % of populations that are alike",
    ({ extra }) => ({
      extra: {
        cells: (extra as figures.HeterogeneityCalibration).cells.map((cell) => ({
          ...cell,
          pValues: cell.pValues.map(() => 0.05),
        })),
      },
    }),
  ],
  [
    "polis-held-out",
    figures.polisHeldOut,
    "PAL predicts held-out votes better than popularity alone in 0 of 7 Polis conversations, and is at most 0.02 nats behind a factor model in 0",
    ({ rows }) => ({
      rows: rows.map(({ intervals, ...row }) => ({ ...row, intervals: intervals && lowered(intervals) })),
    }),
  ],
])("%s", (id, draw, says, change) => {
  test("counts what its rows show", () => {
    const record = committed<never>(id);
    const other = draw({ ...record, ...(change(record) as object) });
    expect(titleOf(draw(record))).not.toContain(says);
    expect(titleOf(other)).toContain(says);
    expect(other.record.claim).toContain(says);
  });
});

function lowered(intervals: NonNullable<RecordRow["intervals"]>): NonNullable<RecordRow["intervals"]> {
  const by = ({ mean, low, high }: { readonly [bound: string]: number }) => ({
    ...{ mean: mean - 1, low: low - 1, high: high - 1 },
  });
  return Object.fromEntries(Object.entries(intervals).map(([name, bounds]) => [name, by({ ...bounds })]));
}

test.each<[string, Draw]>([
  ["simulation-populations", figures.simulationPopulations],
  ["simulation-ideal-points", figures.simulationIdealPoints],
])("%s says what is drawn and claims nothing, whatever its record claims", (id, draw) => {
  const figure = draw({ ...committed<never>(id), claim: "Everything rises" });
  expect(titleOf(figure)).toMatch(/^Where (?:the )?users/);
  expect(titleOf(figure)).not.toMatch(/rise|more|better|every |all /);
  expect(figure.record.claim).toBe(titleOf(figure));
});

test("numbers of prototypes mean nothing: the learned simplex is drawn in the order that fits the true one", () => {
  const record = committed<figures.UserSimplex>("simulation-simplex");
  const { extra } = record;
  if (extra === undefined) throw new Error("the record has no weights");
  const turnedRound = { ...extra, learned: extra.learned.map(([a, b, c]) => [c, a, b] as const) };
  expect(figures.userSimplex({ ...record, extra: turnedRound }).data).toEqual(
    figures.userSimplex(record).data,
  );
});

test("that some answers are enough is not said where nobody gave more", () => {
  const record = committed<unknown>("persona-accuracy-vs-samples");
  const rows = record.rows.filter(({ comparisonsPerUser = 0 }) => comparisonsPerUser <= 20);
  expect(titleOf(figures.personaAccuracyVsSamples(record))).toContain("enough");
  expect(titleOf(figures.personaAccuracyVsSamples({ ...record, rows }))).not.toContain("enough");
});

test("the latent space says that users are recovered only where prototypes are", () => {
  const record = committed<LatentSpace>("simulation-latent-space");
  const { extra } = record;
  if (extra === undefined) throw new Error("the record has no points");
  const said = titleOf(figures.simulationLatentSpace(record));
  expect(said).toContain("triangle");
  const panels = extra.panels.map((panel) => ({
    ...panel,
    prototypes: panel.prototypes.map(([x, y]) => [-x, -y] as const),
  }));
  expect(titleOf(figures.simulationLatentSpace({ ...record, extra: { ...extra, panels } }))).not.toContain(
    "triangle",
  );
});

function titleOf({ layout }: figures.Figure): string {
  return figures.theme.titleParts(String((layout.title as { readonly text?: string }).text)).title;
}
