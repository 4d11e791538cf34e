import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../core/index.js";
import * as explored from "../report/figures/index.js";
import { disposeRenderer, renderSvg } from "./render/index.js";
import * as figures from "./index.js";

type Draw = (record: FigureRecord<never>) => figures.Figure;
/** Everything that is exported and draws a record: a new figure comes under these tests by itself. */
const NO_FIGURES = [
  "emptyFigure",
  "ownFigure",
  "isOwnFigure",
  "planePoints",
  "tableOptions",
  "subtitleOf",
  "forColumn",
];
const builders = Object.entries<unknown>({ ...figures, ...explored }).filter(
  (entry): entry is [string, Draw] => typeof entry[1] === "function" && !NO_FIGURES.includes(entry[0]),
);

const bare = (rows: readonly RecordRow[]): FigureRecord<never> =>
  figureRecord<never>({
    ...{ id: "a-figure", claim: "Everything rises", caption: "", profile: "fast", config: {} },
    ...{ engine: "none", data: [], rows },
  });

/** Numbers that cannot be drawn, with the way to them. */
function unreal(value: unknown, way = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${way}: ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unreal(each, `${way}.${key}`));
}

function words({ layout }: figures.Figure): string {
  return JSON.stringify([layout.title, layout.annotations]);
}

test("there are as many figures as the rooms export", () => expect(builders.length).toBeGreaterThan(20));

test.each(builders)("%s of nothing is a panel that says so", (_, draw) => {
  const figure = draw(bare([]));
  expect(words(figure)).toContain("nothing to show");
  expect(words(figure)).not.toContain("Everything rises");
  expect(figure.record.checked).toEqual({ says: "Everything rises", holds: false });
  expect(figure.alt).toContain("Nothing to show");
  expect(unreal([figure.data, figure.layout])).toEqual([]);
});

test("a panel that shows nothing is drawn", async () => {
  const svg = await renderSvg(figures.simulationAccuracyVsK(bare([])));
  await disposeRenderer();
  expect(svg).toContain("nothing to show");
});

const OF_ROWS: [string, Draw][] = [
  ["simulation-accuracy-vs-k", figures.simulationAccuracyVsK],
  ["persona-accuracy-vs-k", figures.personaAccuracyVsK],
  ["simulation-accuracy-vs-samples", figures.simulationAccuracyVsSamples],
  ["persona-accuracy-vs-samples", figures.personaAccuracyVsSamples],
  ["persona-accuracy-vs-dimension", figures.personaAccuracyVsDimension],
  ["simulation-new-users", figures.simulationNewUsers],
  ["persona-new-users", figures.personaNewUsers],
  ["pick-a-filter", figures.pickAFilter],
  ["tour-one-reward", figures.methodComparison],
];
const OTHERS: [string, Draw][] = [
  ["choose-k-recovery", figures.chooseKRecovery],
  ["heterogeneity-test-calibration", figures.heterogeneityTestCalibration],
  ["polis-held-out", figures.polisHeldOut],
  ["simulation-latent-space", figures.simulationLatentSpace],
  ["simulation-ideal-points", figures.simulationIdealPoints],
  ["simulation-simplex", figures.userSimplex],
  ["simulation-populations", figures.simulationPopulations],
  ["persona-statements", figures.statementMap],
  ["persona-query", figures.personaQuery],
  ["training-curve", figures.trainingCurve],
];
const committed = (id: string): FigureRecord<never> =>
  JSON.parse(
    readFileSync(new URL(`../../figures/${id}.record.json`, import.meta.url), "utf8"),
  ) as FigureRecord<never>;

/** Half lengths of all error bars. */
const bars = ({ data }: figures.Figure): number[] =>
  data.flatMap(({ error_y: bar }) => [...((bar as { array?: number[] } | undefined)?.array ?? [])]);

test.each(OF_ROWS)("%s of one seed says that there is no interval", (id, draw) => {
  const record = committed(id);
  const whole = draw(record);
  expect(words(whole)).not.toContain("no interval");
  expect(bars(whole).some((half) => half > 0) || words(whole).includes("±")).toBe(true);
  const rows = record.rows.filter(({ seed }) => seed === record.rows[0].seed);
  const figure = draw({ ...record, rows });
  expect(words(figure)).toContain("one run: no interval");
  expect(bars(figure).every((half) => half === 0)).toBe(true);
  expect(words(figure)).not.toContain("±");
  expect(unreal([figure.data, figure.layout])).toEqual([]);
});

test.each(OTHERS)("%s of one seed is drawn of its rows alone, and says nothing of more", (id, draw) => {
  const record = committed(id);
  const [seed] = record.seeds;
  const figure = draw({ ...record, seeds: [seed], rows: record.rows.filter((row) => row.seed === seed) });
  expect(figure.data.length).toBeGreaterThan(0);
  expect(unreal([figure.data, figure.layout])).toEqual([]);
  expect([figure.alt, words(figure)].join()).not.toMatch(/NaN|undefined|Infinity|±|\bseeds\b/);
});

test.each([...OF_ROWS, ...OTHERS])(
  "%s of a single row, and of rows that are all equal, is drawn",
  (id, draw) => {
    const record = committed(id);
    // some draw what lies beside their rows, and have none
    const first = record.rows.slice(0, 1);
    const equal = record.rows.map((row) => ({ ...row, accuracy: 0.5, k: first[0]?.k ?? 1, pValue: 0.5 }));
    for (const rows of [first, equal]) {
      const figure = draw({ ...record, rows });
      expect(unreal([figure.data, figure.layout])).toEqual([]);
      expect(figure.alt).not.toMatch(/NaN|undefined|Infinity/);
    }
  },
);
