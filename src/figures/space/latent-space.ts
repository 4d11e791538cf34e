import { checkedTitle, withClaim } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import type { Figure, PlotlyObject } from "../figure.js";
import type { PlanePoints } from "./plane-points.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";
import { weightsInPlane } from "./weights-in-plane.js";

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
  checkIsRecord("simulationLatentSpace: record", record);
  const { panels, truth, groups } = record.extra ?? {
    panels: [],
    truth: { prototypes: [], users: [] },
    groups: [],
  };
  if (panels.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const titles = panels.map(({ k, accuracy }) => `K = ${k}: accuracy ${accuracy.toFixed(3)}`);
  const bare = { showticklabels: false, ticks: "", range: rangeOf(panels, truth.prototypes) };
  const { axes, annotations } = theme.panelAxes({
    titles,
    xaxis: theme.axis("latent dimension 1", bare),
    yaxis: theme.axis("latent dimension 2", bare),
    equal: true,
    gap: 0.03,
  });
  const said = checkedTitle({
    holds: panels.some((panel) => isRecovered(panel, truth.prototypes)),
    title: "With K = K* prototypes the learned triangle holds every user where they truly are",
    alt: `${WHAT}. With K = K* the users fill the triangle of the prototypes, which lie near the true ones.`,
    otherwise: WHAT,
  });
  return {
    id: record.id,
    data: panels.flatMap((panel, i) => panelTraces(panel, { truth, groups, panel: i + 1 })),
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        height: 500,
        title: said.title,
        subtitle: subtitleOf(record),
        panels: true,
        legend: "below",
        legendRows: 2,
      }),
      ...axes,
      annotations,
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

const WHAT =
  "Users, items and prototypes in the latent plane, a panel for each K: items as grey dots, learned prototypes as diamonds, users in the colours of their true prototypes mixed by weight, true prototypes as crosses";
/** How far a learned prototype may lie from a true one, in units of the mean distance between true ones. */
const NEAR = 0.25;

/** Whether there are as many learned prototypes as true ones, and each true one has a learned one near it. */
function isRecovered({ k, prototypes }: LatentPanel, truth: PlanePoints): boolean {
  if (k !== truth.length || k < 2) return false;
  const distance = ([a, b]: PlanePoints[number], [c, d]: PlanePoints[number]): number =>
    Math.hypot(a - c, b - d);
  const between = truth.flatMap((point, i) => truth.slice(i + 1).map((other) => distance(point, other)));
  const reach = (NEAR * between.reduce((sum, value) => sum + value, 0)) / between.length;
  const nearest = truth.map((point) => {
    const all = prototypes.map((other) => distance(point, other));
    const least = Math.min(...all);
    return { least, place: all.indexOf(least) };
  });
  return (
    nearest.every(({ least }) => least <= reach) && new Set(nearest.map(({ place }) => place)).size === k
  );
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
  const users = kinds.map((group) => {
    const mine = [...groups.keys()].filter((i) => groups[i] === group);
    // where all stand on one point, one colour says so
    const even = truth.prototypes.map(() => 1);
    const weights = mine.map((i) =>
      shown.k === 1 ? even : weightsInPlane(truth.users[i], truth.prototypes),
    );
    const points = mine.map((i) => shown.users[i]);
    return { ...cloud("users", points, theme.peopleMarker(weights, group), 20 + group), showlegend: false };
  });
  const diamond = { symbol: "diamond-open", size: 17, color: theme.INK, line: { width: 2.5 } };
  const crosses = truth.prototypes.map((point, k) => {
    const color = theme.prototypeColor(k);
    const cross = { symbol: "x-thin", size: 13, color, line: { color, width: 4 } };
    return cloud(`true prototype ${k + 1}`, [point], cross, 40 + k);
  });
  const known = truth.users.every((user) => weightsInPlane(user, truth.prototypes) !== undefined);
  const entry = {
    ...cloud("", [], {}, 0),
    x: [null],
    y: [null],
    ...theme.peopleEntry(truth.prototypes.length, known, 20),
  };
  const line = (
    name: string,
    points: readonly (PlanePoints[number] | undefined)[],
    rank: number,
  ): PlotlyObject => ({
    ...cloud(name, [], {}, rank),
    ...{
      mode: "lines",
      x: points.map((point) => point?.[0] ?? null),
      y: points.map((point) => point?.[1] ?? null),
    },
  });
  const astray = shown.users.flatMap((user, i) => [user, truth.users[i], undefined]);
  const corners = [...shown.prototypes, ...shown.prototypes.slice(0, 1)];
  return [
    cloud("items f(x)", shown.items, { color: "rgba(140,140,140,0.35)", size: 3 }, 10),
    { ...line("to where they truly are", astray, 25), line: { color: "rgba(90,90,90,0.45)", width: 1 } },
    {
      ...line("mixtures of the prototypes", corners, 35),
      line: { color: theme.INK, width: 1.2, dash: "dot" },
    },
    entry,
    ...users,
    cloud("learned prototypes", shown.prototypes, diamond, 30),
    ...crosses,
  ];
}

/** A range that holds prototypes and users, and most items: equal for both axes. */
function rangeOf(panels: readonly LatentPanel[], prototypes: PlanePoints): [number, number] {
  const points = [...prototypes, ...panels.flatMap((panel) => [...panel.prototypes, ...panel.users])];
  const reach = Math.max(...points.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]), 1e-6);
  return [-1.25 * reach, 1.25 * reach];
}
