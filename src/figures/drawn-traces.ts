import { checkArray, checkObject, InputError, show } from "../core/index.js";

/**
 * Every kind of trace that a picture can be drawn of: the others need WebGL (scattergl, scatter3d, surface, splom, parcoords …) or ask
 * a network for maps (scattergeo, choropleth, scattermap …), and would leave an empty frame.
 */
export const DRAWN_TRACES = [
  ...[
    "scatter",
    "bar",
    "box",
    "violin",
    "histogram",
    "heatmap",
    "contour",
    "histogram2d",
    "histogram2dcontour",
  ],
  ...[
    "pie",
    "sunburst",
    "treemap",
    "icicle",
    "funnel",
    "funnelarea",
    "waterfall",
    "candlestick",
    "ohlc",
    "quiver",
  ],
  ...["scatterternary", "scatterpolar", "barpolar", "scattersmith", "carpet", "contourcarpet"],
  ...["parcats", "sankey", "table", "indicator"],
] as const;

/** What to take instead, where there is something near. */
const INSTEAD: { readonly [type: string]: string } = {
  scattergl: "scatter",
  heatmapgl: "heatmap",
  image: "heatmap",
  scatterpolargl: "scatterpolar",
  scattercarpet: "scatter",
  scatter3d: "scatter, once for each two axes (or `maps.pca` first)",
  surface: "heatmap or contour",
  splom: "scatter, once for each two columns",
  parcoords: "scatter lines",
};

/** @param what `"caller: argument"` @throws InputError for traces that are no objects, or of a type that no picture can be drawn of */
export function checkTraces(what: string, traces: unknown): void {
  checkArray(what, traces, "an array of Plotly traces");
  for (const [i, trace] of [...(traces as readonly unknown[])].entries()) {
    checkObject(`${what}[${i}]`, trace, [], 'a Plotly trace such as { type: "scatter", x, y }');
    const { type = "scatter" } = trace as { readonly type?: unknown };
    if (DRAWN_TRACES.some((drawn) => drawn === type)) continue;
    const instead = INSTEAD[String(type)];
    throw new InputError(
      `${what}[${i}]: type ${show(type)} cannot be drawn (only what needs neither WebGL nor a network can); ` +
        (instead === undefined ? `there are ${DRAWN_TRACES.join(", ")}` : `take ${instead}`),
    );
  }
}
