import { InputError, show as quoted } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";

/** Traces that are drawn as shapes and texts: they need no graphics card, no map and no network. */
const DRAWN = [
  ...["bar", "barpolar", "box", "candlestick", "carpet", "contour", "contourcarpet", "funnel", "funnelarea"],
  ...["heatmap", "histogram", "histogram2d", "histogram2dcontour", "icicle", "indicator", "ohlc", "pie"],
  ...["sankey", "scatter", "scattercarpet", "scatterpolar", "scattersmith", "scatterternary", "sunburst"],
  ...["table", "treemap", "violin", "waterfall"],
];

/**
 * Refuses, before anything is drawn, what would stay blank, hang, or ask a network.
 * @throws InputError that names the trace and its type, or the picture's address
 */
export function checkIsDrawable(caller: string, { id, data, layout, frames = [] }: Figure): void {
  const traces = [...data, ...frames.flatMap((frame) => (frame.data ?? []) as readonly PlotlyObject[])];
  traces.forEach(({ type = "scatter" }, i) => {
    if (DRAWN.includes(String(type))) return;
    const near = String(type).endsWith("gl") ? `: "${String(type).slice(0, -2)}" draws the same` : "";
    throw new InputError(
      `${caller}: figure ${quoted(id)}: the type of trace ${i} must be one that can be drawn without a graphics card and a network (${DRAWN.join(", ")}), got ${quoted(type)}${near}`,
    );
  });
  for (const { source } of (layout.images ?? []) as readonly PlotlyObject[]) {
    if (typeof source === "string" && source.startsWith("data:")) continue;
    throw new InputError(
      `${caller}: figure ${quoted(id)}: a picture of a layout must be in it (data:…), got ${quoted(source)}`,
    );
  }
}
