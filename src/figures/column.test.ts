import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Figure, PlotlyObject } from "./figure.js";
import { COLUMNS, forColumn } from "./column.js";
import { titleParts } from "./theme/index.js";

const folder = new URL("../../figures/", import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const figures = readdirSync(folder)
  .flatMap((name) => /^(.+)\.record\.json$/.exec(name)?.[1] ?? [])
  .map((id): Figure => ({ ...(read(`${id}.json`) as Figure), id, record: read(`${id}.record.json`) as Figure["record"] })); // prettier-ignore
const named = (id: string): Figure => {
  const found = figures.find((figure) => figure.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
};
/** The traces, whether or not points are named. */
const withoutMode = ({ data }: Figure): PlotlyObject[] =>
  data.map((trace) => ({ ...trace, mode: undefined }));
const textOf = ({ layout }: Figure): string => (layout.title as { readonly text: string }).text;

test.each(figures.map((figure) => [figure.id, figure] as const))("%s in both columns", (_, figure) => {
  for (const column of ["single", "double"] as const) {
    const narrow = forColumn(figure, column);
    expect(narrow.layout.width).toBe(COLUMNS[column].pixels);
    // nothing is said less: the words of title and subtitle are the same, in more lines
    expect(titleParts(textOf(narrow))).toEqual(titleParts(textOf(figure)));
    expect(withoutMode(narrow)).toEqual(withoutMode(figure));
    const letters = textOf(narrow).split("<br>").map((line) => line.replace(/<[^>]*>/g, "").length); // prettier-ignore
    expect(Math.max(...letters) * 6.2).toBeLessThan(COLUMNS[column].pixels);
    const sizes = [...JSON.stringify(narrow.layout).matchAll(/"size":(\d+)/g)].map(([, size]) =>
      Number(size),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  }
});

test("panels of a single column stand below each other in their order, each with its own ticks and titles", () => {
  const { layout } = forColumn(named("simulation-accuracy-vs-k"), "single");
  const domains = ["yaxis", "yaxis2"].map((name) => (layout[name] as { readonly domain: number[] }).domain);
  expect(domains[0][1]).toBe(1);
  expect(domains[1][1]).toBeLessThan(domains[0][0]);
  for (const name of ["xaxis", "xaxis2"]) expect((layout[name] as PlotlyObject).domain).toEqual([0, 1]);
  expect(layout.yaxis2).toMatchObject({
    showticklabels: true,
    title: { text: "held-out accuracy (fraction)" },
  });
  const titles = (layout.annotations as PlotlyObject[]).filter(({ text }) => String(text).startsWith("<b>"));
  expect(titles.map(({ y }) => y)).toEqual([domains[0][1], domains[1][1]]);
  expect(layout.legend).toMatchObject({ orientation: "h" });
});

test("a panel with a scale of its own keeps it", () => {
  const given = named("training-curve");
  const { layout } = forColumn(given, "single");
  expect((layout.yaxis2 as PlotlyObject).title).toEqual((given.layout.yaxis2 as PlotlyObject).title);
  expect((layout.yaxis2 as PlotlyObject).range).toEqual((given.layout.yaxis2 as PlotlyObject).range);
});

test("another column is refused by name", () => {
  expect(() => forColumn(named("training-curve"), "triple" as "single")).toThrow(
    /forColumn: column .*"single".*"triple"/,
  );
});

test("names of points that a narrow picture has no room for are left out there, and their markers stay", () => {
  const map = named("breakfast-map");
  const modes = (figure: Figure): unknown[] => figure.data.map(({ mode }) => mode);
  expect(modes(map)).toContain("markers+text");
  expect(modes(forColumn(map, "double"))).toEqual(modes(map));
  expect(new Set(modes(forColumn(map, "single")))).toEqual(new Set(["markers"]));
});
