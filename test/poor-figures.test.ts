import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { figureRecord, type FigureRecord } from "../src/core/index.js";
import { theme, type Figure } from "../src/figures/index.js";
import { disposeRenderer, renderSvg } from "../src/figures/render/index.js";
import { KNOWN_FIGURES } from "../src/lessons/index.js";
import * as explored from "../src/report/figures/index.js";

// every figure of the toolkit, on its committed record made poor: of one seed, of one row, of rows that are all equal
const folder = new URL("../figures/", import.meta.url);
const ids = readdirSync(folder).flatMap((name) => /^(.+)\.record\.json$/.exec(name)?.[1] ?? []);
const committed = (id: string): FigureRecord<never> =>
  JSON.parse(readFileSync(new URL(`${id}.record.json`, folder), "utf8")) as FigureRecord<never>;

afterAll(disposeRenderer);

/** Numbers that cannot be drawn, with the way to them. */
function unreal(value: unknown, way = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${way}: ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unreal(each, `${way}.${key}`));
}

function titleOf({ layout }: Figure): { readonly title: string; readonly subtitle: string } {
  return theme.titleParts(String((layout.title as { readonly text?: string } | undefined)?.text));
}

function check(figure: Figure): void {
  expect(unreal([figure.data, figure.layout])).toEqual([]);
  const said = [
    figure.alt,
    JSON.stringify(figure.layout.annotations),
    JSON.stringify(figure.layout.title),
  ].join();
  expect(said).not.toMatch(/NaN|undefined|Infinity/);
  expect(figure.alt.trim()).not.toBe("");
  expect(figure.data.length > 0 || said.includes("othing to show")).toBe(true);
}

test("every committed figure is known, and every known one has a record", () => {
  expect(ids.sort()).toEqual(Object.keys(KNOWN_FIGURES).sort());
});

describe.each(ids)("%s", (id) => {
  const record = committed(id);
  const draw = KNOWN_FIGURES[id];
  const [first] = record.rows;

  test("of all its rows says what they are of", () => {
    const { title, subtitle } = titleOf(draw(record));
    expect(title).not.toBe("");
    if (record.seeds.length > 1) expect(subtitle).toContain(`n = ${record.seeds.length} seeds`);
    for (const { name } of record.data.slice(0, 1))
      expect(subtitle.toLowerCase()).toContain(name.split(/[\s/,(]/)[0].toLowerCase());
  });

  test("of one seed is drawn, and speaks of one", () => {
    const rows = record.rows.filter(({ seed }) => seed === first?.seed);
    const figure = draw({ ...record, seeds: record.seeds.slice(0, 1), rows });
    check(figure);
    expect(titleOf(figure).subtitle).not.toMatch(/\d seeds/);
    if (rows.length > 0) expect(titleOf(figure).subtitle).toContain("one seed");
    expect([figure.alt, titleOf(figure).title].join()).not.toMatch(/±|\bseeds\b/);
  });

  test("of one row is drawn", () => {
    if (first === undefined) return check(draw({ ...record, seeds: [1] }));
    check(draw({ ...record, seeds: [first.seed], rows: [first] }));
  });

  test("of rows that are all equal is drawn", () => {
    check(draw({ ...record, rows: record.rows.map((row) => ({ ...first, seed: row.seed })) }));
  });
});

const LONG = Array.from({ length: 60 }, (_, i) => `long${i % 10}`).join(" ");
const TEXTS = [
  LONG,
  "公共交通应该免费",
  "يجب أن تكون الحافلات مجانية",
  "🚌 free 🎉",
  "<b>&amp;</b> $x$ %{y}",
];
const same = { mean: -0.6, low: -0.6, high: -0.6 };
const extras: [keyof typeof explored, unknown][] = [
  ["exploreLadder", { methods: TEXTS.map((name, i) => ({ name, ...same, isBest: i === 0 })) }],
  ["explorePrototypes", { candidates: [1, 2].map((k) => ({ k, ...same })), chosen: 1 }],
  ["exploreCalibration", { bins: [{ predicted: 0.5, observed: 0.5, low: 0.5, high: 0.5, answers: 1 }] }],
  ["exploreItems", { items: TEXTS.map((text) => ({ text, byPrototype: [0.5, 0.5] })), measure: "P(agree)" }],
  ["exploreTest", { statistic: 0, nullStatistics: [0, 0], nulls: LONG, measure: "score" }],
  ["exploreUsers", { weights: TEXTS.map(() => [0.5, 0.5]), groups: TEXTS, grouping: "told", given: true }],
  [
    "exploreUsers",
    { weights: TEXTS.map(() => [1 / 3, 1 / 3, 1 / 3]), groups: TEXTS, grouping: LONG, given: true },
  ],
  [
    "exploreMaps",
    {
      ...{ pca: TEXTS.map(() => [0, 0]), umap: TEXTS.map(() => [0, 0]), explained: [0, 0] },
      ...{ trustworthiness: { pca: 0, umap: 0 }, groups: TEXTS, grouping: LONG, given: true },
    },
  ],
];

test.each(extras)(
  "%s of equal values and of texts of every kind and length is drawn",
  async (name, extra) => {
    const draw = explored[name] as unknown as (record: FigureRecord) => Figure;
    const figure = draw(
      figureRecord({
        ...{ id: "poor", claim: LONG, caption: "", profile: "fast", config: {}, engine: "none" },
        ...{ data: [], rows: [], extra },
      }),
    );
    check(figure);
    const svg = await renderSvg(figure);
    const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) =>
      text.replace(/<[^>]*>/g, ""),
    );
    expect(texts.length).toBeGreaterThan(0);
    expect(Math.max(...texts.map((text) => [...text].length))).toBeLessThan(900);
  },
);
