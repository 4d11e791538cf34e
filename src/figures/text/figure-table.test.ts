import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FigureRecord } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { figureTable } from "./figure-table.js";
import { accuracyFigure, sampleRecord } from "../render/fixtures/sample-figures.js";
import { keyNumbers } from "./key-numbers.js";

const tableOf = (data: readonly PlotlyObject[], layout: PlotlyObject = {}): unknown =>
  figureTable({ data, layout, record: sampleRecord("a") });

test("shows the means of a record's rows", () => {
  const figure = accuracyFigure();
  expect(figureTable(figure)).toEqual(keyNumbers(figure.record.rows));
});

test("days, years and counts stay what they are in the table below a figure", () => {
  const x = [20190101, 1609459200000, 123456n, new Date("2021-01-02"), 2.00049];
  expect(tableOf([{ type: "bar", x: x as never, y: [1, 2, 3, 4, 5] }])).toMatchObject({
    rows: [["20190101"], ["1609459200000"], ["123456"], ["2021-01-02T00:00:00.000Z"], ["2"]].map(
      ([cell], i) => [cell, String(i + 1)],
    ),
  });
});

test("without rows it shows what is drawn, as the axes call it, not what only holds axes open", () => {
  const layout = {
    xaxis: { title: { text: "share &lt; 1" } },
    yaxis: { tickvals: [2, 1], ticktext: ["a <b>bold</b><br>line", "3"] },
    yaxis2: { tickvals: [1], ticktext: ["other"] },
  };
  const held = { x: [9], y: [9], marker: { opacity: 0 }, hoverinfo: "skip" };
  const data = [
    { name: "one", x: [0.123456, null], y: [2, 1] },
    { type: "bar", x: [5], y: [1], yaxis: "y2", text: ["%&amp;"] },
    held,
    { ...held, visible: false },
  ];
  expect(tableOf(data, layout)).toEqual({
    fixed: [],
    header: ["drawn as", "share < 1", "y", "text"],
    rows: [
      ["one", "0.1235", "a bold line", "–"],
      ["one", "–", "1", "–"],
      ["", "5", "other", "%&"],
    ],
    note: "What is drawn, to 4 digits.",
  });
  expect(tableOf([held])).toBeUndefined();
  expect(tableOf([held], { annotations: [{ text: "<b>Yes</b>" }, { text: "" }] })).toMatchObject({
    rows: [["Yes"]],
  });
});

test("of rows that are no runs it shows what is drawn", () => {
  const rows = [{ a: 1 }] as never;
  expect(
    figureTable({ data: [{ x: [1] }], layout: {}, record: { ...sampleRecord("a"), rows } })?.rows,
  ).toEqual([["1"]]);
});

test("of many points it shows some, over the whole, and says so", () => {
  const table = tableOf([{ x: Array.from({ length: 100 }, (_, i) => i) }]) as {
    rows: string[][];
    note: string;
  };
  expect(table.rows.map(([x]) => x).slice(0, 3)).toEqual(["0", "3", "6"]);
  expect(table.rows.at(-1)).toEqual(["99"]);
  expect(table.note).toBe("What is drawn, to 4 digits: each 3rd of 100, the others are in the record.");
});

const folder = new URL("../../../figures/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const ids = readdirSync(folder).filter((file) => file.endsWith(".record.json"));

test.each(ids)("%s has a table", (file) => {
  const drawn = read(file.replace(".record", "")) as Figure;
  const table = figureTable({ ...drawn, record: read(file) as FigureRecord });
  expect(table?.rows.length).toBeGreaterThan(0);
  expect(table?.rows.every((row) => row.length === table.header.length)).toBe(true);
});
