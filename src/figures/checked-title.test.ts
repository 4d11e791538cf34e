import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FigureRecord } from "../core/index.js";
import * as figures from "./index.js";
import type { LatentSpace } from "./index.js";

const committed = <Extra>(id: string): FigureRecord<Extra> =>
  JSON.parse(
    readFileSync(new URL(`../../figures/${id}.record.json`, import.meta.url), "utf8"),
  ) as FigureRecord<Extra>;

type Draw = (record: FigureRecord<never>) => figures.Figure;

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
