import { expect, test } from "vitest";
import { figureRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import type { Figure } from "../figure.js";
import { familiesMatrix } from "./families-matrix.js";

function record(rows: readonly RecordRow[]): FigureRecord {
  return figureRecord({
    ...{ id: "families-matrix", claim: "", caption: "", profile: "full", config: {}, engine: "none" },
    ...{ data: [], rows },
  });
}

/** Two seeds of a family in a world, this many nats behind -0.4 in each. */
function cell(family: string, world: string, behind: readonly number[], more: object = {}): RecordRow[] {
  return behind.map((apart, i) => ({
    ...{ seed: i + 1, split: "seen", accuracy: 0.7, settings: { world, family, ...more } },
    measures: { nats: -0.4 - apart },
  }));
}

const ROWS = [
  ...cell("lore", "a", [0, 0]),
  ...cell("vpl", "a", [0.1, 0.104]),
  ...cell("majority", "a", [0.3, 0.3], { refused: "pal-b: needs contexts: give some" }),
  ...cell("lore", "b", [0.2, 0.2]),
  ...cell("vpl", "b", [0, 0]),
  ...cell("majority", "b", [0.3, 0.3], { refused: "pal-b: needs contexts", diverged: "gpo: not finite" }),
];

const texts = ({ layout }: Figure): string[] =>
  (layout.annotations as { readonly text: string }[]).map(({ text }) => text);
const ticks = ({ layout }: Figure, axis: "xaxis" | "yaxis"): unknown =>
  (layout[axis] as { readonly ticktext: unknown }).ticktext;

test("worlds are rows, families columns by their mean regret, cells hundredths of a nat", () => {
  const figure = familiesMatrix(record(ROWS));
  expect(ticks(figure, "yaxis")).toEqual(["a", "b"]);
  expect(ticks(figure, "xaxis")).toEqual(["vpl", "lore", "majority", "pal-b", "gpo"]);
  expect(texts(figure)).toEqual(["10", "<b>0</b>", "30", "×", "", "<b>0</b>", "20", "30", "×", "!"]);
  const [{ customdata }] = figure.data as unknown as [{ readonly customdata: string[][] }];
  expect(customdata[0][0]).toMatch(/^vpl in a: 0\.102 nats behind, 0\.077 to 0\.127$/);
  expect(customdata[0][3]).toBe("refused: needs contexts: give some");
});

test("that nobody is near the best everywhere is said of the least bad, where it is surely behind somewhere", () => {
  const { claim, checked } = familiesMatrix(record(ROWS)).record;
  expect(checked?.holds).toBe(true);
  expect(claim).toMatch(/even vpl, the least bad at its worst, is 0\.10 nats an answer behind in a$/);
  const near = ROWS.map((row) => ({
    ...row,
    measures: { nats: row.settings?.family === "vpl" ? -0.39 : -0.5 },
  }));
  const other = familiesMatrix(record(near)).record;
  expect(other.checked?.holds).toBe(false);
  expect(other.claim).toMatch(/^How far each family is behind the best of each world/);
});

test("a difference that goes both ways is bold: it is not surely one", () => {
  const rows = [...cell("lore", "a", [0, 0]), ...cell("vpl", "a", [0.12, -0.06])];
  expect(texts(familiesMatrix(record(rows)))).toEqual(["<b>0</b>", "<b>3</b>"]);
});

test("a world whose best is below one reward for all is marked, and the majority is no family", () => {
  const known = (blindNats: number): RecordRow[] =>
    ROWS.map((row) =>
      row.settings?.family === "majority" && row.settings.world === "a"
        ? { ...row, measures: { ...row.measures, blindNats } }
        : row,
    );
  const poor = familiesMatrix(record(known(-0.37)));
  expect(ticks(poor, "yaxis")).toEqual(["a (none good)", "b"]);
  expect(poor.alt).toContain("a: lore, but nobody who ran is good there");
  expect(poor.alt).toContain("of 4 families and what most said in 2 worlds");
  const near = familiesMatrix(record(known(-0.39)));
  expect(ticks(near, "yaxis")).toEqual(["a", "b"]);
});
