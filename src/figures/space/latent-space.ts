import type { FigureRecord } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import type { PlanePoints } from "./plane-points.js";
import * as theme from "../theme/index.js";

/** One panel: what a model with `k` prototypes learned, aligned to the true latent space. */
export interface LatentPanel {
  readonly k: number;
  readonly setting?: string;
  readonly items: PlanePoints;
  readonly prototypes: PlanePoints;
  readonly users: PlanePoints;
  /** Accuracy on held-out comparisons, 0-1. */
  readonly accuracy: number;
}

/** What `simulation-latent-space` shows beside its rows. */
export interface LatentSpace {
  readonly panels: readonly LatentPanel[];
  /** The truth in its own latent space; `groups` is each user's heaviest true prototype. */
  readonly truth: { readonly prototypes: PlanePoints; readonly users: PlanePoints };
  readonly groups: readonly number[];
}

/** The learned latent plane for K = 1, 2, 3 side by side: items, prototypes and users, with the true prototypes marked. */
export function simulationLatentSpace(record: FigureRecord<LatentSpace>): Figure {
  const { panels, truth, groups } = record.extra ?? {
    panels: [],
    truth: { prototypes: [], users: [] },
    groups: [],
  };
  const titles = panels.map(({ k, accuracy }) => `K = ${k}: accuracy ${accuracy.toFixed(3)}`);
  const square = theme.axis("", {
    showticklabels: false,
    ticks: "",
    range: rangeOf(panels, truth.prototypes),
  });
  const { axes, annotations } = theme.panelAxes({
    titles,
    xaxis: { ...square, title: { text: "latent dimension 1" } },
    yaxis: { ...square, title: { text: "latent dimension 2" } },
    equal: true,
    gap: 0.03,
  });
  const title = "With K = K* prototypes the learned triangle holds every user where they truly are";
  return {
    id: record.id,
    data: panels.flatMap((panel, i) => panelTraces(panel, { truth, groups, panel: i + 1 })),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 500,
        title,
        panels: true,
        legend: "below",
        legendRows: 1,
      }),
      ...axes,
      annotations,
    },
    alt:
      "Three panels, for models with 1, 2 and 3 prototypes: projected items as grey dots, learned prototypes as large diamonds, users as " +
      "small dots in the colour of their heaviest true prototype, true prototypes as crosses. With 3 the users fill the triangle of the prototypes.",
    record,
  };
}

interface PanelContext {
  readonly truth: LatentSpace["truth"];
  readonly groups: readonly number[];
  readonly panel: number;
}

function panelTraces(shown: LatentPanel, { truth, groups, panel }: PanelContext): PlotlyObject[] {
  const cloud = (name: string, points: PlanePoints, marker: PlotlyObject, rank: number): PlotlyObject => ({
    type: "scatter",
    mode: "markers",
    name,
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    xaxis: theme.axisOf("x", panel),
    yaxis: theme.axisOf("y", panel),
    marker,
    legendgroup: name,
    legendrank: rank,
    showlegend: panel === 1,
    hoverinfo: "skip",
  });
  const kinds = [...new Set(groups)].sort((a, b) => a - b);
  const users = kinds.map((group) =>
    cloud(
      `users of true prototype ${group + 1}`,
      shown.users.filter((_, i) => groups[i] === group),
      { color: theme.rgba(theme.prototypeColor(group), 0.75), size: 6, symbol: theme.symbolOf(group) },
      20 + group,
    ),
  );
  const diamond = { symbol: "diamond-open", size: 17, color: theme.INK, line: { width: 2.5 } };
  const cross = { symbol: "x-thin", size: 12, color: theme.INK, line: { color: theme.INK, width: 3 } };
  return [
    cloud("items f(x)", shown.items, { color: "rgba(140,140,140,0.35)", size: 3 }, 10),
    ...users,
    cloud("learned prototypes", shown.prototypes, diamond, 30),
    cloud("true prototypes", truth.prototypes, cross, 40),
  ];
}

/** A range that holds prototypes and users, and most items: equal for both axes. */
function rangeOf(panels: readonly LatentPanel[], prototypes: PlanePoints): [number, number] {
  const points = [...prototypes, ...panels.flatMap((panel) => [...panel.prototypes, ...panel.users])];
  const reach = Math.max(...points.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]), 1e-6);
  return [-1.25 * reach, 1.25 * reach];
}
