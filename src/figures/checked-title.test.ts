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
  return String((layout.title as { readonly text?: string }).text).replace(/<br>/g, " ");
}
