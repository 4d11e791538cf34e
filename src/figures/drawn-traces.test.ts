import { afterAll, expect, test } from "vitest";
import { DRAWN_TRACES } from "./drawn-traces.js";
import type { PlotlyObject } from "./figure.js";
import { ownFigure } from "./own-figure.js";
import { disposeRenderer, renderSvg, show } from "./render/index.js";

afterAll(disposeRenderer);

const LINE = { x: [1, 2, 3], y: [2, 1, 3] };
const GRID = {
  z: [
    [1, 2, 3],
    [3, 4, 1],
    [2, 2, 2],
  ],
};
const COUNTED = { x: [1, 2, 2, 3], y: [1, 2, 2, 3] };
const TREE = { labels: ["a", "b", "c"], parents: ["", "a", "a"], values: [3, 1, 2] };
const PRICES = { x: [1, 2], open: [1, 2], high: [3, 4], low: [0, 1], close: [2, 3] };
const POLAR = { r: [1, 2, 3], theta: [0, 90, 180] };
const CARPET = { type: "carpet", a: [1, 1, 2, 2], b: [1, 2, 1, 2], x: [1, 1, 2, 2], y: [1, 2, 1, 2] };

/** Something to draw of each kind. */
const SAMPLES: { readonly [type: string]: PlotlyObject } = {
  ...{ scatter: LINE, bar: LINE, waterfall: LINE, funnel: LINE, box: LINE, violin: LINE },
  ...{ heatmap: GRID, contour: GRID, histogram: COUNTED, histogram2d: COUNTED, histogram2dcontour: COUNTED },
  ...{ pie: TREE, funnelarea: TREE, sunburst: TREE, treemap: TREE, icicle: TREE },
  ...{ candlestick: PRICES, ohlc: PRICES, scatterpolar: POLAR, barpolar: POLAR },
  quiver: { ...LINE, u: [1, 1, 1], v: [1, 0, 1] },
  scatterternary: { a: [1, 2], b: [1, 1], c: [2, 1] },
  scattersmith: { real: [1, 2], imag: [0, 1] },
  carpet: CARPET,
  contourcarpet: { a: [1, 1, 2, 2], b: [1, 2, 1, 2], z: [1, 2, 3, 4] },
  parcats: { dimensions: [{ values: ["a", "b", "a"] }, { values: ["c", "d", "d"] }] },
  sankey: { node: { label: ["a", "b"] }, link: { source: [0], target: [1], value: [3] } },
  table: { header: { values: ["a"] }, cells: { values: [[1, 2]] } },
  indicator: { value: 3, mode: "number" },
};

/** Marks of a picture: shapes, texts and images. */
async function marksOf(traces: readonly PlotlyObject[]): Promise<number> {
  const layout = { width: 300, height: 220, showlegend: false };
  const svg = await renderSvg(ownFigure({ data: traces, layout }));
  return svg.match(/<(path|circle|rect|image|text|line|polygon)\b/g)?.length ?? 0;
}

test.each(DRAWN_TRACES)("%s is drawn", async (type) => {
  const beside = type === "contourcarpet" ? [CARPET] : [];
  const drawn = await marksOf([...beside, { type, ...SAMPLES[type] }]);
  // what the frame has without it
  expect(drawn).toBeGreaterThan(await marksOf(beside.length > 0 ? beside : [{ type, visible: false }]));
});

test.each([
  "scattergl",
  "splom",
  "scatter3d",
  "surface",
  "mesh3d",
  "scattergeo",
  "choropleth",
  "scattermap",
  "scattercarpet",
  "parcoords",
  "lines",
  5,
])("%s is refused by name", async (type) => {
  await expect(show({ data: [{ type }] })).rejects.toThrow(
    `show: figure: data[0]: type ${JSON.stringify(type)} cannot be drawn`,
  );
});

test.each<[unknown, string]>([
  [{ data: 5 }, "show: figure: data must be an array of Plotly traces"],
  [{ data: [null] }, "show: figure: data[0] must be a Plotly trace"],
  [{ data: [], layout: 5 }, "show: figure: layout must be a Plotly layout"],
  [{ data: [], layot: {} }, 'did you mean "layout"?'],
])("%j is refused", async (own, words) => {
  await expect(show(own as never)).rejects.toThrow(words);
});

test("a figure of one's own has the toolkit's look, dates and typed arrays as values, and its own words", async () => {
  const lines: string[] = [];
  const data = [
    { x: [new Date(0)], y: Float32Array.of(0.5), name: "a" },
    { type: "bar", x: [1], y: [NaN] },
  ];
  const own = {
    data,
    layout: { title: { text: "Mine <b>" }, xaxis: { title: "day", type: "date" }, height: 300 },
  };
  await show(own, { print: (line) => lines.push(line) });
  expect(lines).toEqual(['figure figure: Mine <b>: scatter "a", bar.\n']);
  const { layout, data: traces } = ownFigure(own);
  expect(traces).toEqual([
    { x: ["1970-01-01T00:00:00.000Z"], y: [0.5], name: "a" },
    { type: "bar", x: [1], y: [null] },
  ]);
  expect(layout).toMatchObject({
    height: 300,
    width: 720,
    showlegend: true,
    xaxis: { type: "date", title: { text: "day" } },
  });
  expect(layout.title).toMatchObject({ text: "Mine &lt;b&gt;" });
});
