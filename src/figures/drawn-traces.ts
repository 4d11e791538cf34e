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

/**
 * Pictures of a layout must be in it: a drawing asks no network.
 * @param what `"caller: argument"` @throws InputError for a layout whose pictures would have to be loaded
 */
export function checkPictures(what: string, { images = [] }: { readonly images?: unknown }): void {
  checkArray(`${what}.images`, images, "an array of pictures");
  for (const [i, picture] of [...(images as readonly { readonly source?: unknown }[])].entries()) {
    checkObject(`${what}.images[${i}]`, picture, ["source"], 'a picture such as { source: "data:…", x, y }');
    if (typeof picture.source === "string" && picture.source.startsWith("data:")) continue;
    throw new InputError(`${what}.images[${i}]: source must be a data: address, got ${show(picture.source)}`);
  }
}
