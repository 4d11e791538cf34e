import type { PlotlyObject } from "./figure.js";

/** A trace of cells, white at `zmin` and of the colour "#rrggbb" at `zmax`. @param cells z, where they stand, zmin, zmax, gaps and what hovers */
export function heatTrace(color: string, cells: PlotlyObject): PlotlyObject {
  return {
    ...{ type: "heatmap", showscale: false },
    colorscale: [
      [0, "#FFFFFF"],
      [1, color],
    ],
    ...cells,
  };
}
