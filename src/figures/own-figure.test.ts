import { JSDOM } from "jsdom";
import { afterAll, describe, expect, test } from "vitest";
import type { PlotlyObject } from "./figure.js";
import { ownFigure } from "./own-figure.js";
import { disposeRenderer, renderSvg, show } from "./render/index.js";

afterAll(disposeRenderer);

/** 300 letters and a number, in words. */
const long = (i: number): string =>
  `${i} ${"the buses of the town should run through the night ".repeat(7)}`.slice(0, 300);
const LABELS = [0, 1, 2, 3].map(long);

/** What is drawn of a figure: the texts with the place that each takes across, and how wide and high the plot is. */
async function drawn(data: readonly PlotlyObject[], layout: PlotlyObject = {}) {
  const svg = await renderSvg(ownFigure({ data, layout }));
  const { document } = new JSDOM(svg, { contentType: "image/svg+xml" }).window;
  const [width, height] = ["width", "height"].map((name) =>
    Number(document.documentElement.getAttribute(name)),
  );
  const lengths = [...document.querySelectorAll("[textLength]")].map((text) =>
    Number(text.getAttribute("textLength")),
  );
  const plot = document.querySelector(".bglayer .bg, .plotclip rect, clipPath[id$='xyplot'] rect");
  const part = (name: string, whole: number): number => Number(plot?.getAttribute(name)) / whole;
  for (const [name, way, whole] of [
    ["xtitle", "x", width],
    ["ytitle", "y", height],
  ] as const)
    for (const title of document.querySelectorAll(`.g-${name} text`)) {
      const lines = [title, ...title.querySelectorAll("tspan")];
      const length = Math.max(...lines.map((line) => Number(line.getAttribute("textLength"))));
      const middle = Number(title.getAttribute(way));
      expect(middle - length / 2, name).toBeGreaterThan(0);
      expect(middle + length / 2, name).toBeLessThan(whole);
    }
  return { width, lengths, across: part("width", width), up: part("height", height) };
}

describe("labels of 300 letters leave room for what is drawn", () => {
  test.each<[string, PlotlyObject[], PlotlyObject]>([
    ["up the side", [{ type: "bar", orientation: "h", x: [1, 2, 3, 4], y: LABELS }], {}],
    ["below", [{ type: "bar", x: LABELS, y: [1, 2, 3, 4] }], {}],
    ["as names", LABELS.map((name, i) => ({ name, x: [1, 2], y: [i, 2] })), {}],
    ["as ticks", [{ x: [1, 2], y: [0, 1] }], { yaxis: { tickvals: [0, 1], ticktext: LABELS.slice(0, 2) } }],
    [
      "as titles",
      [{ type: "bar", orientation: "h", x: [1, 2, 3, 4], y: LABELS }],
      { title: LABELS[0], xaxis: { title: LABELS[1] }, yaxis: { title: LABELS[2] } },
    ],
    ["as a note", [{ x: [1, 2], y: [0, 1] }], { annotations: [{ x: 1, y: 1, text: LABELS[0] }] }],
    ["at points", [{ mode: "text", x: [1, 2, 3, 4], y: [1, 2, 3, 4], text: LABELS }], {}],
  ])("%s", async (_, data, layout) => {
    const { lengths, width, across, up } = await drawn(data, layout);
    expect(Math.max(...lengths)).toBeLessThan(width - 24);
    expect(across).toBeGreaterThan(0.4);
    expect(up).toBeGreaterThan(0.4);
  });
});

test("what is cut stands whole where one points at it", () => {
  const { data, layout } = ownFigure({
    data: [{ type: "bar", orientation: "h", name: long(9), x: [1, 2], y: [LABELS[0], "short"] }],
  });
  const unbroken = (text: unknown): string => String(text).replaceAll("<br>", " ");
  const { ticktext, tickvals } = layout.yaxis as PlotlyObject;
  expect(tickvals).toEqual([LABELS[0], "short"]);
  expect(ticktext).toEqual([expect.stringMatching(/^0 the buses .+…$/), "short"]);
  expect(data[0].name).toMatch(/^9 the buses .+…$/);
  const hovers = (data[0].hovertext as string[]).map(unbroken);
  expect(hovers[0]).toBe(`${long(9).trim()} ${LABELS[0].trim()}`);
  expect(hovers[1]).toBe(long(9).trim());
  const cells = ownFigure({ data: [{ type: "heatmap", x: LABELS, y: ["a", "b"], z: [[1, 2, 3, 4]] }] }).data;
  const [[, second]] = cells[0].hovertext as string[][];
  expect(unbroken(second)).toBe(LABELS[1].trim());
});

test("what is cut of an axis's title is said in the description, and where one points at its end", () => {
  const { alt, layout } = ownFigure({ data: [], layout: { yaxis: { title: LABELS[2] } } });
  expect((layout.yaxis as { title: { text: string } }).title.text).toMatch(/^2 the buses.+…$/);
  expect(alt).toBe(`A figure: nothing is drawn. Up: ${LABELS[2]}.`);
  const [mark, ...others] = layout.annotations as PlotlyObject[];
  expect(others).toEqual([]);
  expect(String(mark.hovertext).replaceAll("<br>", " ")).toBe(LABELS[2].trim());
});

test("short labels, words of one's own for pointing, and markup stay as they are", () => {
  const data: PlotlyObject[] = [
    { type: "bar", name: "a", x: ["one", "two"], y: [1, 2], text: ["1", "2"] },
    { name: `<b>${long(1)}</b>`, x: ["one", "two"], y: [1, 2], hovertemplate: "%{x}" },
  ];
  expect(ownFigure({ data }).data).toEqual(data);
  const sectors = ownFigure({ data: [{ type: "pie", labels: LABELS, values: [1, 2, 3, 4] }] }).data[0];
  const whole = (sectors.labels as string[]).map((label) => label.replaceAll("<br>", " "));
  expect(whole).toEqual(LABELS.map((label) => label.trim()));
});

const LINE = { x: [1, 2], y: [1, 2] };
test.each<[PlotlyObject, PlotlyObject, string]>([
  [
    { ...LINE, markr: { size: 3 } },
    {},
    'data[0]: "markr" is no attribute of a trace of type "scatter"; did you mean "marker"?',
  ],
  [
    { ...LINE, type: "bar", marker: { colour: "red" } },
    {},
    '"marker.colour" is no attribute of a trace of type "bar"; did you mean "color"?',
  ],
  [{ ...LINE, mode: "lnes" }, {}, 'data[0]: mode cannot be "lnes"; did you mean "lines"?'],
  [LINE, { barmod: "stack" }, 'layout: "barmod" is no attribute of a layout; did you mean "barmode"?'],
  [LINE, { xaxis: { rnge: [0, 1] } }, '"xaxis.rnge" is no attribute of a layout; did you mean "range"?'],
  [
    LINE,
    { annotations: [{ text: "a", x: 1, y: 1, arrowcolour: "red" }] },
    '"annotations.0.arrowcolour" is no attribute of a layout; did you mean "arrowcolor"?',
  ],
])("what Plotly would leave out without a word is refused by name: %j %j", async (trace, layout, words) => {
  const shown = show({ data: [trace], layout }, { print: () => undefined });
  await expect(shown).rejects.toThrow(/^show: figure: /);
  await expect(shown).rejects.toThrow(words);
});

test("dates, colours, dashes and lists of them are no misspelt words", async () => {
  const data = [
    {
      ...{ x: [new Date(0), new Date(1e9)], y: Float32Array.of(1, NaN), mode: "lines+markers" },
      ...{
        line: { dash: "5px,2px", color: "rebeccapurple" },
        marker: { color: ["red", "#00f"], size: [3, 4] },
      },
    },
  ];
  const layout = { title: "Mine", xaxis: { title: "day", type: "date" }, yaxis: { title: { text: "m" } } };
  await expect(show({ data, layout }, { print: () => undefined })).resolves.toBeUndefined();
});
